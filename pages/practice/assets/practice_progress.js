// How a learner has done lately, by kind of exercise and by slip. Counted and kept in this browser
// alone: the server says what was answered, and learns nothing but which variant is wanted next.

import { filled, html, set } from "./dom.js";

const PLACE = "softmax-lab-practice";
const LATELY = 5; // results of each that count
const MOST_IDS = 60;
const EMPTY = { kinds: {}, slips: {}, ids: [] };

let unsaved = null; // where the browser keeps nothing

function isKept(found) {
  const lists = (group) => group && typeof group === "object" && Object.values(group).every((x) => Array.isArray(x) && x.every((y) => y === 0 || y === 1));
  return found && lists(found.kinds) && lists(found.slips) && Array.isArray(found.ids);
}

function read() {
  if (unsaved) return unsaved;
  try {
    const found = JSON.parse(localStorage.getItem(PLACE));
    if (isKept(found)) return found;
  } catch {
    // Blocked, or no JSON of ours.
  }
  return structuredClone(EMPTY);
}

function write(kept) {
  try {
    localStorage.setItem(PLACE, JSON.stringify(kept));
  } catch {
    unsaved = kept;
  }
}

function note(group, name, right) {
  group[name] = [...(group[name] ?? []), Number(right)].slice(-LATELY);
}

// Count what the server says was answered, each once.
function count(records) {
  const kept = read();
  const news = records.filter(({ id }) => !kept.ids.includes(id));
  if (!news.length) return kept;
  for (const { id, kind, right, slips } of news) {
    if (right !== null) note(kept.kinds, kind, right);
    for (const [slip, avoided] of Object.entries(slips)) note(kept.slips, slip, avoided);
    kept.ids = [...kept.ids, id].slice(-MOST_IDS);
  }
  write(kept);
  return kept;
}

// A slip comes back until it was avoided twice in a row.
const isWeak = (results) => results?.includes(0) && results.slice(-2).includes(0);

class Progress {
  constructor(parent) {
    this.heading = html("h2", {});
    this.note = html("p", { class: "progress-note" });
    this.body = html("div", { class: "progress-lists" });
    this.said = html("p", { role: "status" });
    this.erase = html("button", { type: "button" });
    this.erase.addEventListener("click", () => {
      this.erased = true;
      write({ ...structuredClone(EMPTY), ids: read().ids });
      this.show();
      this.heading.focus();
    });
    this.heading.tabIndex = -1;
    this.root = html("section", { class: "practice-progress" }, this.heading, this.note, this.body, this.erase, this.said);
    parent.append(this.root);
  }

  receive(data, want) {
    this.data = data;
    this.want = want;
    const before = read().ids.length && read().ids.at(-1);
    const kept = count(data.records);
    if (kept.ids.at(-1) !== before) this.erased = false;
    this.show();
  }

  show() {
    const { words, names, next, kind } = this.data;
    const kept = read();
    const groups = ["kinds", "slips"].map((group) => [group, Object.keys(names[group]).filter((name) => kept[group][name]?.length)]);
    const isEmpty = groups.every(([, found]) => !found.length);
    this.heading.textContent = words.title;
    this.note.textContent = isEmpty ? words.none : words.kept;
    this.body.replaceChildren(...groups.filter(([, found]) => found.length).map(([group, found]) => this.list(group, found, kept[group])));
    this.erase.textContent = words.erase;
    set(this.erase, "hidden", isEmpty ? "" : null);
    this.said.textContent = this.erased ? words.erased : "";
    const wanted = next.find(({ slips }) => slips.some((slip) => isWeak(kept.slips[slip]))) ?? next[0];
    const text = wanted ? JSON.stringify({ kind, after: this.data.variant, variant: wanted.variant }) : "";
    if (wanted && wanted !== next[0] && text !== this.asked) {
      this.asked = text;
      this.want(JSON.parse(text));
    }
  }

  list(group, found, results) {
    const { words, names } = this.data;
    const rows = found.map((name) => {
      const own = results[name];
      const marks = html("span", { class: "progress-marks", "aria-hidden": "true" }, own.map((right) => (right ? "●" : "○")).join(""));
      const right = own.filter(Boolean).length;
      const row = html("li", { "data-name": name, "data-right": right, "data-count": own.length });
      row.append(html("span", {}, names[group][name]), marks, html("span", {}, filled(words.lately, { right, count: own.length })));
      return row;
    });
    return html("div", {}, html("h3", {}, group === "kinds" ? words.of_kind : words.of_slip), html("ul", {}, ...rows));
  }
}

export default function practiceProgress({ data, parentElement, setStateValue }) {
  parentElement.progress ??= new Progress(parentElement);
  parentElement.progress.receive(data, (variant) => setStateValue("wanted", variant));
}
