// The loss as a number and as a bar: its terms, one a class, end to end; a mark where they add up.

import { html, set, setNumber, setText, svg } from "./dom.js";
import { value } from "./figures.js";
import { fixed } from "./format.js";
import { lossOf } from "./losses.js";
import { logProbabilities } from "./mirror.js";

const NARROW = 0.045; // of the bar: no room for a class's number

export class LossBar {
  constructor(bench) {
    this.bench = bench;
    this.label = html("span", { class: "result-label" });
    this.number = value("loss");
    this.number.tabIndex = 0;
    this.terms = svg("g");
    this.sum = svg("line", { class: "sum", y1: "-12%", y2: "112%" });
    this.bar = svg("svg", { class: "bars terms", "aria-hidden": "true" }, this.terms, this.sum);
    this.root = html("div", { class: "result q-loss" }, this.label, this.number, this.bar);
  }

  update(data, words) {
    const text = fixed(data.loss);
    setText(this.label, words.loss);
    setNumber(this.number, data.loss, text);
    set(this.number, "aria-label", `${words.loss}: ${text}`);
    this.draw(data);
  }

  draw(data) {
    const a = data.probability.map(Number);
    const y = data.target.map(Number);
    const { terms, scale } = lossOf(data) ?? { terms: () => [Number(data.loss)], scale: () => [0, 5] };
    const [low, high] = scale(y.length);
    const loss = Number(data.loss);
    // While a handle is held the bar keeps its scale, as the track does.
    if (!this.bench.dragging) this.high = Number.isFinite(loss) ? Math.max(high, loss) : high;
    const at = (x) => Math.min(1, Math.max(0, (x - low) / (this.high - low)));
    let [left, right] = [0, 0];
    terms(y, a, logProbabilities(data.logit.map(Number), data.temperature)).forEach((term, k) => {
      const from = term < 0 ? (left += term) : right;
      if (term > 0) right += term;
      this.place(k, at(from), at(from + Math.abs(term)));
    });
    while (this.terms.children.length > y.length) this.terms.lastChild.remove();
    for (const end of ["x1", "x2"]) set(this.sum, end, `${at(loss) * 100}%`);
  }

  // One term of the sum, with its class's number where there is room.
  place(k, from, to) {
    if (!this.terms.children[k]) this.terms.append(svg("g", {}, svg("rect", { height: "100%" }), svg("text", { y: "50%", dy: "0.36em" }, k + 1)));
    const [rect, name] = this.terms.children[k].children;
    set(rect, "x", `${from * 100}%`);
    set(rect, "width", `${(to - from) * 100}%`);
    set(name, "x", `${((from + to) / 2) * 100}%`);
    set(name, "visibility", to - from < NARROW ? "hidden" : null);
  }
}
