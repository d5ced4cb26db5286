// The plane of two features: where the model of a stop says which class, and the samples on it.

import { html, set, svg } from "./dom.js";
import { regions } from "./course_mirror.js";
import { outline } from "./course_symbols.js";
import { decoded } from "./course_bytes.js";

const SIDE = 128; // cells across and up
const FAINT = 0.08, STRONG = 0.55; // how much of its colour a class has: when unsure, and when sure
const REACH = 14; // pixels: how near to a sample a click may be

export class CourseMap {
  constructor(parent, take) {
    this.areas = html("canvas", { width: SIDE, height: SIDE });
    this.points = html("canvas", { role: "img" });
    this.up = html("div", { class: "course-up", "aria-hidden": "true" });
    this.across = html("div", { class: "course-across", "aria-hidden": "true" });
    this.square = html("div", { class: "course-square" }, this.areas, this.points);
    this.legend = html("p", { class: "course-legend", "aria-hidden": "true" });
    this.box = html("div", { class: "course-map" }, this.up, this.square, this.across, this.legend);
    parent.append(this.box);
    const cells = SIDE * SIDE;
    this.best = new Uint8Array(cells);
    this.share = new Float64Array(cells);
    this.paper = this.areas.getContext("2d");
    this.image = this.paper.createImageData(SIDE, SIDE);
    this.square.addEventListener("click", (event) => this.click(event, take));
    this.observer = new ResizeObserver(() => this.drawPoints());
    this.observer.observe(this.square);
  }

  receive(plane, map) {
    this.plane = plane;
    this.n = plane.classes.length;
    this.parameters = decoded(map, Float32Array);
    this.places = decoded(plane.places, Uint16Array);
    this.labels = decoded(plane.labels, Uint8Array);
    this.colours = plane.classes.map(({ colour }) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
    const tick = (side) => ([place, text]) => html("span", { style: `${side}: ${100 * place}%` }, text);
    this.across.replaceChildren(...plane.ticks[0].map(tick("left")), html("div", { class: "axis" }, plane.axes[0]));
    this.up.replaceChildren(...plane.ticks[1].map(tick("bottom")), html("div", { class: "axis" }, plane.axes[1]));
    this.legend.replaceChildren(
      ...plane.classes.map(({ name, colour, symbol }) =>
        html("span", {}, svg("svg", { viewBox: "-6 -6 12 12" }, svg("path", { d: outline(symbol, 0, 0, 5), fill: colour })), name),
      ),
    );
  }

  // What changes without the course: the sample in the ring, the sentence, the colours of the page.
  look({ alt, followed, paper, ink }) {
    set(this.points, "aria-label", alt);
    Object.assign(this, { followed, background: paper, ink });
    set(this.square, "data-follows", followed !== null);
    this.drawPoints();
  }

  show(stop) {
    const { n, best, share, colours, image } = this, size = 3 * n;
    regions(this.parameters.subarray(stop * size, (stop + 1) * size), n, SIDE, best, share);
    const pixels = image.data;
    for (let cell = 0, at = 0; cell < best.length; cell++, at += 4) {
      const colour = colours[best[cell]];
      pixels[at] = colour[0];
      pixels[at + 1] = colour[1];
      pixels[at + 2] = colour[2];
      pixels[at + 3] = 255 * (FAINT + ((STRONG - FAINT) * (n * share[cell] - 1)) / (n - 1));
    }
    this.paper.putImageData(image, 0, 0);
  }

  place(sample, width) {
    const unit = width / 65535;
    return [this.places[2 * sample] * unit, width - this.places[2 * sample + 1] * unit];
  }

  drawPoints() {
    const width = this.square.clientWidth, scale = devicePixelRatio;
    if (!this.plane || !width) return;
    this.points.width = this.points.height = Math.round(width * scale);
    const paper = this.points.getContext("2d");
    paper.scale(scale, scale);
    paper.strokeStyle = this.background;
    const radius = Math.min(4.2, width / 60);
    paper.lineWidth = radius / 4.2;
    for (let sample = 0; sample < this.labels.length; sample++) {
      const { colour, symbol } = this.plane.classes[this.labels[sample]];
      const mark = new Path2D(outline(symbol, ...this.place(sample, width), radius));
      paper.fillStyle = colour;
      paper.fill(mark);
      paper.stroke(mark);
    }
    if (this.followed === null) return;
    paper.strokeStyle = this.ink;
    paper.lineWidth = 3;
    paper.beginPath();
    paper.arc(...this.place(this.followed, width), 9, 0, 2 * Math.PI);
    paper.stroke();
  }

  click({ clientX, clientY }, take) {
    if (this.followed === null) return;
    const { left, top, width } = this.square.getBoundingClientRect();
    let nearest = REACH, found = null;
    for (let sample = 0; sample < this.labels.length; sample++) {
      const [x, y] = this.place(sample, width);
      const distance = Math.hypot(x - (clientX - left), y - (clientY - top));
      if (distance < nearest) [nearest, found] = [distance, sample];
    }
    if (found !== null) take(found);
  }

  leave() {
    this.observer.disconnect();
    this.box.remove();
  }
}
