// The course of a training, or of a race, as a film: the server has trained, the browser plays.
// The stop that the hand rests at goes to the server, and all that lies below speaks of it.

import { Channel } from "./channel.js";
import { filled, html, set, setText } from "./dom.js";
import { CourseCurves } from "./course_curves.js";
import { CourseImages } from "./course_images.js";
import { CourseMap } from "./course_map.js";
import { nearest } from "./nearest.js";

const PER_SECOND = 24; // stops, at the speed 1
const SPEEDS = [0.25, 1, 4];
const REST = 250; // ms without a move: the hand rests, and the server is told

class Course {
  constructor(parent) {
    const button = (name, act) => {
      const node = html("button", { type: "button", class: `course-${name}` });
      node.addEventListener("click", act);
      return node;
    };
    this.models = html("div", { class: "course-models" });
    this.curves = html("div", { class: "course-curves" });
    this.play = button("play", () => (this.playing ? this.pause() : this.start()));
    this.back = button("back", () => this.step(-1));
    this.on = button("on", () => this.step(1));
    this.speed = html("select", {});
    this.speed.append(...SPEEDS.map((speed) => html("option", { value: speed }, `${speed} ×`)));
    this.speed.value = "1";
    this.range = html("input", { type: "range", min: 0, step: 1 });
    this.step_ = html("output", { class: "course-step" });
    this.row = html("div", { class: "course-row" }, this.play, this.back, this.on, this.speed, this.range, this.step_);
    this.root = html("div", { class: "course", "data-film": "" }, this.models, this.curves, this.row);
    this.range.addEventListener("input", () => this.take(Number(this.range.value)));
    this.range.addEventListener("change", () => this.release());
    this.range.addEventListener("pointerdown", () => this.hold());
    this.range.addEventListener("pointerup", () => this.letGo());
    // The browser scrolls the page with what began as a grip.
    this.range.addEventListener("pointercancel", () => {
      this.take(this.before);
      this.letGo();
    });
    this.views = [];
    this.panels = [];
    this.at = 0;
    this.channel = new Channel(() => {});
    parent.append(this.root);
  }

  receive({ film, json }, send) {
    this.channel.send = send;
    const look = JSON.parse(json);
    this.words = look.words;
    if (film !== this.received) {
      this.received = film;
      this.take_(JSON.parse(film));
    }
    this.views.forEach((view, place) => view.look({ ...look, alt: look.alts[place] }));
    for (const panel of this.panels) panel.look(look.course);
    this.name();
    this.channel.acknowledge(look.sequence);
    if (this.channel.idle) this.told = look.at;
    // The hand may be further than what the server has answered.
    const ahead = this.playing || this.held || this.resting || !this.channel.idle;
    this.show(ahead ? this.at : this.stops.indexOf(look.at));
  }

  take_(film) {
    this.halt();
    this.held = false;
    for (const part of [...this.views, ...this.panels]) part.leave();
    this.models.replaceChildren();
    if (this.stops) this.at = nearest(film.stops, this.stops[this.at]);
    this.before = this.at;
    this.stops = film.stops;
    this.last = this.stops.at(-1);
    this.every = this.stops[1] ?? 1;
    this.views = film.models.map(({ name, values }) => {
      const box = html("div", {}, html("p", { class: "course-title" }, name));
      this.models.append(box);
      const view = film.plane ? new CourseMap(box, (sample) => this.channel.propose({ kind: "sample", value: sample })) : new CourseImages(box);
      view.receive(film.plane ?? film.tiles, values);
      return view;
    });
    this.panels = film.panels.map((panel, place) => {
      const view = new CourseCurves(this.curves);
      view.receive(panel, this.stops, { ...film.across, name: place === film.panels.length - 1 ? film.across.name : "" });
      return view;
    });
    set(this.range, "max", this.stops.length - 1);
    for (const node of [this.range, this.play]) node.disabled = this.stops.length < 2;
  }

  name() {
    const { words } = this;
    set(this.root, "role", "group");
    set(this.root, "aria-label", words.course);
    set(this.range, "aria-label", words.scrubber);
    set(this.speed, "aria-label", words.speed);
    for (const [node, sign, text] of [[this.back, "−", words.back], [this.on, "+", words.on]]) {
      setText(node, `${sign}${this.every}`);
      set(node, "aria-label", filled(text, { steps: this.every }));
    }
    this.namePlay();
  }

  namePlay() {
    setText(this.play, this.playing ? `❚❚ ${this.words.pause}` : `▶ ${this.words.play}`);
  }

  // From the hand: shown in the next frame, told once the hand rests.
  take(stop) {
    if (this.playing) this.halt();
    this.at = stop;
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  show(stop) {
    this.at = stop;
    this.draw();
  }

  draw() {
    const step = this.stops[this.at];
    for (const view of this.views) view.show(this.at);
    for (const panel of this.panels) panel.show(this.at);
    if (Number(this.range.value) !== this.at) this.range.value = this.at;
    const text = filled(this.words.step, { step, last: this.last });
    const numbers = this.panels.flatMap(({ panel }) => panel.lines.map(({ name, texts }) => `${name} ${texts[this.at]}`));
    set(this.range, "aria-valuetext", [text, ...numbers].join("; "));
    setText(this.step_, text);
    this.back.disabled = this.at === 0;
    this.on.disabled = this.at === this.stops.length - 1;
    set(this.root, "data-stop", step);
  }

  hold() {
    this.held = true;
    this.before = this.at;
  }

  letGo() {
    this.held = false;
    this.release();
  }

  release() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      this.resting = null;
      if (!this.held && !this.playing) this.tell();
    }, REST);
  }

  tell() {
    const stop = this.stops[this.at];
    if (stop === this.told) return;
    this.told = stop;
    this.channel.propose({ kind: "stop", value: stop });
  }

  step(by) {
    if (this.playing) this.halt();
    this.take(Math.max(0, Math.min(this.stops.length - 1, this.at + by)));
    this.release();
  }

  start() {
    clearTimeout(this.resting);
    this.resting = null;
    if (this.at === this.stops.length - 1) this.show(0);
    this.playing = true;
    this.namePlay();
    let before = null, due = 0;
    const move = (now) => {
      if (!this.playing) return;
      due += before === null ? 0 : ((now - before) / 1000) * PER_SECOND * Number(this.speed.value);
      before = now;
      const stops = Math.floor(due);
      due -= stops;
      if (stops) this.show(Math.min(this.at + stops, this.stops.length - 1));
      if (this.at === this.stops.length - 1) this.pause();
      else requestAnimationFrame(move);
    };
    requestAnimationFrame(move);
  }

  halt() {
    this.playing = false;
    if (this.words) this.namePlay();
  }

  pause() {
    this.halt();
    this.release();
  }

  leave() {
    this.halt();
    clearTimeout(this.resting);
    this.channel.close();
    if (this.frame) cancelAnimationFrame(this.frame);
    for (const part of [...this.views, ...this.panels]) part.leave();
    this.root.remove();
  }
}

export default function course({ data, parentElement, setStateValue }) {
  const kept = (parentElement.course ??= new Course(parentElement));
  kept.receive(data, (edit) => setStateValue("edit", edit));
  return () => {
    kept.leave();
    parentElement.course = undefined;
  };
}
