// The bench: an instrument read from left to right, one lane a class, with the Jacobian beside it.
// Built once, updated in place: focus survives every answer of the server.

import { keepAddress } from "./address.js";
import { Answers } from "./answers.js";
import { Channel } from "./channel.js";
import { html, set } from "./dom.js";
import { Jacobian } from "./jacobian.js";
import { Lanes } from "./lanes.js";
import { mirror } from "./mirror.js";
import { Simplex } from "./simplex.js";
import { STYLE } from "./style.js"; // made by the server from bench.css
import { Toolbar } from "./toolbar.js";
import { Tour } from "./tour.js";
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
  constructor(parent) {
    this.dragging = false;
    this.pointed = null;
    this.held = null; // what has the focus: it has it again where the bench comes back
    this.channel = new Channel(() => this.showBusy());
    this.toolbar = new Toolbar(this);
    this.lanes = new Lanes(this);
    this.jacobian = new Jacobian();
    this.answers = new Answers();
    this.simplex = new Simplex(this);
    this.tour = new Tour(this);
    this.root = html(
      "section",
      { class: "bench", "data-bench": "", "data-source": "server" },
      this.toolbar.root,
      this.tour.root,
      html("div", { class: "stage" }, this.lanes.root, this.jacobian.root, this.answers.root, this.simplex.root),
    );
    parent.append(this.root);
    this.toolbar.root.firstChild.append(this.tour.start);
    this.listen();
  }

  leave() {
    this.channel.close();
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
    if (event.target instanceof HTMLInputElement) return;
    this.tour.escape(event);
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && (letter === "z" || letter === "y")) {
      event.preventDefault();
      this.propose({ kind: letter === "y" || event.shiftKey ? "redo" : "undo" });
    } else if (event.key in STEPS) this.walk(event);
  }

  // Arrow keys walk from number to number: a grid is one stop for Tab.
  walk(event) {
    const cell = event.target;
    for (const rows of [this.lanes.rows, this.jacobian.rows]) {
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
    if (on) this.start = this.data.target.map(Number);
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
    this.gradientScale = Math.max(1, ...data.gradient.map((g) => Math.abs(Number(g))));
    set(this.root, "aria-label", data.words.aria);
    set(this.root, "lang", data.lang);
    set(this.root, "data-soft", data.soft ? "" : null);
    for (const part of [this.toolbar, this.lanes, this.jacobian, this.answers, this.simplex, this.tour]) part.update(data, data.words);
    this.rove();
    this.point(this.pointed);
    keepAddress(data.page, data.query);
  }

  // One tab stop for the lanes' numbers and one for the Jacobian's: the pointed one, or the first.
  rove() {
    for (const rows of [this.lanes.rows, this.jacobian.rows]) {
      const cells = rows.flat();
      const stop = cells.includes(this.pointed) ? this.pointed : cells[0];
      for (const cell of cells) set(cell, "tabindex", cell === stop ? 0 : -1);
    }
  }

  // Light up what a number is made of and write its formula; with none pointed at, the loss's.
  point(cell) {
    this.pointed = cell?.isConnected ? cell : null;
    if (!this.data) return;
    const uses = this.answers.explain(this.data, this.pointed);
    const lit = new Set(this.pointed ? uses.map((use) => this.find(...use)) : []);
    for (const node of this.root.querySelectorAll(".lit, .pointed")) {
      node.classList.toggle("lit", lit.has(node));
      node.classList.remove("pointed");
    }
    for (const node of lit) node.classList.add("lit");
    this.pointed?.classList.add("pointed");
    set(this.root, "data-pointing", this.pointed ? "" : null);
  }

  find(quantity, i, j) {
    const place = j === undefined ? `[data-index="${i}"]` : `[data-row="${i}"][data-col="${j}"]`;
    return this.root.querySelector(`[data-quantity="${quantity}"]${place}`);
  }
}

const style = new CSSStyleSheet();
style.replaceSync(STYLE);

// Streamlit drops an element and brings it back where one run follows close upon another: the bench
// that stood moves into the new place then, with its pending edits and the focus.
const RETURN = 1000; // ms
let dropped = null; // the bench that may come back

function drop(bench) {
  dropped = bench;
  setTimeout(() => {
    if (dropped !== bench) return;
    dropped = null;
    bench.leave();
  }, RETURN);
}

function benchIn(parent) {
  if (!dropped) return new Bench(parent);
  const bench = dropped;
  dropped = null;
  parent.append(bench.root);
  if (document.activeElement === document.body) bench.held?.focus({ preventScroll: true });
  return bench;
}

// Called by Streamlit at mount and at each change of the data; what it returns, at unmount.
export default function bench({ data, parentElement, setStateValue }) {
  if (!(parentElement.bench instanceof Bench)) {
    // After an update of the app this file finds the bench of its older edition here.
    parentElement.bench?.leave();
    parentElement.adoptedStyleSheets = [style];
    parentElement.bench = benchIn(parentElement);
  }
  const own = parentElement.bench;
  if (dropped === own) dropped = null;
  own.receive(JSON.parse(data.json), (edit) => setStateValue("edit", edit));
  return () => drop(own);
}
