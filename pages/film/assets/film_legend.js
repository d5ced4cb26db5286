// The legend of a film: what each curve or mark is called, and its number at the stop.

import { html, setText, svg } from "./dom.js";
import { FORMATS } from "./format.js";

export class Legend {
  constructor() {
    this.root = html("ul", { class: "legend", "aria-hidden": "true" });
  }

  // A curve and the point that runs along it share a name, and so a place; the number is the point's.
  build(panels) {
    this.numbers = [];
    const named = new Map();
    for (const { curves, points } of panels) {
      for (const part of [...curves, ...points]) if (part.name) named.set(part.name, { ...named.get(part.name), ...part });
    }
    this.root.replaceChildren(...[...named.values()].map((part) => this.entry(part)));
  }

  entry({ name, colour, dash, symbol, format, values, y }) {
    const line = dash !== undefined && svg("line", { x2: 30, y1: 5, y2: 5, stroke: colour, "stroke-width": 3, "stroke-dasharray": dash });
    const sign = line ? svg("svg", { width: 30, height: 10 }, line) : html("span", { class: `sign ${symbol}`, style: `--colour: ${colour}` });
    const number = html("span", { class: "number" });
    if (format) this.numbers.push({ number, format, values: values ?? y });
    return html("li", {}, sign, html("span", {}, name), number);
  }

  show(at) {
    for (const { number, format, values } of this.numbers) {
      setText(number, values[at] === null ? "–" : FORMATS[format](values[at]));
    }
  }
}
