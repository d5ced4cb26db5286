// The numbers of a lane that are read, not edited: exponential, probability, and both gradients.

import { html, set, setNumber, svg } from "./dom.js";
import { fixed, powerSymbol, signed, significant } from "./format.js";

const percent = (x) => `${x * 100}%`;
const signOf = (value) => (value > 0 ? "plus" : value < 0 ? "minus" : "zero");

// A number that explains itself when pointed at; arrow keys lead to it.
export const value = (quantity, index) =>
  html("span", { class: "value", role: "img", tabindex: -1, "data-quantity": quantity, "data-index": index });

class Figure {
  constructor({ index, bench }, ...pictures) {
    this.index = index;
    this.bench = bench;
    this.number = value(this.constructor.quantity, index + 1);
    this.cell = html("div", { class: `cell ${this.constructor.place}` }, ...pictures, this.number);
  }

  show(data, words, name, text) {
    setNumber(this.number, data[this.constructor.quantity][this.index], text);
    set(this.number, "aria-label", `${words[this.constructor.quantity]}, ${name}: ${text}`);
  }
}

export class Exponential extends Figure {
  static place = "c-exp";
  static quantity = "exponential";
  static symbol = powerSymbol;
  static sum = "sum_exponential";

  update(data, words, say, name) {
    this.show(data, words, name, significant(data.exponential[this.index]));
  }
}

export class Probability extends Figure {
  static place = "c-prob";
  static quantity = "probability";
  static symbol = () => "a";
  static sum = "sum_probability";

  constructor(lane) {
    const bar = svg("rect", { class: "bar", height: "100%" });
    const star = html("span", { class: "star", "aria-hidden": "true" }, "★");
    super(lane, svg("svg", { class: "bars probability", "aria-hidden": "true" }, bar), star);
    Object.assign(this, { bar, star });
  }

  update(data, words, say, name) {
    const largest = data.argmax === this.index;
    this.show(data, words, name, fixed(data.probability[this.index]));
    set(this.bar, "width", percent(Number(data.probability[this.index])));
    set(this.star, "title", words.argmax);
    set(this.star, "hidden", largest ? null : "");
    set(this.number, "data-argmax", largest ? "" : null);
  }
}

export class Slope extends Figure {
  static place = "c-slope";
  static quantity = "gradient_probability";
  static symbol = () => "∂L/∂a";

  update(data, words, say, name) {
    const slope = data.gradient_probability[this.index];
    this.show(data, words, name, signed(slope));
    set(this.number, "data-sign", signOf(Number(slope)));
  }
}

export class Gradient extends Figure {
  static place = "c-grad";
  static quantity = "gradient";
  static symbol = () => "∂L/∂z";
  static sum = "sum_gradient";

  constructor(lane) {
    const bar = svg("rect", { class: "bar", height: "100%" });
    const axis = svg("line", { class: "axis", x1: "50%", x2: "50%", y1: "-20%", y2: "120%" });
    super(lane, svg("svg", { class: "bars gradient", "aria-hidden": "true" }, bar, axis));
    this.bar = bar;
  }

  update(data, words, say, name) {
    const gradient = Number(data.gradient[this.index]);
    this.show(data, words, name, signed(gradient));
    for (const node of [this.number, this.bar]) set(node, "data-sign", signOf(gradient));
    const width = Math.min(1, Math.abs(gradient) / this.bench.gradientScale) / 2;
    set(this.bar, "x", percent(gradient < 0 ? 0.5 - width : 0.5));
    set(this.bar, "width", percent(width));
  }
}
