// The field that opens at a number of the drawing: to type it, or to step it by a finger.

import { html, set, setRefusal } from "./dom.js";
import { plain } from "./format.js";

// As it is drawn: before its number, or above it in a node.
const symbolOf = (grip) => grip.querySelector("[data-quantity]").dataset.before || `${grip.querySelector("text").textContent} =`;

export class TypedNumber {
  constructor(layer) {
    this.layer = layer;
    this.grip = null; // the number that is typed
    this.asked = false; // whether the server has been asked to read what stands here
    this.input = html("input", { type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false" });
    const [less, more] = Object.entries({ less: -1, more: 1 }).map(([name, by]) => {
      const button = html("button", { type: "button", "data-step": name }, by < 0 ? "−" : "+");
      button.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays
      button.addEventListener("click", () => this.step(by));
      return button;
    });
    this.symbol = html("span", { class: "symbol", "aria-hidden": "true" });
    this.refusal = html("div", { class: "refusal", hidden: "" });
    this.root = html("div", { class: "typed-number", hidden: "" }, this.symbol, less, this.input, more, this.refusal);
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusout", ({ relatedTarget }) => this.left(relatedTarget));
  }

  get isOpen() {
    return this.grip !== null;
  }

  // By touch the keyboard comes up only once the field itself is tapped.
  open(grip, { keyboard }) {
    if (this.isOpen) this.commit();
    this.grip = grip;
    this.asked = false;
    setRefusal(this.refusal, null);
    set(this.input, "aria-invalid", null);
    set(this.root, "hidden", null);
    this.show();
    this.stand();
    if (keyboard) {
      this.input.focus({ preventScroll: true });
      this.input.select();
    }
  }

  close() {
    if (!this.isOpen) return;
    const { grip } = this;
    const focused = this.root.contains(document.activeElement);
    this.grip = null;
    set(this.root, "hidden", "");
    if (focused) grip.focus({ preventScroll: true });
  }

  // Over the number, within the drawing.
  stand() {
    const around = this.layer.root.getBoundingClientRect();
    const { left, top, width, height } = this.grip.getBoundingClientRect();
    const own = this.root.getBoundingClientRect();
    const x = left + width / 2 - around.left - own.width / 2;
    this.root.style.left = `${Math.max(0, Math.min(around.width - own.width, x))}px`;
    this.root.style.top = `${top + height / 2 - around.top - own.height / 2}px`;
  }

  show() {
    const { words } = this.layer.latest;
    this.symbol.textContent = symbolOf(this.grip);
    this.shown = plain(this.layer.valueOf(this.grip));
    this.input.value = this.shown;
    set(this.input, "aria-label", words.typed.replace("{name}", this.grip.getAttribute("aria-label")));
    for (const button of this.root.querySelectorAll("[data-step]")) {
      set(button, "aria-label", words[button.dataset.step]);
    }
  }

  step(by) {
    this.layer.step(this.grip, by);
    this.show();
  }

  key(event) {
    event.stopPropagation(); // no key of the drawing's
    if (event.key === "Escape") this.close();
    if (event.key === "Enter" && !this.commit()) this.close();
  }

  // Have the server read what was typed, if it is news; whether it was asked.
  commit() {
    if (!this.isOpen || this.input.value === this.shown) return false;
    this.shown = this.input.value;
    this.asked = true;
    const { edit: kind, place: index } = this.grip.dataset;
    this.layer.propose({ kind, index, text: this.input.value });
    return true;
  }

  left(to) {
    if (!this.isOpen || this.root.contains(to) || this.commit()) return;
    if (!this.asked || this.input.hasAttribute("aria-invalid")) this.close();
  }

  // The server has answered: what it did not take stays, with the reason.
  answer({ refused, readings }) {
    if (!this.isOpen) return;
    if (!this.asked) {
      if (this.input.value === this.shown) this.show();
      return;
    }
    if (!refused) return this.close();
    set(this.input, "aria-invalid", "true");
    setRefusal(this.refusal, refused, readings, (reading) => {
      this.input.value = reading;
      this.commit();
    });
  }
}
