// One panel of a film: axes, curves and regions that stand still, and the marks that move.

import { html, set, setText, svg } from "./dom.js";
import { FORMATS } from "./format.js";
import { nearest } from "./nearest.js";

const LETTER = 7.6; // px: a digit's width at 14 px
const [TOP, RIGHT, BOTTOM, NUMBERS] = [26, 18, 46, 26]; // px around the plot, without a title below
const SYMBOLS = {
  circle: "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0",
  ring: "M-7,0a7,7 0 1,0 14,0a7,7 0 1,0 -14,0",
  square: "M-5.5,-5.5h11v11h-11z",
  diamond: "M0,-8L7,0L0,8L-7,0z",
  cross: "M-8,-5L-5,-8L0,-3L5,-8L8,-5L3,0L8,5L5,8L0,3L-5,8L-8,5L-3,0z",
};
// Which part of a curve the hand has drawn.
const PASSED = { below: (x, stop) => x <= stop, above: (x, stop) => x >= stop };
const SHARES = {
  linear: ([low, high], x) => (x - low) / (high - low),
  log: ([low, high], x) => Math.log(x / low) / Math.log(high / low),
  band: (names, place) => (place + 0.5) / names.length,
};

export class Panel {
  constructor(data, stops) {
    this.data = data;
    this.stops = stops;
    this.frame = svg("g", { class: "frame" });
    this.moving = svg("g");
    this.picture = svg("svg", { height: data.height }, this.frame, this.moving);
    this.root = html("figure", {}, ...(data.title ? [html("figcaption", {}, data.title)] : []), this.picture);
    this.upright = svg("line", { class: "upright" });
    if (data.x.slides) this.moving.append(this.upright);
    // What comes later lies on top.
    this.bars = data.bars.map((bar) => this.bar(bar));
    this.curves = data.curves.map((curve) => this.curve(curve));
    this.points = data.points.map((point) => this.point(point));
  }

  curve({ colour, dash }) {
    const path = svg("path", { class: "curve", stroke: colour, "stroke-dasharray": dash });
    this.moving.append(path);
    return path;
  }

  point({ quantity, index, name, colour, symbol, trail }) {
    const mark = svg("path", { class: `mark ${symbol}`, d: SYMBOLS[symbol], style: `--colour: ${colour}` });
    this.identify(mark, quantity, index, name);
    const line = trail ? svg("line", { class: "trail", stroke: colour }) : null;
    this.moving.append(...(line ? [line] : []), mark);
    return { mark, line };
  }

  bar({ quantity, index, name }) {
    const mark = svg("rect");
    this.identify(mark, quantity, index, name);
    const number = svg("text", { class: "number", "text-anchor": "middle" });
    this.moving.append(mark, number);
    return { mark, number };
  }

  identify(mark, quantity, index, name) {
    set(mark, "data-quantity", quantity);
    set(mark, "data-index", index);
    mark.append(svg("title", {}, name ?? ""));
  }

  // Fit axes and curves to the width that there is.
  layOut() {
    const { x, y, height, regions } = this.data;
    const widest = Math.max(0, ...y.ticks.map(([, label]) => label.length));
    const width = this.root.clientWidth;
    this.left = Math.ceil(widest * LETTER) + 12;
    this.inner = { width: Math.max(1, width - this.left - RIGHT), height: height - TOP - (x.title ? BOTTOM : NUMBERS) };
    this.across = (value) => this.left + this.inner.width * SHARES[x.scale](x.domain, value);
    this.up = (value) => TOP + this.inner.height * (1 - SHARES[y.scale](y.domain, value));
    set(this.picture, "width", width);
    const [right, floor] = [this.left + this.inner.width, TOP + this.inner.height];
    const parts = this.regions(regions);
    for (const [value, label] of y.ticks) {
      const at = this.up(value);
      parts.push(
        svg("line", { class: "grid", x1: this.left, x2: right, y1: at, y2: at }),
        svg("text", { x: this.left - 8, y: at, dy: "0.35em", "text-anchor": "end" }, label),
      );
    }
    let free = -Infinity; // where the next label finds room
    for (const [value, label] of x.ticks) {
      const at = this.across(value);
      parts.push(svg("line", { class: "tick", x1: at, x2: at, y1: floor, y2: floor + 5 }));
      const half = (label.length * LETTER) / 2;
      if (at - half < free) continue;
      free = at + half + 8;
      parts.push(svg("text", { x: at, y: floor + 20, "text-anchor": "middle" }, label));
    }
    parts.push(
      svg("line", { class: "axis", x1: this.left, x2: right, y1: floor, y2: floor }),
      svg("text", { class: "title", x: this.left + this.inner.width / 2, y: height - 6, "text-anchor": "middle" }, x.title),
      svg("text", { class: "title", x: 0, y: 14 }, y.title),
    );
    this.frame.replaceChildren(...parts);
    set(this.upright, "y1", TOP);
    set(this.upright, "y2", floor);
    this.data.curves.forEach((curve, k) => {
      if (!curve.moves && !curve.passed) set(this.curves[k], "d", this.path(curve.x, curve.y));
    });
  }

  // Each name stands within the plot, a line lower where it would lie on the one before.
  regions(regions) {
    const right = this.left + this.inner.width;
    let [end, line] = [-Infinity, 0];
    return regions.map(({ from, to, name, colour }) => {
      const [start, stop] = [from, to].map((x) => Math.min(Math.max(this.across(x), this.left), right));
      const half = widthOf(name) / 2;
      const middle = Math.max(this.left + half, Math.min((start + stop) / 2, right - half));
      line = middle - half < end ? line + 1 : 0;
      end = middle + half + 8;
      return svg(
        "g",
        { class: "region" },
        svg("rect", { x: start, width: Math.max(0, stop - start), y: TOP, height: this.inner.height, fill: colour }),
        svg("text", { x: middle, y: TOP + 16 + 18 * line, "text-anchor": "middle" }, name),
      );
    });
  }

  // A gap is left where there is no value, and where one has no place on a logarithmic axis.
  path(xs, ys, isDrawn = () => true) {
    let pen = "M";
    let d = "";
    xs.forEach((x, k) => {
      if (!isDrawn(x)) return;
      const [px, py] = [this.across(x), ys[k] === null ? NaN : this.up(ys[k])];
      if (!Number.isFinite(px) || !Number.isFinite(py)) pen = "M";
      else {
        d += `${pen}${px.toFixed(1)},${py.toFixed(1)}`;
        pen = "L";
      }
    });
    return d;
  }

  show(at) {
    if (this.data.x.slides) {
      const x = this.across(this.stops[at]);
      set(this.upright, "x1", x);
      set(this.upright, "x2", x);
    }
    this.data.curves.forEach((curve, k) => {
      const isDrawn = curve.passed ? (x) => PASSED[curve.passed](x, this.stops[at]) : undefined;
      if (curve.moves || isDrawn) set(this.curves[k], "d", this.path(curve.x, curve.moves ? curve.y[at] : curve.y, isDrawn));
    });
    this.data.points.forEach((point, k) => this.showPoint(point, this.points[k], at));
    this.data.bars.forEach((bar, k) => this.showBar(bar, this.bars[k], at));
  }

  showPoint({ x, y, values, trail }, { mark, line }, at) {
    const [px, py] = [this.across(x ? x[at] : this.stops[at]), y[at] === null ? NaN : this.up(y[at])];
    const drawn = Number.isFinite(px) && Number.isFinite(py);
    set(mark, "data-value", (values ?? y)[at]); // none where the number is undefined
    set(mark, "visibility", drawn ? null : "hidden");
    if (drawn) set(mark, "transform", `translate(${px},${py})`);
    if (!line) return;
    set(line, "visibility", drawn ? null : "hidden");
    const [x0, y0] = trail;
    const ends = { x1: this.across(x0), y1: this.up(y0), x2: px, y2: py };
    if (drawn) for (const [name, value] of Object.entries(ends)) set(line, name, value);
  }

  showBar({ place, y, values, base, colour, below, filled, format }, { mark, number }, at) {
    const value = (values ?? y)[at];
    const slot = this.inner.width / this.data.x.domain.length;
    const width = Math.min(60, 0.7 * slot);
    const [middle, end, floor] = [this.across(place), this.up(y[at] ?? 0), this.up(base?.[at] ?? 0)];
    const isDown = end > floor;
    const isFilled = Array.isArray(filled) ? filled[at] : filled;
    set(mark, "class", isFilled ? "bar" : "bar open");
    set(mark, "style", `--colour: ${isDown ? below : colour}`);
    set(mark, "visibility", y[at] === null ? "hidden" : null);
    set(mark, "data-value", value);
    set(mark, "x", middle - width / 2);
    set(mark, "width", width);
    set(mark, "y", Math.min(end, floor));
    set(mark, "height", Math.abs(floor - end));
    const text = format && value !== null ? FORMATS[format](value) : "";
    set(number, "x", middle);
    set(number, "y", isDown ? end + 16 : end - 5);
    set(number, "visibility", text.length * LETTER > slot ? "hidden" : null); // it has no room
    setText(number, text);
  }

  // The stop nearest to a place on the screen.
  stopAt(clientX) {
    const x = clientX - this.picture.getBoundingClientRect().left;
    return nearest(this.stops.map(this.across), x);
  }
}

// About as wide as a text is drawn: Chinese characters are square.
function widthOf(text) {
  return [...text].reduce((sum, character) => sum + (character > "\u2e80" ? 14 : LETTER), 0);
}
