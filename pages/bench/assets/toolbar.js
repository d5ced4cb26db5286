// Above the lanes: undo, redo, reset, copy link, and the kind of target.

import { keepAddress, writeAddress } from "./address.js";
import { html, set, setRefusal, setText } from "./dom.js";

export class Toolbar {
  constructor(bench) {
    this.bench = bench;
    this.buttons = {};
    for (const kind of ["undo", "redo", "reset", "copy"]) {
      const node = html("button", { type: "button", "data-do": kind });
      node.addEventListener("click", () => (kind === "copy" ? this.copyLink() : bench.propose({ kind })));
      this.buttons[kind] = node;
    }
    this.status = html("span", { class: "status" });
    this.link = html("input", { class: "link", readonly: "", hidden: "" });
    this.kinds = ["hard", "soft"].map((kind) => {
      const node = html("button", { type: "button", role: "radio", "data-kind": kind });
      node.addEventListener("click", () => bench.propose({ kind }));
      node.addEventListener("keydown", (event) => this.kindKey(event));
      return node;
    });
    this.kindLabel = html("span", { class: "kind-label" });
    this.kindGroup = html("div", { class: "kinds", role: "radiogroup" }, ...this.kinds);
    this.target = html("input", { class: "target-text", autocomplete: "off", autocapitalize: "none", spellcheck: "false" });
    this.target.addEventListener("change", () => bench.propose({ kind: "target_text", text: this.target.value }));
    this.refusal = html("div", { class: "refusal", id: "refusal-target", hidden: "" });
    this.root = html(
      "div",
      { class: "toolbar" },
      html("div", { class: "tools" }, ...Object.values(this.buttons), this.status, this.link),
      html("div", { class: "tools" }, this.kindLabel, this.kindGroup, this.target, this.refusal),
    );
  }

  // The arrow keys of a group of radios: of two, each leads to the other.
  kindKey(event) {
    if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
    const other = this.kinds.find((node) => node !== event.target);
    other.focus();
    this.bench.propose({ kind: other.dataset.kind });
  }

  update(data, words) {
    for (const [kind, node] of Object.entries(this.buttons)) setText(node, words[kind]);
    for (const kind of ["undo", "redo"]) {
      const able = data[`can_${kind}`];
      const active = this.root.getRootNode().activeElement === this.buttons[kind];
      set(this.buttons[kind], "disabled", able ? null : "");
      // A disabled button loses the focus: it stays in the toolbar.
      if (active && !able) this.buttons.reset.focus();
    }
    setText(this.kindLabel, words.target_kind);
    set(this.kindGroup, "aria-label", words.target_kind);
    for (const node of this.kinds) {
      setText(node, words[`target_${node.dataset.kind}`]);
      const chosen = (node.dataset.kind === "soft") === data.soft;
      set(node, "aria-checked", String(chosen));
      set(node, "tabindex", chosen ? null : -1);
    }
    set(this.target, "hidden", data.soft ? null : "");
    set(this.target, "aria-label", words.target_text);
    set(this.target, "title", words.target_text);
    const refusal = data.refused.target;
    const typing = this.target.getRootNode().activeElement === this.target;
    if (!refusal && !typing) this.target.value = data.target_text;
    set(this.target, "aria-invalid", refusal ? "true" : null);
    set(this.target, "aria-describedby", refusal ? this.refusal.id : null);
    setRefusal(this.refusal, refusal ?? data.refused.bench, data.readings.target, (text) => this.bench.propose({ kind: "target_text", text }));
  }

  async copyLink() {
    const { words, page, query } = this.bench.latest;
    keepAddress(page, query);
    writeAddress();
    let copied = false;
    try {
      await navigator.clipboard.writeText(location.href);
      copied = true;
    } catch {
      // No clipboard without HTTPS or permission: show the link, selected, to be copied by hand.
    }
    setText(this.status, copied ? words.copied : words.copy_by_hand);
    this.bench.speaker.say(this.status.textContent);
    set(this.link, "hidden", copied ? "" : null);
    set(this.link, "aria-label", words.copy_by_hand);
    this.link.value = location.href;
    if (!copied) this.link.select();
  }
}
