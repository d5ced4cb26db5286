// The lanes with their heads above and, on the whole bench, their sums below.

import { html, set, setNumber, setText } from "./dom.js";
import { value } from "./figures.js";
import { fixed, significant } from "./format.js";
import { Lane } from "./lane.js";

export const MOST = 10;

export class Lanes {
  // `columns` are classes, from left to right; where there is a `foot`, it holds their sums.
  constructor(bench, columns, foot = false) {
    this.bench = bench;
    this.columns = columns;
    this.lanes = [];
    this.sums = {};
    this.box = html("div", { class: "box" });
    // The labels stand one in each lane, and are one choice.
    this.labels = html("div");
    this.heads = columns.map(({ place }) => html("div", { class: `cell ${place}` }, html("span", { class: "head-name" }), html("span", { class: "head-symbol" })));
    const head = html("div", { class: "lane heads", "aria-hidden": "true" }, ...this.heads);
    this.root = html("div", { class: "lanes" }, head, this.labels, this.box);
    if (foot) this.root.append(this.footOf(columns));
  }

  footOf(columns) {
    this.add = html("button", { type: "button", "data-do": "add" });
    this.add.addEventListener("click", () => this.bench.propose({ kind: "add" }));
    this.sumName = html("span");
    const first = { "c-name": this.add, "c-number": this.sumName };
    const cells = columns.map(({ place, sum }) => {
      if (sum) this.sums[sum] = value(sum);
      return html("div", { class: `cell ${place}` }, ...[sum ? this.sums[sum] : first[place]].filter(Boolean));
    });
    return html("div", { class: "lane foot" }, ...cells);
  }

  // The numbers row by row, for walking through them with the arrow keys.
  get rows() {
    return [...this.lanes.map((lane) => lane.numbers), Object.values(this.sums)];
  }

  update(data, words) {
    while (this.lanes.length < data.logit.length) {
      const lane = new Lane(this.lanes.length, this.bench, this.columns);
      this.lanes.push(lane);
      this.box.append(lane.root);
    }
    while (this.lanes.length > data.logit.length) {
      const { root } = this.lanes.pop();
      const focused = root.contains(root.getRootNode().activeElement);
      root.remove();
      if (focused) this.bench.find("logit", this.lanes.length).focus();
    }
    for (const lane of this.lanes) lane.update(data, words);
    this.columns.forEach(({ place, quantity, symbol }, k) => {
      if (!quantity) return;
      setText(this.heads[k].firstChild, words[quantity]);
      setText(this.heads[k].lastChild, symbol(data));
      // On a phone there is no head row: each number has its symbol beside it.
      if (quantity !== "logit") for (const lane of this.lanes) set(lane.columns[k].cell, "data-label", symbol(data));
    });
    this.updateLabels(data, words);
    if (this.add) this.updateFoot(data, words);
  }

  updateLabels(data, words) {
    const hard = !data.soft && this.root.querySelector("[role=radio]");
    set(this.labels, "role", hard ? "radiogroup" : null);
    set(this.labels, "aria-label", hard ? words.label : null);
    set(this.labels, "aria-owns", hard ? this.lanes.map((_, k) => `target-${k + 1}`).join(" ") : null);
  }

  updateFoot(data, words) {
    const full = data.logit.length >= MOST;
    // A disabled button loses the focus: it stays in the newest lane.
    if (full && this.add.getRootNode().activeElement === this.add) this.bench.find("logit", MOST).focus();
    setText(this.add, words.add);
    set(this.add, "disabled", full ? "" : null);
    setText(this.sumName, words.sum);
    const tidy = (x, digits) => String(Number(Number(x).toFixed(digits)));
    // Exactly 0 but for what rounding leaves, which data-value has in full.
    const rest = Math.abs(Number(data.sum_gradient)) < 1e-12 * this.bench.gradientScale;
    const texts = {
      sum_exponential: significant(data.sum_exponential),
      sum_probability: tidy(data.sum_probability, 12),
      sum_target: tidy(data.sum_target, 9),
      sum_gradient: rest ? "0" : fixed(data.sum_gradient),
    };
    for (const { sum, symbol } of this.columns) {
      if (!sum) continue;
      const symbolOfSum = `Σ${symbol(data)}`;
      setNumber(this.sums[sum], data[sum], texts[sum]);
      set(this.sums[sum], "aria-label", `${symbolOfSum} = ${texts[sum]}`);
      set(this.sums[sum].parentElement, "data-label", symbolOfSum);
    }
  }
}
