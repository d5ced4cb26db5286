// The weights of each class as an image, or as a strip of one cell a feature.

import { html, set } from "./dom.js";
import { decoded } from "./course_bytes.js";

const LARGEST = 127;

export class CourseImages {
  constructor(parent) {
    this.box = html("div", { class: "course-images", role: "img" });
    parent.append(this.box);
  }

  receive(tiles, values) {
    const { names, rows, columns } = tiles;
    this.cells = rows * columns;
    this.values = decoded(values, Int8Array);
    this.tiles = names.map((name) => {
      const canvas = html("canvas", { width: columns, height: rows });
      return { name, canvas, paper: canvas.getContext("2d"), image: new ImageData(columns, rows) };
    });
    set(this.box, "data-strips", rows === 1 ? "" : null);
    this.box.replaceChildren(
      ...this.tiles.map(({ name, canvas }) => html("div", {}, html("span", {}, name), canvas)),
      ...(tiles.caption ? [html("p", {}, tiles.caption)] : []),
    );
  }

  look({ alt, below, above }) {
    set(this.box, "aria-label", alt);
    this.colours = [below, above].map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
  }

  show(stop) {
    let at = stop * this.tiles.length * this.cells;
    for (const { paper, image } of this.tiles) {
      const pixels = image.data;
      for (let cell = 0; cell < 4 * this.cells; cell += 4, at++) {
        const value = this.values[at], colour = this.colours[value < 0 ? 0 : 1];
        pixels[cell] = colour[0];
        pixels[cell + 1] = colour[1];
        pixels[cell + 2] = colour[2];
        pixels[cell + 3] = (255 * Math.abs(value)) / LARGEST;
      }
      paper.putImageData(image, 0, 0);
    }
  }

  leave() {
    this.box.remove();
  }
}
