// What is typed in a lane: the class's name, its logit as a number.

import { html, set } from "./dom.js";
import { plain } from "./format.js";

class Field {
  constructor({ index, bench, alert }, attributes, kind) {
    this.index = index;
    this.bench = bench;
    this.alert = alert;
    this.kind = kind;
    this.input = html("input", { autocomplete: "off", autocapitalize: "none", spellcheck: "false", ...attributes });
    this.cell = html("div", { class: `cell ${this.constructor.place}` }, this.input);
    this.input.addEventListener("change", () => this.commit());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.commit();
      if (event.key === "Escape") {
        this.input.value = this.input.dataset.shown;
        if (this.input.hasAttribute("aria-invalid")) this.commit();
      }
    });
  }

  // Enter and the browser's own "change" may both speak of one text: it is proposed once.
  commit() {
    const { value, dataset } = this.input;
    const refused = this.input.hasAttribute("aria-invalid");
    if (value === dataset.sent || (!refused && value === dataset.shown)) return;
    dataset.sent = value;
    this.bench.propose({ kind: this.kind, index: this.index, text: value });
  }

  // Show the state's text, unless the learner is typing or what they typed was refused.
  show(text, refusal) {
    const { input } = this;
    set(input, "aria-invalid", refusal ? "true" : null);
    set(input, "aria-describedby", refusal ? this.alert.id : null);
    const answered = input.value === input.dataset.sent && this.bench.channel.idle;
    if (this.bench.channel.idle) delete input.dataset.sent;
    if (refusal) return;
    if (input.getRootNode().activeElement === input && input.value !== input.dataset.shown && !answered) return;
    if (input.value !== text) input.value = text;
    input.dataset.shown = text;
  }
}

export class Name extends Field {
  static place = "c-name";

  constructor(lane) {
    super(lane, { class: "name", dir: "auto", maxlength: 500 }, "name");
  }

  update(data, words, say, name) {
    const text = data.names[this.index];
    this.show(text, data.refused[`name-${this.index}`]);
    set(this.input, "placeholder", text ? null : name);
    set(this.input, "aria-label", say("rename"));
    set(this.input, "title", name);
  }
}

export class LogitField extends Field {
  static place = "c-number";

  constructor(lane) {
    // The number keyboards of iOS have no minus sign: the one for text has.
    super(lane, { class: "number", inputmode: "text" }, "logit_text");
  }

  update(data, words, say) {
    const logit = Number(data.logit[this.index]);
    this.show(logit === -Infinity ? "-inf" : plain(logit), data.refused[`logit-${this.index}`]);
    set(this.input, "aria-label", say("logit_value"));
  }
}
