// The bench: an instrument read from left to right, one lane a class; its parts are in layouts.js.
// Built once, updated in place: focus survives every answer of the server.

import { keepAddress } from "./address.js";
import { Channel } from "./channel.js";
import { html, ownRoot, set } from "./dom.js";
import { compact, whole } from "./layouts.js";
import { mirror } from "./mirror.js";
import { Returning } from "./returning.js";
import { Speaker } from "./speaker.js";
import { STYLE } from "./style.js"; // made by the server from bench.css
import { WORDS } from "./words.js"; // made by the server from the texts of every language

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
// Edits of what is shown, which change no number.
const SHOWN_ONLY = new Set(["corners", "tour"]);

// The ends of the logit tracks: -10 and 10, wider when a logit lies outside.
function logitRange(logits) {
  const finite = logits.map(Number).filter(Number.isFinite);
  return [Math.min(-10, ...finite), Math.max(10, ...finite)];
}

class Bench {
  // `columns` says which of them a compact bench has; null is the whole bench.
  constructor(parent, columns) {
    this.columns = columns;
    this.dragging = false;
    this.pointed = null;
    this.before = null; // the numbers as they stood when `pointed` was taken hold of
    this.held = null; // what has the focus: it has it again where the bench comes back
    this.channel = new Channel(() => this.showBusy());
    this.speaker = new Speaker();
    const { nodes, ...parts } = columns ? compact(this, columns) : whole(this);
    Object.assign(this, parts); // parts, grids, explanation
    const marks = { "data-bench": "", "data-compact": columns ? "" : null, "data-source": "server" };
    this.root = html("section", { class: "bench", ...marks }, ...nodes, this.speaker.root);
    parent.append(this.root);
    this.listen();
  }

  // Whether it shows the columns asked for, so that it may stand in another's place.
  has(columns) {
    return JSON.stringify(this.columns) === JSON.stringify(columns);
  }

  leave() {
    this.channel.close();
    this.speaker.hush();
    this.root.remove();
  }

  listen() {
    const point = (event) => {
      const cell = event.composedPath().find((node) => node instanceof Element && node.hasAttribute("data-quantity"));
      if (cell && !this.dragging) this.point(cell);
    };
    this.root.addEventListener("pointerover", point);
    this.root.addEventListener("focusin", (event) => {
      point(event);
      this.rove();
      this.held = event.target;
    });
    this.root.addEventListener("pointerleave", () => this.point(this.focused()));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) this.point(null);
      // Where the bench is taken off the page, the focus was not moved.
      setTimeout(() => this.root.isConnected && !this.root.getRootNode().activeElement && (this.held = null));
    });
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  // The number that has the keyboard's focus, if one has.
  focused() {
    const active = this.root.getRootNode().activeElement;
    return active?.hasAttribute("data-quantity") ? active : null;
  }

  key(event) {
    if (event.key === "Escape") this.point(null);
    if (event.target instanceof HTMLInputElement) return;
    this.tour?.escape(event);
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (letter === "z" || letter === "y")) {
      event.preventDefault();
      this.propose({ kind: letter === "y" || event.shiftKey ? "redo" : "undo" });
    } else if (event.key in STEPS) this.walk(event);
  }

  // Arrow keys walk from number to number: a grid is one stop for Tab.
  walk(event) {
    const cell = event.target;
    for (const { rows } of this.grids) {
      const r = rows.findIndex((cells) => cells.includes(cell));
      if (r < 0) continue;
      const [down, right] = STEPS[event.key];
      event.preventDefault();
      rows[r + down]?.[rows[r].indexOf(cell) + right]?.focus();
    }
  }

  receive(data, send) {
    this.channel.send = send;
    this.latest = { ...data, words: WORDS[data.lang] };
    this.channel.acknowledge(data.sequence);
    this.render();
  }

  // Take an edit to the server, and draw what it will say ahead of it: once in each frame.
  propose(patch) {
    this.channel.propose(patch);
    this.data = this.numbers(); // where the next key starts from
    // What only the server can answer (a text that it may refuse) stays as it stands until then.
    if (this.data !== this.latest) this.frame ??= requestAnimationFrame(() => this.render());
  }

  drag(on) {
    this.dragging = on;
    if (on) {
      this.start = this.data.target.map(Number);
      this.before = this.data;
    }
    set(this.root, "data-dragging", on ? "" : null);
    if (!on) this.render();
  }

  showBusy() {
    set(this.root, "data-busy", String(!this.channel.idle));
  }

  // The server's numbers, or the mirror's while edits are on their way.
  numbers() {
    const pending = this.channel.pending.filter(({ kind }) => !SHOWN_ONLY.has(kind));
    const ahead = pending.length > 0 ? mirror(this.latest, pending, this.start) : null;
    set(this.root, "data-source", ahead ? "mirror" : "server");
    return ahead ?? this.latest;
  }

  render() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    const data = this.numbers();
    this.data = data;
    // While a handle is held the track keeps its ends, or the handle would slip from the pointer.
    if (!this.dragging) this.range = logitRange(data.logit);
    if (data.gradient) this.gradientScale = Math.max(1, ...data.gradient.map((g) => Math.abs(Number(g))));
    set(this.root, "aria-label", data.words[this.columns ? "aria_compact" : "aria"]);
    set(this.root, "lang", data.lang);
    set(this.root, "data-soft", data.soft ? "" : null);
    for (const part of this.parts) part.update(data, data.words);
    this.rove();
    this.point(this.pointed);
    if (!this.dragging && !this.tour?.running) this.speaker.update(data, this.channel.idle);
    if (!this.columns) keepAddress(data.page, data.query); // a lesson keeps its own
  }

  // One tab stop for the lanes' numbers and one for the Jacobian's: the pointed one, or the first.
  rove() {
    for (const { rows } of this.grids) {
      const cells = rows.flat();
      const stop = cells.includes(this.pointed) ? this.pointed : cells[0];
      for (const cell of cells) set(cell, "tabindex", cell === stop ? 0 : -1);
    }
  }

  // Light up what a number is made of and write its formula; with none pointed at, the loss's.
  point(cell) {
    const pointed = cell?.isConnected ? cell : null;
    if (pointed !== this.pointed) {
      this.before = this.data;
      // A phone's panel at the foot of the screen would cover what is pointed at there.
      set(this.root, "data-low", pointed?.getBoundingClientRect().top > innerHeight / 2 ? "" : null);
    }
    this.pointed = pointed;
    if (!this.data) return;
    const uses = this.explanation.show(this.data, this.pointed, this.before);
    // Where no exponentials are shown, the logits that they are made of.
    const shown = (quantity, ...place) => this.find(quantity, ...place) ?? this.find("logit", ...place);
    const lit = new Set(this.pointed ? uses.map((use) => shown(...use)) : []);
    for (const node of this.root.querySelectorAll(".lit, .pointed")) {
      node.classList.toggle("lit", lit.has(node));
      node.classList.remove("pointed");
    }
    for (const node of lit) node.classList.add("lit");
    this.pointed?.classList.add("pointed");
    set(this.root, "data-pointing", this.pointed?.dataset.quantity ?? null);
  }

  find(quantity, i, j) {
    const place = j === undefined ? `[data-index="${i}"]` : `[data-row="${i}"][data-col="${j}"]`;
    return this.root.querySelector(`[data-quantity="${quantity}"]${place}`);
  }
}

const style = new CSSStyleSheet();
style.replaceSync(STYLE);

const returning = new Returning();

// Called by Streamlit at mount and at each change of the data; what it returns, at unmount.
export default function bench({ data, parentElement, setStateValue }) {
  const numbers = JSON.parse(data.json);
  const { compact: columns } = numbers;
  const found = parentElement.bench;
  if (!(found instanceof Bench && found.has(columns))) {
    // Another screen's, or after an update of the app the bench of this file's older edition.
    found?.leave();
    const root = ownRoot(parentElement, style);
    const back = returning.taken(root, (bench) => bench.has(columns));
    parentElement.bench = back ?? new Bench(root, columns);
  }
  const own = parentElement.bench;
  returning.stays(own);
  own.receive(numbers, (edit) => setStateValue("edit", edit));
  return () => returning.drop(own);
}
