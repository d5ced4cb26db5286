// Below the lanes: the loss, entropy and divergence, and the check of the gradient.

import { filled, html, set, setNumber, setText } from "./dom.js";
import { value as number } from "./figures.js";
import { fixed, significant } from "./format.js";
import { LossBar } from "./loss_bar.js";

export class Answers {
  constructor(bench) {
    this.loss = new LossBar(bench);
    this.results = ["entropy", "kl"].map((key) => {
      const label = html("span", { class: "result-label" });
      const value = number(key);
      value.tabIndex = 0;
      return { key, label, value, node: html("div", { class: "result" }, label, value) };
    });
    this.check = html("div", { class: "check" });
    this.root = html("div", { class: "results" }, this.loss.root, ...this.results.map((result) => result.node), this.check);
  }

  update(data, words) {
    this.loss.update(data, words);
    for (const { key, label, value } of this.results) {
      const text = fixed(data[key]);
      setText(label, words[key]);
      setNumber(value, data[key], text);
      set(value, "aria-label", `${words[key]}: ${text}`);
    }
    const { verdict, residual, step } = data.check;
    const amount = (x) => (x === undefined ? "" : significant(x));
    setText(this.check, filled(words[`check_${verdict}`], { residual: amount(residual), step: amount(step) }));
    set(this.check, "data-verdict", verdict);
    set(this.check, "data-residual", residual);
  }
}
