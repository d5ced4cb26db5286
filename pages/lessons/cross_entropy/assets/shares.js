// P and Q of a pair as bars: each share is dragged or stepped by key, the others of its side keep
// their proportions. Drawn ahead of the server; what follows from the two is the server's.

import { Channel } from "./channel.js";
import { html, set, setNumber, setText } from "./dom.js";
import { fixed } from "./format.js";
import { withShare } from "./mirror.js";
import { Returning } from "./returning.js";
import { draggable, keyed } from "./track.js";

const SIDES = { p: "target", q: "probability" };
const STEP = 0.01;
const whole = (share) => Math.round(share / STEP) / Math.round(1 / STEP);

class Shares {
  constructor(parent) {
    this.channel = new Channel(() => set(this.root, "data-busy", String(!this.channel.idle)));
    this.held = null; // what has the focus: it has it again where the bars come back
    this.rows = [];
    this.root = html("div", { class: "lab-shares", "data-source": "server" });
    this.root.addEventListener("focusin", ({ target }) => (this.held = target));
    parent.append(this.root);
  }

  leave() {
    this.channel.close();
    this.root.remove();
  }

  receive(data, send) {
    this.channel.send = send;
    this.latest = data;
    this.channel.acknowledge(data.sequence);
    while (this.rows.length > data.p.length) this.rows.pop().forEach((bar) => bar.remove());
    while (this.rows.length < data.p.length) {
      const row = Object.keys(SIDES).map((side) => this.bar(side, this.rows.length));
      this.rows.push(row);
      this.root.append(...row);
    }
    this.render();
  }

  bar(side, index) {
    const place = { "data-quantity": SIDES[side], "data-index": index + 1, "data-side": side };
    const bar = html("div", { role: "slider", tabindex: 0, class: "share-bar", "aria-valuemin": 0, "aria-valuemax": 1, ...place });
    bar.append(html("span", { class: "share-name" }), html("span", { class: "share-track" }), html("span", { class: "share-value" }));
    let start = null;
    draggable(bar, bar.children[1], {
      range: () => [0, 1],
      value: () => this.shares[side][index],
      // All of one drag starts from where the drag began.
      change: (value, gesture) => this.propose({ kind: side, index, value: whole(value), gesture, start }),
      dragging: (on) => (start = on ? this.shares[side] : null),
    });
    bar.addEventListener("keydown", (event) => {
      const next = keyed(event, this.shares[side][index], [0, 1], STEP);
      if (next === null) return;
      event.preventDefault();
      this.propose({ kind: side, index, value: next });
    });
    return bar;
  }

  propose(patch) {
    this.channel.propose(patch);
    this.shares = this.ahead(); // where the next key starts from
    this.frame ??= requestAnimationFrame(() => this.render());
  }

  ahead() {
    const shares = { p: this.latest.p, q: this.latest.q };
    for (const { kind, index, value, start } of this.channel.pending) {
      shares[kind] = withShare(start ?? shares[kind], index, value);
    }
    return shares;
  }

  render() {
    cancelAnimationFrame(this.frame);
    this.frame = null;
    this.shares = this.ahead();
    set(this.root, "data-source", this.channel.idle ? "server" : "mirror");
    for (const bar of this.rows.flat()) {
      const { side, index } = bar.dataset;
      const share = this.shares[side][index - 1];
      const [name, , value] = bar.children;
      bar.style.setProperty("--share", share);
      setNumber(bar, share);
      setText(name, this.latest.names[side][index - 1]);
      setText(value, fixed(share));
      set(bar, "aria-label", name.textContent);
      set(bar, "aria-valuenow", share);
      set(bar, "aria-valuetext", fixed(share));
    }
  }
}

const returning = new Returning();

// Called by Streamlit at mount and at each change of the data; what it returns, at unmount.
export default function shares({ data, parentElement, setStateValue }) {
  if (!(parentElement.shares instanceof Shares)) {
    parentElement.shares?.leave();
    parentElement.shares = returning.taken(parentElement, () => true) ?? new Shares(parentElement);
  }
  const own = parentElement.shares;
  returning.stays(own);
  own.receive(JSON.parse(data.json), (edit) => setStateValue("edit", edit));
  return () => returning.drop(own);
}
