// One lane a class: name, logit, exponential, probability, target, slope in a, gradient in z.

import { filled, html, set, setNumber, setRefusal, svg } from "./dom.js";
import { fixed, plain, signed, significant } from "./format.js";
import { draggable, keyed } from "./track.js";

const percent = (x) => `${x * 100}%`;

export class Lane {
  constructor(index, bench) {
    this.index = index;
    this.bench = bench;
    this.name = html("input", { class: "name", dir: "auto", maxlength: 500, spellcheck: "false", autocomplete: "off" });
    this.handle = svg(
      "g",
      { role: "slider", tabindex: 0, class: "handle", "data-quantity": "logit", "data-index": index + 1 },
      svg("circle", { class: "reach", r: 20, cy: "50%" }),
      svg("circle", { class: "knob", r: 9, cy: "50%" }),
    );
    this.ticks = svg("g", { class: "ticks" });
    this.fill = svg("line", { class: "fill", y1: "50%", y2: "50%" });
    this.track = svg("svg", { class: "track" }, svg("line", { class: "rail", x1: "0", x2: "100%", y1: "50%", y2: "50%" }), this.ticks, this.fill, this.handle);
    this.number = html("input", { class: "number", inputmode: "text", autocomplete: "off", spellcheck: "false" });
    this.exponential = this.cell("exponential");
    this.probability = this.cell("probability");
    this.bar = svg("rect", { class: "bar", height: "100%" });
    this.star = html("span", { class: "star", "aria-hidden": "true" }, "★");
    this.target = this.cell("target");
    this.mark = html("span", { class: "mark" });
    this.slope = this.cell("gradient_probability");
    this.gradient = this.cell("gradient");
    this.gradientBar = svg("rect", { class: "bar", height: "100%" });
    this.remove = html("button", { type: "button", class: "remove" }, "×");
    this.alert = html("div", { class: "refusal", hidden: "" });
    this.root = html(
      "div",
      { class: "lane", role: "group" },
      html("div", { class: "cell c-name" }, this.name),
      html("div", { class: "cell c-track" }, this.track),
      html("div", { class: "cell c-number" }, this.number),
      html("div", { class: "cell c-exp" }, this.exponential),
      html("div", { class: "cell c-prob" }, svg("svg", { class: "bars probability", "aria-hidden": "true" }, this.bar), this.star, this.probability),
      html("div", { class: "cell c-target" }, this.mark, this.target),
      html("div", { class: "cell c-slope" }, this.slope),
      html("div", { class: "cell c-grad" }, svg("svg", { class: "bars gradient", "aria-hidden": "true" }, this.gradientBar, svg("line", { class: "axis", x1: "50%", x2: "50%", y1: "-20%", y2: "120%" })), this.gradient),
      html("div", { class: "cell c-remove" }, this.remove),
      this.alert,
    );
    this.listen();
  }

  cell(quantity) {
    return html("span", { class: "value", tabindex: -1, "data-quantity": quantity, "data-index": this.index + 1 });
  }

  listen() {
    const { bench, index } = this;
    draggable(this.handle, this.track, {
      range: () => bench.range,
      value: () => Number(bench.data.logit[index]),
      change: (value, gesture) => this.setLogit(value, gesture),
      dragging: (on) => bench.drag(on),
      grabAnywhere: true,
    });
    this.handle.addEventListener("keydown", (event) => {
      const next = keyed(event, Number(bench.data.logit[index]), bench.range, 0.1);
      if (next === null) return;
      event.preventDefault();
      this.setLogit(next);
    });
    const commit = (input, kind) => () => {
      const refused = input.hasAttribute("aria-invalid");
      if (refused || input.value !== input.dataset.shown) bench.propose({ kind, index, text: input.value });
    };
    for (const [input, kind] of [[this.name, "name"], [this.number, "logit_text"]]) {
      input.addEventListener("change", commit(input, kind));
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") input.blur();
        if (event.key === "Escape") {
          input.value = input.dataset.shown;
          if (input.hasAttribute("aria-invalid")) commit(input, kind)();
          input.blur();
        }
      });
    }
    this.remove.addEventListener("click", () => bench.propose({ kind: "remove", index }));
    // All of the cell: the ring alone is too small for a finger.
    this.target.parentElement.addEventListener("click", () => {
      if (!bench.data.soft) bench.propose({ kind: "label", index });
    });
    this.target.addEventListener("keydown", (event) => this.targetKey(event));
    draggable(this.target, this.target.parentElement, {
      range: () => [0, 1],
      value: () => Number(bench.data.target[index]),
      change: (value, gesture) => bench.data.soft && this.setShare(value, gesture),
      dragging: (on) => bench.data.soft && bench.drag(on),
    });
  }

  // The numbers that are not edited, from left to right.
  get numbers() {
    return [this.exponential, this.probability, this.slope, this.gradient];
  }

  setLogit(value, gesture) {
    this.bench.propose({ kind: "logit", index: this.index, value, gesture });
  }

  setShare(value, gesture) {
    this.bench.propose({ kind: "share", index: this.index, value, gesture });
  }

  targetKey(event) {
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
      bench.lanes.lanes[next].target.focus();
      bench.propose({ kind: "label", index: next });
    }
  }

  place(value) {
    const [low, high] = this.bench.range;
    const at = percent(Math.min(1, Math.max(0, (value - low) / (high - low))));
    for (const circle of this.handle.children) set(circle, "cx", at);
    set(this.fill, "x1", percent(-low / (high - low)));
    set(this.fill, "x2", at);
  }

  update(data, words) {
    const i = this.index;
    const plainName = filled(words.class_name, { number: i + 1 });
    const name = data.names[i] || plainName;
    const say = (key) => filled(words[key], { name, number: i + 1 });
    const logit = Number(data.logit[i]);
    const masked = logit === -Infinity;
    set(this.root, "aria-label", name);
    this.type(this.name, data.names[i], data.refused[`name-${i}`]);
    set(this.name, "placeholder", plainName);
    set(this.name, "aria-label", say("rename"));
    set(this.name, "title", name);
    this.drawTicks();
    this.place(logit);
    setNumber(this.handle, data.logit[i]);
    set(this.handle, "aria-label", say("logit_aria"));
    set(this.handle, "aria-valuemin", this.bench.range[0]);
    set(this.handle, "aria-valuemax", this.bench.range[1]);
    set(this.handle, "aria-valuenow", masked ? this.bench.range[0] : logit);
    set(this.handle, "aria-valuetext", masked ? `−∞ (${words.masked})` : plain(logit));
    set(this.root, "data-masked", masked ? "" : null);
    this.type(this.number, masked ? "-inf" : plain(logit), data.refused[`logit-${i}`]);
    set(this.number, "aria-label", say("logit_value"));
    setNumber(this.exponential, data.exponential[i], significant(data.exponential[i]));
    setNumber(this.probability, data.probability[i], fixed(data.probability[i]));
    set(this.bar, "width", percent(Number(data.probability[i])));
    const largest = data.argmax === i;
    set(this.star, "title", words.argmax);
    set(this.star, "hidden", largest ? null : "");
    set(this.probability, "data-argmax", largest ? "" : null);
    this.updateTarget(data, words, say);
    setNumber(this.slope, data.gradient_probability[i], signed(data.gradient_probability[i]));
    const gradient = Number(data.gradient[i]);
    setNumber(this.gradient, data.gradient[i], signed(gradient));
    for (const cell of [this.slope, this.gradient]) {
      const value = Number(cell.getAttribute("data-value"));
      set(cell, "data-sign", value > 0 ? "plus" : value < 0 ? "minus" : "zero");
    }
    const width = Math.min(1, Math.abs(gradient) / this.bench.gradientScale) / 2;
    set(this.gradientBar, "x", percent(gradient < 0 ? 0.5 - width : 0.5));
    set(this.gradientBar, "width", percent(width));
    set(this.gradientBar, "data-sign", gradient > 0 ? "plus" : "minus");
    for (const cell of this.numbers) set(cell, "aria-label", `${words[cell.dataset.quantity]}, ${name}: ${cell.textContent}`);
    set(this.remove, "aria-label", say("remove"));
    set(this.remove, "title", say("remove"));
    set(this.remove, "disabled", data.logit.length <= 2 ? "" : null);
    const refusal = data.refused[`logit-${i}`] ?? data.refused[`name-${i}`] ?? data.refused[`share-${i}`];
    setRefusal(this.alert, refusal, data.readings[`logit-${i}`], (text) => this.bench.propose({ kind: "logit_text", index: i, text }));
  }

  updateTarget(data, words, say) {
    const y = Number(data.target[this.index]);
    const cell = this.target;
    setNumber(cell, data.target[this.index], data.soft ? fixed(y) : y === 1 ? "1" : "0");
    set(this.root, "data-labelled", y > 0 ? "" : null);
    set(cell, "tabindex", data.soft || y === 1 ? 0 : -1);
    set(cell, "role", data.soft ? "slider" : "radio");
    set(cell, "aria-checked", data.soft ? null : String(y === 1));
    for (const [name, value] of [["min", 0], ["max", 1], ["now", y]]) set(cell, `aria-value${name}`, data.soft ? value : null);
    set(cell, "aria-label", say(data.soft ? "target_share" : "target_label"));
    this.root.style.setProperty("--share", percent(y));
  }

  // Show the state's text in an input, unless the learner is typing or what they typed was refused.
  type(input, text, refusal) {
    set(input, "aria-invalid", refusal ? "true" : null);
    if (refusal || (input.getRootNode().activeElement === input && input.value !== input.dataset.shown)) return;
    if (input.value !== text) input.value = text;
    input.dataset.shown = text;
  }

  drawTicks() {
    const [low, high] = this.bench.range;
    const key = `${low} ${high}`;
    if (this.ticks.dataset.range === key) return;
    this.ticks.dataset.range = key;
    const step = (high - low) / 4;
    this.ticks.replaceChildren(
      ...[0, 1, 2, 3, 4].map((k) => {
        const at = percent((k * step) / (high - low));
        return svg("line", { x1: at, x2: at, y1: "38%", y2: "62%" });
      }),
    );
  }
}
