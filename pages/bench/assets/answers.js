// Below the lanes: loss, entropy and divergence, the check of the gradient, and the line that
// writes out the number pointed at.

import { filled, html, set, setNumber, setText } from "./dom.js";
import { explain, explained } from "./explain.js";
import { fixed, significant } from "./format.js";

export class Answers {
  constructor() {
    this.results = ["loss", "entropy", "kl"].map((key) => {
      const label = html("span", { class: "result-label" });
      const value = html("span", { class: "value", "data-quantity": key, tabindex: 0 });
      return { key, label, value, node: html("div", { class: `result q-${key}` }, label, value) };
    });
    this.check = html("div", { class: "check", role: "status" });
    this.formula = html("div", { class: "formula" });
    this.hint = html("div", { class: "hint" });
    this.root = html(
      "div",
      { class: "answers" },
      html("div", { class: "results" }, ...this.results.map((result) => result.node), this.check),
      html("div", { class: "explain" }, this.formula, this.hint),
    );
  }

  update(data, words) {
    for (const { key, label, value } of this.results) {
      setText(label, words[key]);
      setNumber(value, data[key], fixed(data[key]));
    }
    const { verdict, residual, step } = data.check;
    const amount = (x) => (x === undefined ? "" : significant(x));
    setText(this.check, filled(words[`check_${verdict}`], { residual: amount(residual), step: amount(step) }));
    set(this.check, "data-verdict", verdict);
    set(this.check, "data-residual", residual);
  }

  // Write the formula of the number in `cell`, or the loss's; return the [quantity, index] it uses.
  explain(data, cell) {
    const quantity = cell?.getAttribute("data-quantity");
    const shown = explained(quantity) ? quantity : "loss";
    const place = (name) => Number(cell?.getAttribute(name));
    const [i, j] = shown === "jacobian" ? [place("data-row"), place("data-col")] : [place("data-index")];
    const { lines, note, uses } = explain(data, shown, i, j);
    set(this.formula, "data-explains", shown);
    this.formula.replaceChildren(
      ...lines.map(({ label, node }) => html("div", { class: "line" }, ...(label ? [html("span", { class: "line-label" }, data.words[label])] : []), node)),
    );
    setText(this.hint, note ? data.words[note] : cell ? "" : data.words.point);
    return uses;
  }
}
