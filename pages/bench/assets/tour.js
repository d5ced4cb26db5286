// The tour: one column after another is lit, and said in plain words with the learner's own numbers.

import { filled, html, set, setText } from "./dom.js";
import { fixed, plain, signed, significant } from "./format.js";
import { className } from "./names.js";

const STEPS = ["logit", "exponential", "sum_exponential", "probability", "target", "loss", "gradient", "jacobian"];
const FROM_EXPONENTIALS = new Set(["exponential", "sum_exponential", "probability"]);

// What a step says, in the words of the class that the target names first of all.
function said(data, words, step) {
  const y = data.target.map(Number);
  const k = y.indexOf(Math.max(...y));
  const other = k === 0 ? 1 : 0;
  const z = plain(data.logit[k]);
  const g = Math.sign(Number(data.gradient[k]));
  const exact = data.shifted && step === "probability" ? data.shifted : null;
  const text = filled(words[data.soft && step === "target" ? "tour_target_soft" : `tour_${step}`], {
    name: className(data, words, k),
    other: className(data, words, other),
    z,
    power: data.temperature === 1 ? `e^${/^−/.test(z) ? `(${z})` : z}` : `e^(${z} / ${plain(data.temperature)})`,
    e: significant((exact ?? data).exponential[k]),
    sum: significant(exact?.sum ?? data.sum_exponential),
    a: fixed(data.probability[k]),
    y: plain(y[k]),
    loss: fixed(data.loss),
    g: signed(data.gradient[k]),
    meaning: Number.isFinite(Number(data.loss)) ? words[["raise", "balanced", "lower"][g + 1]] : "",
    own: signed(data.jacobian[k][k]),
    cross: signed(data.jacobian[other][k]),
  });
  if (!data.shifted || !FROM_EXPONENTIALS.has(step)) return text;
  return `${text} ${words[Number.isFinite(Number(data.sum_exponential)) ? "underflow" : "overflow"]}`;
}

export class Tour {
  constructor(bench) {
    this.bench = bench;
    this.step = 1;
    this.running = false;
    const button = (name, does) => {
      const node = html("button", { type: "button", "data-tour-do": name });
      node.addEventListener("click", does);
      return node;
    };
    this.start = button("start", () => this.begin());
    this.back = button("back", () => this.go(this.step - 1));
    this.next = button("next", () => this.go(this.step + 1));
    this.end = button("leave", () => this.leave());
    this.title = html("strong");
    this.count = html("span", { class: "count" });
    this.text = html("p");
    this.card = html(
      "div",
      { class: "tour", role: "group", hidden: "" },
      html("div", { class: "tour-head" }, this.title, this.count),
      this.text,
      html("div", { class: "tools" }, this.back, this.next, this.end),
    );
    this.root = html("div", { class: "tour-place" }, this.card);
    this.card.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!way || (way < 0 && this.step === 1)) return;
      event.preventDefault();
      this.go(this.step + way);
    });
  }

  // Escape leaves the tour, but for a field, where it brings the old text back.
  escape(event) {
    if (this.running && event.key === "Escape") this.leave();
  }

  begin() {
    this.put(this.step, true);
    this.next.focus({ preventScroll: true });
  }

  go(step) {
    if (step > STEPS.length) return this.leave(1);
    this.put(step, true);
    if (step === 1 || !this.card.contains(this.card.getRootNode().activeElement)) this.next.focus({ preventScroll: true });
  }

  leave(step = this.step) {
    this.put(step, false);
    this.bench.speaker.say("");
    this.start.focus();
  }

  put(step, running) {
    Object.assign(this, { step, running });
    this.bench.propose({ kind: "tour", step, running });
    this.bench.render();
    if (running) this.show();
  }

  // Bring what the step speaks of into sight, below the words about it, and say them once.
  show() {
    this.bench.root.style.setProperty("--tour", `${this.card.offsetHeight}px`);
    const lit = this.bench.root.querySelectorAll(".toured");
    lit[lit.length - 1]?.scrollIntoView({ block: "nearest" });
    lit[0]?.scrollIntoView({ block: "nearest" });
    this.bench.speaker.say(`${this.count.textContent}. ${this.title.textContent}. ${this.text.textContent}`);
  }

  update(data, words) {
    // What the server says counts once it has heard of our own steps.
    if (data.tour && !this.bench.channel.pending.some(({ kind }) => kind === "tour")) Object.assign(this, data.tour);
    const { step, running } = this;
    const quantity = STEPS[step - 1];
    set(this.start, "hidden", !data.tour || running ? "" : null);
    setText(this.start, step === 1 ? words.tour_start : filled(words.tour_resume, { step, steps: STEPS.length }));
    set(this.card, "hidden", data.tour && running ? null : "");
    setText(this.back, words.tour_back);
    setText(this.next, step === STEPS.length ? words.tour_done : words.tour_next);
    setText(this.end, words.tour_leave);
    this.light(running ? quantity : null);
    if (!running) return;
    set(this.card, "aria-label", words.tour);
    set(this.card, "data-step", step);
    setText(this.title, words[`tour_${quantity}_title`]);
    setText(this.count, filled(words.tour_count, { step, steps: STEPS.length }));
    setText(this.text, said(data, words, quantity));
    set(this.back, "hidden", step === 1 ? "" : null);
    set(this.end, "hidden", step === STEPS.length ? "" : null);
  }

  // Light what the step speaks of: the cells of all numbers of one quantity.
  light(quantity) {
    const { root } = this.bench;
    const numbers = quantity ? [...root.querySelectorAll(`[data-quantity="${quantity}"]`)] : [];
    const lit = new Set(numbers.map((node) => node.closest(".cell, .result, table") ?? node));
    for (const node of root.querySelectorAll(".toured")) node.classList.toggle("toured", lit.has(node));
    for (const node of lit) node.classList.add("toured");
  }
}
