// The Jacobian as a table with colour: row i is output a_i, column j is logit z_j.

import { html, set, setNumber, setText } from "./dom.js";
import { signed } from "./format.js";

export class Jacobian {
  constructor() {
    this.caption = html("caption");
    this.head = html("tr");
    this.body = html("tbody");
    this.sums = html("div", { class: "sums" });
    this.table = html("table", {}, this.caption, html("thead", {}, this.head), this.body);
    this.root = html("div", { class: "jacobian" }, html("div", { class: "scroll" }, this.table), this.sums);
    this.size = 0;
  }

  get rows() {
    return [...this.body.rows].map((row) => [...row.cells].slice(1));
  }

  resize(n) {
    this.size = n;
    const numbers = Array.from({ length: n }, (_, k) => k + 1);
    const heading = (letter, k, scope) => html("th", { scope, class: letter }, letter, html("sub", {}, k));
    this.head.replaceChildren(html("td"), ...numbers.map((j) => heading("z", j, "col")));
    this.body.replaceChildren(
      ...numbers.map((i) =>
        html("tr", {}, heading("a", i, "row"), ...numbers.map((j) => html("td", { class: "value", tabindex: -1, "data-quantity": "jacobian", "data-row": i, "data-col": j }))),
      ),
    );
    set(this.root, "data-dense", n > 5 ? "" : null);
  }

  update(data, words) {
    const n = data.jacobian.length;
    if (n !== this.size) this.resize(n);
    setText(this.caption, `${words.jacobian} ∂aᵢ/∂zⱼ`);
    set(this.table, "aria-label", `${words.jacobian}: ${words.jacobian_caption}`);
    set(this.caption, "title", words.jacobian_caption);
    setText(this.sums, words.jacobian_sums);
    // Colour fills up with the size of the entry; none is larger than 1/(4T).
    const largest = 0.25 / data.temperature;
    data.jacobian.forEach((row, i) =>
      row.forEach((entry, j) => {
        const cell = this.body.rows[i].cells[j + 1];
        const value = Number(entry);
        const text = signed(value);
        setNumber(cell, entry, text);
        set(cell, "data-sign", value > 0 ? "plus" : value < 0 ? "minus" : "zero");
        const share = Math.min(1, Math.abs(value) / largest);
        cell.style.setProperty("--strength", `${Math.round(share * 100)}%`);
        set(cell, "aria-label", `∂a${i + 1}/∂z${j + 1} = ${text}`);
      }),
    );
  }
}
