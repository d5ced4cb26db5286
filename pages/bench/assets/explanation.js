// The line that writes out the number pointed at, with the learner's numbers in it.

import { filled, html, set } from "./dom.js";
import { explain, explained } from "./explain.js";

export class Explanation {
  // `rest` is the quantity explained while nothing is pointed at: the loss, or the largest class's.
  constructor(rest) {
    this.rest = rest;
    this.formula = html("div", { class: "formula" });
    this.hint = html("div", { class: "hint" });
    this.root = html("div", { class: "explain", role: "region", tabindex: 0 }, this.formula, this.hint);
  }

  // Write the formula of the number in `cell`; return the [quantity, index] that it uses.
  // `before` are the numbers that stood when it was taken hold of.
  show(data, cell, before) {
    const { words } = data;
    const quantity = cell?.getAttribute("data-quantity");
    const shown = explained(quantity) ? quantity : this.rest;
    set(this.root, "aria-label", words.explanation);
    set(this.formula, "data-explains", shown);
    const place = (name) => Number(cell?.getAttribute(name) ?? data.argmax + 1);
    const [i, j] = shown === "jacobian" ? [place("data-row"), place("data-col")] : [place("data-index")];
    const { lines, note, story, uses } = explain(data, shown, i, j ?? before);
    this.formula.replaceChildren(
      ...lines.map(({ label, node }) => html("div", { class: "line" }, ...(label ? [html("span", { class: "line-label" }, words[label])] : []), node)),
    );
    const said = story?.map(([id, values]) => filled(words[id], values)) ?? [note ? words[note] : cell ? "" : words.point];
    this.hint.replaceChildren(...said.map((sentence) => html("div", {}, sentence)));
    return uses;
  }
}
