// Below a compact bench's lanes: the loss where the screen uses it, and undo, redo, one class more.

import { html, set, setRefusal } from "./dom.js";
import { MOST } from "./lanes.js";
import { LossBar } from "./loss_bar.js";

const SIGNS = { undo: "↶", redo: "↷", add: "+" };

export class SideAnswers {
  constructor(bench, loss) {
    this.bench = bench;
    this.loss = loss ? new LossBar(bench) : null;
    this.buttons = Object.entries(SIGNS).map(([kind, sign]) => {
      const node = html("button", { type: "button", "data-do": kind }, sign);
      node.addEventListener("click", () => bench.propose({ kind }));
      return node;
    });
    this.refusal = html("div", { class: "refusal", hidden: "" });
    const tools = html("div", { class: "tools" }, ...this.buttons);
    this.root = html("div", { class: "side" }, ...(loss ? [this.loss.root] : []), tools, this.refusal);
  }

  update(data, words) {
    this.loss?.update(data, words);
    const able = { undo: data.can_undo, redo: data.can_redo, add: data.logit.length < MOST };
    for (const node of this.buttons) {
      const { do: kind } = node.dataset;
      set(node, "aria-label", words[kind]);
      set(node, "title", words[kind]);
      const active = node.getRootNode().activeElement === node;
      set(node, "disabled", able[kind] ? null : "");
      // A disabled button loses the focus: it goes to the newest lane.
      if (active && !able[kind]) this.bench.find("logit", data.logit.length).focus();
    }
    setRefusal(this.refusal, data.refused.bench);
  }
}
