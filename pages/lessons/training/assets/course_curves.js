// One panel of curves over the steps: the whole course faint, what has been played in full, and a
// mark on each curve at the stop.

import { html, set, setText, svg } from "./dom.js";

const LEFT = 46, RIGHT = 10, TOP = 8, BOTTOM = 24; // pixels around the curves

let panels = 0; // on the page so far: each clips its curves under a name of its own

export class CourseCurves {
  constructor(parent) {
    this.names = html("p", { class: "course-names" });
    this.drawing = svg("svg", { role: "img" });
    this.box = html("div", { class: "course-panel" }, this.names, this.drawing);
    this.clip = `course-played-${panels++}`;
    parent.append(this.box);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(this.drawing);
  }

  receive(panel, stops, across) {
    Object.assign(this, { panel, stops, across });
    if (panel.title) this.names.append(html("span", {}, panel.title));
    this.values = panel.lines.map(({ name, colour, dash }) => {
      const value = html("b", {});
      const line = svg("line", { x1: 0, x2: 22, y1: 5, y2: 5, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash });
      this.names.append(html("span", {}, svg("svg", { viewBox: "0 0 22 10", "aria-hidden": "true" }, line), `${name} `, value));
      return value;
    });
    this.marks = panel.lines.map(({ quantity, index, colour, dash }) =>
      // Of a dashed curve hollow: where two marks meet, both are seen.
      svg("circle", { r: dash ? 6 : 4, fill: dash ? "none" : colour, stroke: colour, "data-quantity": quantity, "data-index": index }),
    );
  }

  look(alt) {
    set(this.drawing, "aria-label", alt);
  }

  x(step) {
    return LEFT + ((this.width - LEFT - RIGHT) * step) / this.across.most;
  }

  y(value) {
    const { range, log } = this.panel;
    const [low, high, at] = log ? [...range, value].map(Math.log) : [...range, value];
    return TOP + (this.height - TOP - BOTTOM) * (1 - (at - low) / (high - low));
  }

  draw() {
    const { width, height } = this.drawing.getBoundingClientRect();
    if (!this.panel || !width) return;
    Object.assign(this, { width, height });
    const right = width - RIGHT, bottom = height - BOTTOM;
    this.played = svg("rect", { x: 0, y: 0, height });
    this.upright = svg("line", { class: "course-upright", y1: TOP, y2: bottom });
    const grid = this.panel.ticks.map(([value, text]) => [
      svg("line", { x1: LEFT, x2: right, y1: this.y(value), y2: this.y(value) }),
      svg("text", { x: LEFT - 6, y: this.y(value) + 4, "text-anchor": "end" }, text),
    ]);
    const steps = this.across.ticks.map(([step, text], k) =>
      svg("text", { x: this.x(step), y: height - 6, "text-anchor": "middle" }, k || !this.across.name ? text : `${this.across.name} ${text}`),
    );
    const paths = this.panel.lines.map(({ values, last, colour, dash }) =>
      svg("path", { d: this.path(values, last), stroke: colour, "stroke-dasharray": dash, "data-whole": "" }),
    );
    const inFull = paths.map((path) => path.cloneNode());
    for (const path of inFull) path.removeAttribute("data-whole");
    this.drawing.replaceChildren(
      svg("clipPath", { id: this.clip }, this.played),
      svg("g", { class: "course-grid" }, ...grid.flat(), ...steps),
      ...paths,
      svg("g", { "clip-path": `url(#${this.clip})` }, ...inFull),
      this.upright,
      ...this.marks,
    );
    if (this.stop !== undefined) this.show(this.stop);
  }

  path(values, last) {
    const places = this.stops.filter((step) => step <= last).map((step, k) => `${this.x(step).toFixed(1)},${this.y(values[k]).toFixed(1)}`);
    return `M${places.join("L")}`;
  }

  show(stop) {
    this.stop = stop;
    this.panel.lines.forEach(({ values, texts }, k) => {
      setText(this.values[k], texts[stop]);
      set(this.marks[k], "data-value", values[stop]);
    });
    if (!this.width) return;
    const x = this.x(this.stops[stop]);
    set(this.played, "width", x);
    set(this.upright, "x1", x);
    set(this.upright, "x2", x);
    this.panel.lines.forEach(({ values, last }, k) => {
      set(this.marks[k], "cx", Math.min(x, this.x(last)));
      set(this.marks[k], "cy", this.y(values[stop]));
    });
  }

  leave() {
    this.observer.disconnect();
    this.box.remove();
  }
}
