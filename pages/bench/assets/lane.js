// One lane a class: its columns from left to right, and below them why an edit was refused.

import { filled, html, set, setRefusal, setText } from "./dom.js";

export class Lane {
  constructor(index, bench, columns) {
    this.index = index;
    this.bench = bench;
    this.alert = html("div", { class: "refusal", id: `refusal-${index + 1}`, hidden: "" });
    this.columns = columns.map((Column) => new Column(this));
    this.root = html("div", { class: "lane", role: "group" }, ...this.columns.map((column) => column.cell), this.alert);
  }

  // The numbers that are not edited, from left to right.
  get numbers() {
    return this.columns.flatMap((column) => column.number ?? []);
  }

  update(data, words) {
    const i = this.index;
    const name = data.names[i] || filled(words.class_name, { number: i + 1 });
    const say = (key) => filled(words[key], { name, number: i + 1 });
    set(this.root, "aria-label", name);
    set(this.root, "data-masked", Number(data.logit[i]) === -Infinity ? "" : null);
    for (const column of this.columns) column.update(data, words, say, name);
    const refusal = data.refused[`logit-${i}`] ?? data.refused[`name-${i}`] ?? data.refused[`share-${i}`];
    setRefusal(this.alert, refusal, data.readings[`logit-${i}`], (text) => this.bench.propose({ kind: "logit_text", index: i, text }));
  }
}

// A button that takes the class away, where more than two are left.
export class Remove {
  static place = "c-remove";

  constructor({ index, bench }) {
    this.index = index;
    this.bench = bench;
    this.button = html("button", { type: "button", class: "remove" }, "×");
    this.cell = html("div", { class: "cell c-remove" }, this.button);
    this.button.addEventListener("click", () => bench.propose({ kind: "remove", index }));
  }

  update(data, words, say) {
    const able = data.logit.length > 2;
    // A disabled button loses the focus: it stays in the lane.
    if (!able && this.button.getRootNode().activeElement === this.button) this.bench.find("logit", this.index + 1).focus();
    set(this.button, "aria-label", say("remove"));
    set(this.button, "title", say("remove"));
    set(this.button, "disabled", able ? null : "");
  }
}

// The class's name where it is read only.
export class Label {
  static place = "c-name";

  constructor({ index }) {
    this.index = index;
    this.cell = html("div", { class: "cell c-name label", dir: "auto" });
  }

  update(data, words, say, name) {
    setText(this.cell, name);
    set(this.cell, "title", name);
  }
}
