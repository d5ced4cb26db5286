// The keys below the field of an answer: the signs that a keyboard does not have, one tap each.
// Enter in the field checks the answer. What is said of it comes into sight, below the keys on a phone;
// where it could not be read the caret goes to that place.

import { afterChanges } from "./changes.js";
import { html, set } from "./dom.js";

const FIELD = ".st-key-answer input";
const CHECK = ".st-key-check button";
const VERDICT = ".st-key-verdict";

const field = () => document.querySelector(FIELD);
// React notices a value only where it is set past its own setter.
const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;

// Type a text at the caret; its | is where the caret comes to stand, with what was selected there.
function type(text) {
  const input = field();
  if (!input) return;
  const { selectionStart, selectionEnd, value } = input;
  const [before, after = ""] = text.split("|");
  const selected = text.includes("|") ? value.slice(selectionStart, selectionEnd) : "";
  setValue.call(input, value.slice(0, selectionStart) + before + selected + after + value.slice(selectionEnd));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const caret = selectionStart + before.length + selected.length;
  input.focus();
  input.setSelectionRange(caret, caret);
}

class AnswerKeys {
  constructor(parent) {
    this.row = html("div", { class: "answer-keys", role: "group" });
    parent.append(this.row);
    // A key leaves the focus, and with it the caret, in the field; a phone's keyboard stays open.
    this.row.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  receive({ title, keys, label, finding, fault, judged }) {
    document.title = title;
    set(this.row, "aria-label", label);
    set(this.row, "hidden", keys.length ? null : "");
    const shown = JSON.stringify(keys);
    if (shown !== this.shown) {
      this.shown = shown;
      this.row.replaceChildren(...keys.map(([sign, text, name]) => {
        const key = html("button", { type: "button", "aria-label": name }, sign);
        key.addEventListener("click", () => type(text));
        return key;
      }));
    }
    this.finding = finding;
    this.mark();
    const isNew = this.judged !== undefined && judged !== this.judged;
    this.isUnseen = isNew && fault === null;
    if (isNew && fault !== null) this.placeCaret(fault);
    this.judged = judged;
  }

  // Streamlit's container, which stays, is the status that the verdict is said in.
  mark() {
    const verdict = document.querySelector(VERDICT);
    if (!verdict) return;
    set(verdict, "role", "status");
    set(verdict, "aria-live", "polite");
    set(verdict, "data-verdict", this.finding || null);
    if (this.isUnseen && verdict.innerText.trim()) {
      this.isUnseen = false;
      verdict.scrollIntoView({ block: "nearest" });
    }
  }

  placeCaret(fault) {
    const input = field();
    input?.focus();
    // Places are counted in code points, a field's in units of UTF-16.
    const at = [...(input?.value ?? "")].slice(0, fault).join("").length;
    input?.setSelectionRange(at, at);
  }
}

addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches?.(FIELD)) return;
  // Streamlit sends the text first.
  requestAnimationFrame(() => document.querySelector(CHECK)?.click());
});

let current = null;
afterChanges(() => current?.mark());

export default function answerKeys({ data, parentElement }) {
  parentElement.answerKeys ??= new AnswerKeys(parentElement);
  current = parentElement.answerKeys;
  current.receive(data);
}
