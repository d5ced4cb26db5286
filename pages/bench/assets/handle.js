// A lane's handle: the logit, to be dragged along its track, moved by keys or stepped by buttons.

import { html, set, setNumber, svg } from "./dom.js";
import { plain } from "./format.js";
import { draggable, keyed } from "./track.js";

const STEP = 0.1;
const percent = (x) => `${x * 100}%`;

export class Handle {
  static place = "c-track";
  static quantity = "logit";
  static symbol = () => "z";

  constructor({ index, bench }) {
    this.index = index;
    this.bench = bench;
    this.grip = svg(
      "g",
      { role: "slider", tabindex: 0, class: "handle", "data-quantity": "logit", "data-index": index + 1 },
      svg("circle", { class: "reach", r: 22, cy: "50%" }),
      svg("circle", { class: "knob", r: 9, cy: "50%" }),
    );
    this.ticks = svg("g", { class: "ticks" });
    this.fill = svg("line", { class: "fill", y1: "50%", y2: "50%" });
    const rail = svg("line", { class: "rail", x1: "0", x2: "100%", y1: "50%", y2: "50%" });
    this.track = svg("svg", { class: "track" }, rail, this.ticks, this.fill, this.grip);
    [this.less, this.more] = ["ArrowLeft", "ArrowRight"].map((key) => this.stepped(key));
    this.cell = html("div", { class: "cell c-track" }, this.less, this.track, this.more);
    draggable(this.grip, this.track, {
      range: () => bench.range,
      value: () => Number(bench.data.logit[index]),
      change: (value, gesture) => this.move(value, gesture),
      dragging: (on) => bench.drag(on),
      grabAnywhere: true,
    });
    this.grip.addEventListener("keydown", (event) => {
      if (this.step(event)) event.preventDefault();
    });
  }

  // A button does what a key does. It is no stop for Tab: whoever has keys has those of the handle.
  stepped(key) {
    const button = html("button", { type: "button", class: "step", tabindex: -1 }, key === "ArrowLeft" ? "−" : "+");
    button.addEventListener("click", () => this.step({ key }));
    return button;
  }

  step(event) {
    const next = keyed(event, Number(this.bench.data.logit[this.index]), this.bench.range, STEP);
    if (next !== null) this.move(next);
    return next !== null;
  }

  move(value, gesture) {
    this.bench.propose({ kind: "logit", index: this.index, value, gesture });
  }

  update(data, words, say) {
    const logit = Number(data.logit[this.index]);
    const masked = logit === -Infinity;
    const [low, high] = this.bench.range;
    this.drawTicks(low, high);
    const at = percent(Math.min(1, Math.max(0, (logit - low) / (high - low))));
    for (const circle of this.grip.children) set(circle, "cx", at);
    set(this.fill, "x1", percent(-low / (high - low)));
    set(this.fill, "x2", at);
    setNumber(this.grip, data.logit[this.index]);
    set(this.grip, "aria-label", say("logit_aria"));
    set(this.less, "aria-label", say("logit_less"));
    set(this.more, "aria-label", say("logit_more"));
    set(this.grip, "aria-valuemin", low);
    set(this.grip, "aria-valuemax", high);
    set(this.grip, "aria-valuenow", masked ? low : logit);
    set(this.grip, "aria-valuetext", masked ? `−∞ (${words.masked})` : plain(logit));
  }

  drawTicks(low, high) {
    const key = `${low} ${high}`;
    if (this.ticks.dataset.range === key) return;
    this.ticks.dataset.range = key;
    this.ticks.replaceChildren(
      ...[0, 1, 2, 3, 4].map((k) => svg("line", { x1: percent(k / 4), x2: percent(k / 4), y1: "38%", y2: "62%" })),
    );
  }
}
