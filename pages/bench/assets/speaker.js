// What a screen reader is told without being asked: the loss, once the numbers have come to rest,
// and what a button has done. Never during a drag.

import { html, setText } from "./dom.js";
import { fixed } from "./format.js";

const REST = 700; // ms without an edit

export class Speaker {
  constructor() {
    this.root = html("div", { class: "spoken", role: "status" });
    this.said = null; // the loss that was spoken, or shown at first
  }

  update(data, atRest) {
    clearTimeout(this.timer);
    const text = `${data.words.loss}: ${fixed(data.loss)}`;
    this.said ??= text;
    if (data.compact?.loss === false) return;
    this.timer = setTimeout(() => atRest && text !== this.said && this.say((this.said = text)), REST);
  }

  say(text) {
    this.hush();
    setText(this.root, text);
  }

  hush() {
    clearTimeout(this.timer);
  }
}
