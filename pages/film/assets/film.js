// A film: the server has said what its picture shows at every stop of a slider, and the browser
// shows the stop that the hand is at. On release, or once the keys rest, the stop goes to the server.

import { Channel } from "./channel.js";
import { html, ownRoot, set, setText } from "./dom.js";
import { Panel } from "./film_panel.js";
import { Legend } from "./film_legend.js";
import { nearest } from "./nearest.js";
import { FILM_STYLE } from "./style.js"; // made by the server from film.css

const REST = 250; // ms after the last key

class Film {
  constructor(parent, name) {
    this.of = name;
    this.held = false;
    this.timer = null;
    this.told = null; // the place of the stop that the server was told of last, or has itself
    this.channel = new Channel(() => {});
    this.label = html("label", { for: "stop" });
    this.slider = html("input", { type: "range", id: "stop", min: 0, step: 1 });
    this.shown = html("span", { class: "shown" });
    this.pictures = html("div", { class: "panels", role: "img" });
    this.says = html("p", { class: "says" });
    this.legend = new Legend();
    const row = html("div", { class: "row" }, this.stepped(-1, "−"), this.slider, this.stepped(1, "+"), this.shown);
    this.root = html("section", { class: "film", "data-film": "" }, this.label, row, this.pictures, this.legend.root, this.says);
    parent.append(this.root);
    this.observer = new ResizeObserver(() => this.layOut());
    this.listen();
  }

  // A button does what an arrow key does: whoever has keys has those of the slider.
  stepped(by, sign) {
    const button = html("button", { type: "button", tabindex: -1, "aria-hidden": "true" }, sign);
    button.addEventListener("click", () => {
      this.go(this.at + by);
      this.tellLater();
    });
    return button;
  }

  listen() {
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.slider.addEventListener("change", () => this.tellLater());
    this.slider.addEventListener("pointerdown", () => this.hold());
    // Where the slider's number is the axis, the picture itself can be taken hold of.
    this.pictures.addEventListener("pointerdown", (event) => {
      const panel = this.panels.find(({ root, data }) => data.x.slides && root.contains(event.target));
      if (!panel || event.button !== 0) return;
      const place = this.panels.indexOf(panel);
      const move = ({ clientX }) => this.go(this.panels[place].stopAt(clientX));
      this.pictures.setPointerCapture(event.pointerId);
      this.pictures.addEventListener("pointermove", move);
      this.hold(() => this.pictures.removeEventListener("pointermove", move));
      this.slider.focus({ preventScroll: true });
      move(event);
    });
  }

  // Until the pointer is let go, wherever that is. A finger that scrolls the page has moved nothing.
  hold(then = () => {}) {
    const before = this.at;
    this.held = true;
    set(this.root, "data-dragging", "");
    const release = ({ type }) => {
      for (const end of ["pointerup", "pointercancel"]) removeEventListener(end, release, true);
      this.held = false;
      set(this.root, "data-dragging", null);
      then();
      if (type === "pointercancel") this.go(before);
      this.tell();
    };
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, release, true);
  }

  receive(json, send) {
    this.channel.send = send;
    this.observer.observe(this.pictures);
    if (json === this.json) return;
    const before = this.data;
    const data = JSON.parse(json);
    this.channel.acknowledge(data.sequence);
    // The hand may be further than what the server has answered.
    const ahead = before && (this.held || this.timer !== null || !this.channel.idle);
    this.at = ahead ? nearest(data.stops, before.stops[this.at]) : data.at;
    if (!ahead) this.told = data.at;
    Object.assign(this, { json, data });
    setText(this.label, data.label);
    set(this.slider, "max", data.stops.length - 1);
    set(this.root, "lang", data.lang);
    set(this.pictures, "aria-label", data.alt);
    const [columns, onPhones] = data.columns;
    set(this.pictures, "style", `--columns: ${columns}; --columns-on-phones: ${onPhones}`);
    this.panels = data.panels.map((panel) => new Panel(panel, data.stops));
    this.pictures.replaceChildren(...this.panels.map(({ root }) => root));
    this.legend.build(data.panels);
    this.layOut();
  }

  layOut() {
    if (this.pictures.clientWidth === 0) return;
    for (const panel of this.panels) panel.layOut();
    this.show();
  }

  go(at) {
    const stop = Math.min(this.data.stops.length - 1, Math.max(0, at));
    if (stop === this.at) return;
    this.at = stop;
    this.show();
  }

  show() {
    const { stops, shown, says } = this.data;
    if (Number(this.slider.value) !== this.at) this.slider.value = this.at;
    set(this.root, "data-stop", stops[this.at]);
    set(this.slider, "aria-valuetext", `${shown[this.at]}. ${says[this.at]}`);
    setText(this.shown, shown[this.at]);
    setText(this.says, says[this.at]);
    for (const panel of this.panels) panel.show(this.at);
    this.legend.show(this.at);
  }

  // Keys come one after the other: the last one counts.
  tellLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), REST);
  }

  tell() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.held || this.at === this.told) return;
    this.told = this.at;
    this.channel.propose({ kind: "stop", value: this.data.stops[this.at] });
  }

  leave() {
    this.channel.close();
    this.observer.disconnect();
  }
}

const style = new CSSStyleSheet();
style.replaceSync(FILM_STYLE);

export default function film({ data, parentElement, setStateValue }) {
  if (parentElement.film?.of !== data.name) {
    parentElement.film?.root.remove();
    parentElement.film = new Film(ownRoot(parentElement, style), data.name);
  }
  const own = parentElement.film;
  own.receive(data.json, (edit) => setStateValue("edit", edit));
  return () => own.leave();
}
