// A lane's target: a ring that marks the label, or a share of a soft target to drag.

import { html, set, setNumber } from "./dom.js";
import { fixed } from "./format.js";
import { draggable, keyed } from "./track.js";

export class Target {
  static place = "c-target";
  static quantity = "target";
  static symbol = () => "y";
  static sum = "sum_target";

  constructor({ index, bench }) {
    this.index = index;
    this.bench = bench;
    this.share = html("span", { class: "value", tabindex: -1, id: `target-${index + 1}`, "data-quantity": "target", "data-index": index + 1 });
    this.cell = html("div", { class: "cell c-target" }, html("span", { class: "mark" }), this.share);
    // All of the cell: the ring alone is too small for a finger.
    this.cell.addEventListener("click", () => {
      if (!bench.data.soft) bench.propose({ kind: "label", index });
    });
    this.share.addEventListener("keydown", (event) => this.key(event));
    draggable(this.share, this.cell, {
      range: () => [0, 1],
      value: () => Number(bench.data.target[index]),
      change: (value, gesture) => bench.data.soft && this.setShare(value, gesture),
      dragging: (on) => bench.data.soft && bench.drag(on),
    });
  }

  setShare(value, gesture) {
    this.bench.propose({ kind: "share", index: this.index, value, gesture });
  }

  key(event) {
    const { bench, index } = this;
    if (bench.data.soft) {
      const next = keyed(event, Number(bench.data.target[index]), [0, 1], 0.01);
      if (next === null) return;
      event.preventDefault();
      this.setShare(next);
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      bench.propose({ kind: "label", index });
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const n = bench.data.logit.length;
      const next = (index + (event.key === "ArrowDown" ? 1 : n - 1)) % n;
      bench.find("target", next + 1).focus();
      bench.propose({ kind: "label", index: next });
    }
  }

  update(data, words, say) {
    const y = Number(data.target[this.index]);
    const { share } = this;
    setNumber(share, data.target[this.index], data.soft ? fixed(y) : y === 1 ? "1" : "0");
    set(share, "tabindex", data.soft || y === 1 ? 0 : -1);
    set(share, "role", data.soft ? "slider" : "radio");
    set(share, "aria-checked", data.soft ? null : String(y === 1));
    for (const [name, value] of [["min", 0], ["max", 1], ["now", y]]) set(share, `aria-value${name}`, data.soft ? value : null);
    set(share, "aria-label", say(data.soft ? "target_share" : "target_label"));
    this.cell.style.setProperty("--share", `${y * 100}%`);
  }
}
