// The drawn layer in one's hands: weights, biases, inputs and targets are dragged, stepped by key or typed in
// the drawing, drawn ahead of the server, and a gradient step is seen on its way. The server writes
// the drawing (pages/lessons/network/graph_figure.py); what is changed here is its numbers.

import { Channel } from "./channel.js";
import { filled, html, set, setRefusal, setText } from "./dom.js";
import { draw, endsOf, mark, placeOf, takeOver } from "./drawn_numbers.js";
import { fixed } from "./format.js";
import { between, forward, mirror } from "./layer_mirror.js";
import { Returning } from "./returning.js";
import { draggable, keyed } from "./track.js";
import { TypedNumber } from "./typed_number.js";

const STEP = 0.1;
const SPAN = 400; // pixels, from one end to the other
const SLACK = 3; // pixels that a press may slip and be none of a drag
const FILM = 400; // ms from before a step to after it
const SIGNS = { undo: "↶", redo: "↷" };

class EditableLayer {
  constructor(parent) {
    this.channel = new Channel(() => set(this.root, "data-busy", String(!this.channel.idle)));
    this.held = null; // what has the focus: it has it again where the drawing comes back
    this.typed = new TypedNumber(this);
    this.drawing = html("div", { class: "drawing" });
    this.tools = Object.entries(SIGNS).map(([kind, sign]) => {
      const button = html("button", { type: "button", "data-do": kind }, sign);
      button.addEventListener("click", () => this.propose({ kind }));
      return button;
    });
    this.said = html("span", { class: "said", role: "status" });
    this.refusal = html("div", { class: "refusal", hidden: "" });
    const foot = html("div", { class: "layer-foot" }, ...this.tools, this.said);
    this.root = html("div", { class: "lab-layer", "data-source": "server" }, this.drawing, foot, this.refusal, this.typed.root);
    parent.append(this.root);
    this.root.addEventListener("focusin", ({ target }) => (this.held = target));
    this.drawing.addEventListener("pointerdown", () => this.unmark());
    this.drawing.addEventListener("click", (event) => this.press(event));
    this.drawing.addEventListener("keydown", (event) => this.key(event));
  }

  leave() {
    this.channel.close();
    this.root.remove();
  }

  get svg() {
    return this.drawing.firstElementChild;
  }

  receive(data, svg, send) {
    const before = this.latest;
    const ours = !this.channel.idle; // what changes now was seen already
    this.channel.send = send;
    this.latest = data;
    this.channel.acknowledge(data.sequence);
    const same = this.stands(svg);
    const { words, can_undo, can_redo } = data;
    for (const [k, able] of [can_undo, can_redo].entries()) {
      const button = this.tools[k];
      const active = document.activeElement === button;
      for (const name of ["aria-label", "title"]) set(button, name, words[button.dataset.do]);
      set(button, "disabled", able ? null : "");
      // A disabled button loses the focus: the other one has it, or the first number.
      if (active && !able) (this.tools[1 - k].disabled ? this.grips[0] : this.tools[1 - k]).focus();
    }
    this.render();
    if (same && !ours && before.steps !== data.steps) this.play(before);
    this.typed.answer(data);
    setRefusal(this.refusal, ours && !this.typed.isOpen ? data.refused : null);
  }

  // Show the server's drawing; whether it is of the same layer, with other numbers at most.
  stands(svg) {
    if (svg === this.markup && !this.aheadDrawn) return true;
    this.aheadDrawn = false;
    this.marked = false;
    this.film = null;
    set(this.root, "data-moved", null);
    this.markup = svg;
    const same = this.svg !== null && takeOver(this.svg, svg);
    if (!same) this.build(svg);
    return same;
  }

  build(svg) {
    this.typed.close();
    this.drawing.innerHTML = svg; // numbers and symbols of ours; names of classes are escaped in it
    this.grips = [...this.svg.querySelectorAll("[data-edit]")];
    for (const grip of this.grips) {
      let from = null; // where a press began, until it is a drag
      let ends = null;
      draggable(grip, { getBoundingClientRect: () => ({ left: 0, width: SPAN }) }, {
        range: () => (ends = this.range(grip)),
        value: () => this.valueOf(grip),
        change: (value, gesture) => {
          if (from !== null && Math.abs(value - from) < (SLACK * (ends[1] - ends[0])) / SPAN) return;
          from = null;
          grip.dragged = true;
          this.set(grip, value, gesture);
        },
        dragging: (on) => {
          from = on ? this.valueOf(grip) : null;
          this.start = on ? this.numbers.target : undefined;
          if (on) grip.dragged = false;
          set(this.root, "data-dragging", on ? "" : null);
        },
      });
    }
  }

  range(grip) {
    return endsOf(grip, this.valueOf(grip));
  }

  // The number of a handle as it is drawn: full digits.
  valueOf(grip) {
    return placeOf(grip.dataset.place).reduce((values, k) => values[k], this.numbers[grip.dataset.edit]);
  }

  set(grip, value, gesture) {
    const { edit: kind, place: index } = grip.dataset;
    // All of a target's drag starts from where the drag began.
    this.propose({ kind, index, value, gesture, start: kind === "target" ? this.start : undefined });
  }

  // Step a number as a key does: by one, or by ten.
  step(grip, by) {
    this.moved(grip, { key: by < 0 ? "ArrowLeft" : "ArrowRight" });
  }

  moved(grip, event) {
    const next = keyed(event, this.valueOf(grip), this.range(grip), STEP);
    if (next !== null) this.set(grip, next);
    return next !== null;
  }

  key(event) {
    this.unmark();
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (letter === "z" || letter === "y")) {
      event.preventDefault();
      this.propose({ kind: letter === "y" || event.shiftKey ? "redo" : "undo" });
      return;
    }
    const grip = event.target.closest("[data-edit]");
    if (grip === null) return;
    if (event.key === "Enter") this.typed.open(grip, { keyboard: true });
    else if (!this.moved(grip, event)) return;
    event.preventDefault();
  }

  // A press on a number opens its field, and chooses the weight that other screens speak of.
  press({ target, pointerType }) {
    const edge = target.closest("[data-edge]")?.dataset.edge;
    const grip = target.closest("[data-edit]") ?? this.svg.querySelector(`[data-edit][data-edge="${edge}"]`);
    if (grip === null || grip.dragged) return;
    if (edge) this.propose({ kind: "choose", index: edge });
    this.typed.open(grip, { keyboard: pointerType !== "touch" });
  }

  // Take an edit to the server, and draw what it will say ahead of it: once in each frame.
  propose(patch) {
    this.channel.propose(patch);
    this.numbers = this.ahead() ?? forward(this.latest); // where the next key starts from
    this.frame ??= requestAnimationFrame(() => this.render());
  }

  ahead() {
    const pending = this.channel.pending.filter(({ kind }) => kind !== "choose");
    return pending.length > 0 ? mirror(this.latest, pending) : null;
  }

  render() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    const ahead = this.ahead();
    set(this.root, "data-source", ahead ? "mirror" : "server");
    this.numbers = ahead ?? forward(this.latest);
    if (ahead) {
      this.unmark();
      draw(this.svg, ahead);
      this.aheadDrawn = true;
    } else if (!this.marked) setText(this.said, this.latest.words.hint);
  }

  // Show a step from before to after: the numbers in the page are those after it at once.
  play(before) {
    const now = forward(this.latest);
    const start = forward(before);
    if (![start, now].every(({ loss, weight }) => [loss, ...weight.flat()].every(Number.isFinite))) return;
    this.unmark();
    this.marked = true;
    mark(this.svg, start, now);
    const loss = { before: fixed(start.loss), now: fixed(now.loss) };
    setText(this.said, filled(this.latest.words.moved, loss));
    set(this.root, "data-moved", "");
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const film = { begun: null };
    this.film = film; // until another one, or none
    const frame = (time) => {
      if (this.film !== film) return;
      film.begun ??= time;
      const t = (time - film.begun) / FILM;
      if (t >= 1) {
        takeOver(this.svg, this.markup);
        mark(this.svg, start, now);
        return;
      }
      draw(this.svg, between(start, now, t * t * (3 - 2 * t)), true);
      requestAnimationFrame(frame);
    };
    frame(performance.now());
  }

  unmark() {
    if (!this.marked) return;
    this.marked = false;
    this.film = null;
    set(this.root, "data-moved", null);
    takeOver(this.svg, this.markup);
    setText(this.said, this.latest.words.hint);
  }
}

const returning = new Returning();

// Called by Streamlit at mount and at each change of the data; what it returns, at unmount.
export default function editableLayer({ data, parentElement, setStateValue }) {
  if (!(parentElement.layer instanceof EditableLayer)) {
    parentElement.layer?.leave();
    parentElement.layer = returning.taken(parentElement, () => true) ?? new EditableLayer(parentElement);
  }
  const own = parentElement.layer;
  returning.stays(own);
  own.receive(JSON.parse(data.json), data.svg, (edit) => setStateValue("edit", edit));
  return () => returning.drop(own);
}
