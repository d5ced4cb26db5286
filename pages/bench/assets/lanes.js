// The lanes with their heads above and their sums below.

import { html, set, setNumber, setText } from "./dom.js";
import { fixed, significant } from "./format.js";
import { Lane } from "./lane.js";

const MOST = 10;

// Column, the id of its name, its symbol, and the sum below it.
const COLUMNS = [
  ["c-name"],
  ["c-track", "logit", "z"],
  ["c-number"],
  ["c-exp", "exponential", "eᶻ", "sum_exponential", "Σeᶻ"],
  ["c-prob", "probability", "a", "sum_probability", "Σa"],
  ["c-target", "target", "y", "sum_target", "Σy"],
  ["c-slope", "gradient_probability", "∂L/∂a"],
  ["c-grad", "gradient", "∂L/∂z", "sum_gradient", "Σ∂L/∂z"],
  ["c-remove"],
];

export class Lanes {
  constructor(bench) {
    this.bench = bench;
    this.lanes = [];
    this.box = html("div");
    this.add = html("button", { type: "button", "data-do": "add" });
    this.add.addEventListener("click", () => bench.propose({ kind: "add" }));
    this.sumName = html("span");
    this.sums = {};
    this.heads = {};
    const head = html("div", { class: "lane heads", "aria-hidden": "true" });
    const foot = html("div", { class: "lane foot" });
    for (const [column, name, , sum, sumSymbol] of COLUMNS) {
      this.heads[column] = html("div", { class: `cell ${column}` }, html("span", { class: "head-name" }), html("span", { class: "head-symbol" }));
      head.append(this.heads[column]);
      const cell = html("div", { class: `cell ${column}`, "data-label": sumSymbol });
      if (sum) {
        this.sums[sum] = html("span", { class: "value", "data-quantity": sum });
        cell.append(this.sums[sum]);
      }
      if (column === "c-name") cell.append(this.add);
      if (column === "c-number") cell.append(this.sumName);
      foot.append(cell);
    }
    this.root = html("div", { class: "lanes" }, head, this.box, foot);
  }

  // The numbers row by row, for walking through them with the arrow keys.
  get rows() {
    return this.lanes.map((lane) => lane.numbers);
  }

  update(data, words) {
    while (this.lanes.length < data.logit.length) {
      const lane = new Lane(this.lanes.length, this.bench);
      this.lanes.push(lane);
      this.box.append(lane.root);
    }
    while (this.lanes.length > data.logit.length) {
      const { root } = this.lanes.pop();
      const active = root.getRootNode().activeElement;
      const focused = root.contains(active);
      root.remove();
      if (focused) this.lanes.at(-1).handle.focus();
    }
    for (const lane of this.lanes) lane.update(data, words);
    const power = data.temperature === 1 ? "eᶻ" : "e^(z/T)";
    set(this.sums.sum_exponential.parentElement, "data-label", `Σ${power}`);
    for (const [column, name, symbol] of COLUMNS) {
      if (!name) continue;
      const shown = name === "exponential" ? power : symbol;
      setText(this.heads[column].firstChild, words[name]);
      setText(this.heads[column].lastChild, shown);
      // On a phone there is no head row: each number has its symbol beside it.
      if (name !== "logit") for (const lane of this.lanes) set(lane.root.querySelector(`.${column}`), "data-label", shown);
    }
    setText(this.add, words.add);
    set(this.add, "disabled", data.logit.length >= MOST ? "" : null);
    setText(this.sumName, words.sum);
    this.updateSums(data);
  }

  updateSums(data) {
    const tidy = (value, digits) => String(Number(Number(value).toFixed(digits)));
    setNumber(this.sums.sum_exponential, data.sum_exponential, significant(data.sum_exponential));
    setNumber(this.sums.sum_probability, data.sum_probability, tidy(data.sum_probability, 12));
    setNumber(this.sums.sum_target, data.sum_target, tidy(data.sum_target, 9));
    // Exactly 0 but for what rounding leaves, which data-value has in full.
    const rest = Math.abs(Number(data.sum_gradient)) < 1e-12 * this.bench.gradientScale;
    setNumber(this.sums.sum_gradient, data.sum_gradient, rest ? "0" : fixed(data.sum_gradient));
  }
}
