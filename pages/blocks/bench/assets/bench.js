// The bench: an instrument read from left to right, one lane a class, with the Jacobian beside it.
// Built once, updated in place: focus survives every answer of the server.

import { keepAddress, writeAddress } from "./address.js";
import { Channel } from "./channel.js";
import { html, set, setNumber, setRefusal, setText } from "./dom.js";
import { explain, explained } from "./explain.js";
import { fixed, significant } from "./format.js";
import { Jacobian } from "./jacobian.js";
import { Lane } from "./lanes.js";

const COLUMNS = [
  ["c-name", null, null],
  ["c-track", "logit", "z"],
  ["c-number", null, null],
  ["c-exp", "exponential", "eᶻ"],
  ["c-prob", "probability", "a"],
  ["c-target", "target", "y"],
  ["c-slope", "gradient_probability", "∂L/∂a"],
  ["c-grad", "gradient", "∂L/∂z"],
  ["c-remove", null, null],
];

const SUMS = [["c-exp", "Σeᶻ"], ["c-prob", "Σa"], ["c-target", "Σy"], ["c-grad", "Σ∂L/∂z"]];

// The ends of the logit tracks: -10 and 10, wider when a logit lies outside.
function logitRange(logits) {
  const finite = logits.map(Number).filter(Number.isFinite);
  return [Math.min(-10, ...finite), Math.max(10, ...finite)];
}

class Bench {
  constructor(root) {
    this.lanes = [];
    this.dragging = false;
    this.pointed = null;
    this.channel = new Channel(() => this.showBusy());
    this.jacobian = new Jacobian();
    this.build(root);
  }

  build(root) {
    this.buttons = {};
    for (const kind of ["undo", "redo", "reset", "add", "copy"]) {
      const node = html("button", { type: "button", "data-do": kind });
      node.addEventListener("click", () => (kind === "copy" ? this.copyLink() : this.propose({ kind })));
      this.buttons[kind] = node;
    }
    this.kinds = ["hard", "soft"].map((kind) => {
      const node = html("button", { type: "button", role: "radio", "data-kind": kind });
      node.addEventListener("click", () => this.propose({ kind }));
      return node;
    });
    this.kindLabel = html("span", { class: "kind-label" });
    this.targetText = html("input", { class: "target-text", autocomplete: "off", spellcheck: "false" });
    this.targetText.addEventListener("change", () => this.propose({ kind: "target_text", text: this.targetText.value }));
    this.targetAlert = html("div", { class: "refusal", hidden: "" });
    const { undo, redo, reset, copy, add } = this.buttons;
    this.kindGroup = html("div", { class: "kinds", role: "radiogroup" }, ...this.kinds);
    this.linkText = html("input", { class: "link", readonly: "", hidden: "" });
    this.status = html("span", { class: "status", role: "status" });
    const bar = html(
      "div",
      { class: "toolbar" },
      html("div", { class: "tools" }, undo, redo, reset, copy, this.status, this.linkText),
      html("div", { class: "tools" }, this.kindLabel, this.kindGroup, this.targetText, this.targetAlert),
    );
    this.heads = COLUMNS.map(([column]) => html("div", { class: `cell ${column}` }, html("span", { class: "head-name" }), html("span", { class: "head-symbol" })));
    this.laneBox = html("div", { class: "lane-box" });
    this.sums = {};
    for (const key of ["sum_exponential", "sum_probability", "sum_target", "sum_gradient"]) this.sums[key] = html("span", { class: "value", "data-quantity": key, tabindex: -1 });
    this.sumName = html("span");
    this.foot = html(
      "div",
      { class: "lane foot" },
      html("div", { class: "cell c-name" }, add),
      html("div", { class: "cell c-track" }),
      html("div", { class: "cell c-number" }, this.sumName),
      html("div", { class: "cell c-exp" }, this.sums.sum_exponential),
      html("div", { class: "cell c-prob" }, this.sums.sum_probability),
      html("div", { class: "cell c-target" }, this.sums.sum_target),
      html("div", { class: "cell c-slope" }),
      html("div", { class: "cell c-grad" }, this.sums.sum_gradient),
      html("div", { class: "cell c-remove" }),
    );
    const lanes = html("div", { class: "lanes" }, html("div", { class: "lane heads", "aria-hidden": "true" }, ...this.heads), this.laneBox, this.foot);
    this.results = ["loss", "entropy", "kl"].map((key) => {
      const label = html("span", { class: "result-label" });
      const value = html("span", { class: "value", "data-quantity": key, tabindex: 0 });
      return { key, label, value, node: html("div", { class: `result q-${key}` }, label, value) };
    });
    this.check = html("div", { class: "check", role: "status" });
    this.formula = html("div", { class: "formula" });
    this.hint = html("div", { class: "hint" });
    const answers = html(
      "div",
      { class: "answers" },
      html("div", { class: "results" }, ...this.results.map((result) => result.node), this.check),
      html("div", { class: "explain" }, this.formula, this.hint),
    );
    this.root = html(
      "section",
      { class: "bench", "data-bench": "", "data-source": "server" },
      bar,
      html("div", { class: "stage" }, lanes, this.jacobian.root, answers),
    );
    root.append(this.root);
    this.listen();
  }

  listen() {
    const find = (event) => event.composedPath().find((node) => node instanceof Element && node.hasAttribute("data-quantity"));
    const point = (event) => {
      const cell = find(event);
      if (cell && !this.dragging) this.point(cell);
    };
    this.root.addEventListener("pointerover", point);
    this.root.addEventListener("focusin", point);
    this.root.addEventListener("pointerleave", () => this.point(null));
    this.root.addEventListener("focusout", (event) => {
      if (!this.root.contains(event.relatedTarget)) this.point(null);
    });
    this.root.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const typing = event.target instanceof HTMLInputElement;
    const letter = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !typing && (letter === "z" || letter === "y")) {
      event.preventDefault();
      this.propose({ kind: letter === "y" || event.shiftKey ? "redo" : "undo" });
    } else if (!typing && event.key.startsWith("Arrow")) this.walk(event);
  }

  // Arrow keys walk from number to number: the grid is one stop for Tab.
  walk(event) {
    const cell = event.target;
    if (!cell.matches(".value[data-quantity]") || cell.getAttribute("role")) return;
    const rows = cell.hasAttribute("data-row")
      ? [...this.jacobian.body.rows].map((tr) => [...tr.querySelectorAll(".value")])
      : this.lanes.map((lane) => [lane.exponential, lane.probability, lane.slope, lane.gradient]);
    const r = rows.findIndex((cells) => cells.includes(cell));
    if (r < 0) return;
    const c = rows[r].indexOf(cell);
    const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const next = rows[r + down]?.[c + right];
    event.preventDefault();
    next?.focus();
  }

  receive(data, send) {
    this.channel.send = send;
    this.latest = data;
    this.channel.acknowledge(data.ack);
    // What the learner is still changing is not overwritten by an answer to an older edit.
    if (this.channel.idle || !this.data || !this.dragging) this.render();
  }

  propose(patch) {
    this.channel.propose(patch);
  }

  drag(on) {
    this.dragging = on;
    set(this.root, "data-dragging", on ? "" : null);
    if (!on) this.render();
  }

  showBusy() {
    set(this.root, "data-busy", String(!this.channel.idle));
  }

  render() {
    const data = this.latest;
    const { words } = data;
    this.data = data;
    if (!this.dragging) this.range = logitRange(data.logit);
    const gradients = data.gradient.map((g) => Math.abs(Number(g)));
    this.gradientScale = Math.max(1, ...gradients);
    while (this.lanes.length < data.logit.length) {
      const lane = new Lane(this.lanes.length, this);
      this.lanes.push(lane);
      this.laneBox.append(lane.root);
    }
    while (this.lanes.length > data.logit.length) this.lanes.pop().root.remove();
    for (const lane of this.lanes) {
      const held = lane.proposed;
      lane.update(data, words);
      if (held !== null && held !== undefined && !this.channel.idle) {
        lane.proposed = held;
        lane.place(held);
      }
    }
    this.jacobian.update(data, words);
    this.renderWords(data, words);
    this.renderResults(data, words);
    this.rove();
    this.point(this.pointed);
    keepAddress(data.page, data.query);
  }

  renderWords(data, words) {
    set(this.root, "aria-label", words.aria);
    set(this.root, "lang", data.lang);
    COLUMNS.forEach(([column, key, symbol], k) => {
      if (key === null) return;
      const shown = key === "exponential" && data.temperature !== 1 ? "e^(z/T)" : symbol;
      setText(this.heads[k].firstChild, words[key]);
      setText(this.heads[k].lastChild, shown);
      // On a phone there is no head row: each number has its symbol beside it.
      if (key !== "logit") for (const lane of this.lanes) set(lane.root.querySelector(`.${column}`), "data-label", shown);
    });
    for (const [column, symbol] of SUMS) set(this.foot.querySelector(`.${column}`), "data-label", symbol);
    for (const [kind, node] of Object.entries(this.buttons)) setText(node, words[kind]);
    set(this.buttons.undo, "disabled", data.can_undo ? null : "");
    set(this.buttons.redo, "disabled", data.can_redo ? null : "");
    set(this.buttons.add, "disabled", data.logit.length >= 10 ? "" : null);
    set(this.root, "data-soft", data.soft ? "" : null);
    setText(this.kindLabel, words.target_kind);
    set(this.kindGroup, "aria-label", words.target_kind);
    for (const node of this.kinds) {
      const kind = node.dataset.kind;
      setText(node, words[`target_${kind}`]);
      set(node, "aria-checked", String((kind === "soft") === data.soft));
    }
    set(this.targetText, "hidden", data.soft ? null : "");
    set(this.targetText, "aria-label", words.target_text);
    set(this.targetText, "title", words.target_text);
    const refusal = data.refused.target;
    if (!refusal && this.targetText.getRootNode().activeElement !== this.targetText) this.targetText.value = data.target_text;
    set(this.targetText, "aria-invalid", refusal ? "true" : null);
    setRefusal(this.targetAlert, refusal);
  }

  renderResults(data, words) {
    setText(this.sumName, words.sum);
    setNumber(this.sums.sum_exponential, data.sum_exponential, significant(data.sum_exponential));
    setNumber(this.sums.sum_probability, data.sum_probability, String(Number(Number(data.sum_probability).toFixed(12))));
    setNumber(this.sums.sum_target, data.sum_target, String(Number(Number(data.sum_target).toFixed(9))));
    // Exactly 0 but for what rounding leaves, which data-value has in full.
    const rest = Math.abs(Number(data.sum_gradient)) < 1e-12 * this.gradientScale;
    setNumber(this.sums.sum_gradient, data.sum_gradient, rest ? "0" : fixed(data.sum_gradient));
    for (const { key, label, value } of this.results) {
      setText(label, words[key]);
      setNumber(value, data[key], fixed(data[key]));
    }
    const { verdict } = data.check;
    const amount = (x) => (x === undefined ? "" : significant(x));
    setText(this.check, words[`check_${verdict}`].replace("{residual}", amount(data.check.residual)).replace("{step}", amount(data.check.step)));
    set(this.check, "data-verdict", verdict);
    set(this.check, "data-residual", data.check.residual);
  }

  // One tab stop for the lanes' numbers and one for the Jacobian's: the pointed one, or the first.
  rove() {
    const first = (cells) => cells.find((cell) => cell === this.pointed) ?? cells[0];
    for (const cells of [this.lanes.flatMap((lane) => [lane.exponential, lane.probability, lane.slope, lane.gradient]), [...this.jacobian.body.querySelectorAll(".value")]]) {
      const stop = first(cells);
      for (const cell of cells) set(cell, "tabindex", cell === stop ? 0 : -1);
    }
  }

  // Light up what a number is made of and write its formula; with none pointed at, the loss's.
  point(cell) {
    this.pointed = cell?.isConnected ? cell : null;
    const { data } = this;
    if (!data) return;
    const quantity = this.pointed?.getAttribute("data-quantity");
    const shown = explained(quantity) ? quantity : "loss";
    const [i, j] = shown === "jacobian" ? ["data-row", "data-col"].map((name) => Number(this.pointed.getAttribute(name))) : [Number(this.pointed?.getAttribute("data-index")), null];
    const { lines, note, uses } = explain(data, shown, i, j);
    const lit = new Set(this.pointed ? uses.map((use) => this.find(...use)) : []);
    for (const node of this.root.querySelectorAll(".lit")) if (!lit.has(node)) node.classList.remove("lit");
    for (const node of lit) node?.classList.add("lit");
    for (const node of this.root.querySelectorAll(".pointed")) node.classList.remove("pointed");
    this.pointed?.classList.add("pointed");
    set(this.formula, "data-explains", shown);
    this.formula.replaceChildren(
      ...lines.map(({ label, node }) => html("div", { class: "line" }, ...(label ? [html("span", { class: "line-label" }, data.words[label])] : []), node)),
    );
    setText(this.hint, note ? data.words[note] : this.pointed ? "" : data.words.point);
  }

  find(quantity, i, j) {
    const place = j === undefined ? `[data-index="${i}"]` : `[data-row="${i}"][data-col="${j}"]`;
    return this.root.querySelector(`[data-quantity="${quantity}"]${place}`);
  }

  async copyLink() {
    const { words, page, query } = this.latest;
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
    set(this.linkText, "hidden", copied ? "" : null);
    this.linkText.value = location.href;
    if (!copied) this.linkText.select();
  }
}

const style = new CSSStyleSheet();
style.replaceSync(await (await fetch(new URL("bench.css", import.meta.url))).text());

const benches = new WeakMap();

// Called by Streamlit at mount and at each change of the data.
export default function bench({ data, parentElement, setStateValue }) {
  if (!benches.has(parentElement)) {
    parentElement.adoptedStyleSheets = [...(parentElement.adoptedStyleSheets ?? []), style];
    benches.set(parentElement, new Bench(parentElement));
  }
  benches.get(parentElement).receive(JSON.parse(data.json), (edit) => setStateValue("edit", edit));
}
