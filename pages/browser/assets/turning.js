// The way through a lesson: back, on, the list of its screens below its name in the sidebar.
// The list stands in Streamlit's own navigation, which has no place for it.

import { keepAddress } from "./address.js";
import { afterChanges } from "./changes.js";
import { filled, html, set, setText } from "./dom.js";
import "./tables.js";

const CONTROLS = "input, textarea, select, button, a, summary, [role=slider], [role=radio], [role=tab], [contenteditable=true]";
const PREFIX = "st-key-screen-";
const NAVIGATION = "[data-testid=stSidebarNav]";

let current = null; // the row that stands on the page

// Streamlit builds its navigation anew in another language, or where the sidebar opens, without the
// list; the screens may have come long before.
afterChanges(() => current?.keepList());

class Turning {
  constructor(parent) {
    this.back = html("button", { type: "button", class: "turning-back" });
    this.place = html("span", { class: "turning-place" });
    this.next = html("button", { type: "button", class: "turning-next" });
    this.all = html("button", { type: "button", class: "turning-whole" });
    this.back.addEventListener("click", () => this.step(-1));
    this.next.addEventListener("click", () => this.step(1));
    this.all.addEventListener("click", () => this.turn(this.data.whole ? this.data.screens[this.data.at].name : "whole"));
    this.row = html("nav", { class: "turning" }, this.back, this.place, this.next, this.all);
    this.foot = html("p", { class: "handout-foot" });
    this.list = html("ol", { class: "screens-list" });
    this.observer = new MutationObserver(() => this.mark());
    this.onPaper = matchMedia("print");
    this.fillFoot = () => {
      const { words, query } = this.data;
      if (this.onPaper.matches) setText(this.foot, `${words.numbers} ${location.origin}${location.pathname}?${query}`);
    };
    this.onPaper.addEventListener("change", this.fillFoot);
    parent.append(this.row, this.foot);
  }

  receive(data, send) {
    const before = this.data && `${this.data.lesson}/${this.data.at}/${this.data.whole}`;
    this.data = data;
    this.send = send;
    const { words, at, whole } = data;
    setText(this.back, `‹ ${words.back}`);
    set(this.back, "disabled", whole || at === 0);
    set(this.next, "disabled", whole);
    for (const part of [this.back, this.place, this.next]) set(part, "hidden", whole ? "" : null);
    this.namePlace(at);
    setText(this.all, whole ? words.screens : words.whole);
    set(this.row, "aria-label", words.aria);
    document.title = data.page_title;
    keepAddress(data.lesson, data.query);
    this.fillFoot();
    this.fillList();
    this.mark();
    this.observer.disconnect();
    this.observer.observe(document.querySelector(".st-key-screens") ?? document.body, { childList: true, subtree: true });
    if (before && before !== `${data.lesson}/${at}/${whole}`) this.arrive();
  }

  // Said as soon as the learner turns: the screen then comes in one frame, with nothing to follow.
  namePlace(at) {
    const { words, screens, after } = this.data;
    this.at = at;
    setText(this.place, filled(words.place, { at: at + 1, of: screens.length }));
    setText(this.next, `${at + 1 < screens.length ? words.next : after} ›`);
  }

  // The contents of the lesson, each screen a link that turns to it.
  fillList() {
    const { screens, at, whole, words } = this.data;
    set(this.list, "aria-label", words.contents);
    const entries = screens.map(({ name, title, seen }, k) => {
      const link = html("a", { href: `?screen=${name}`, "data-to": name, "aria-current": k === at && !whole ? "step" : null }, title);
      if (seen) link.append(html("span", { class: "seen", role: "img", "aria-label": words.seen }, "✓"));
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        closeMenu();
        this.turn(name);
      });
      return html("li", {}, link);
    });
    this.list.replaceChildren(...entries);
    this.placeList();
  }

  placeList() {
    const links = [...document.querySelectorAll(`${NAVIGATION} a`)];
    const own = links.find((link) => new URL(link.href).pathname.split("/").at(-1) === this.data.lesson);
    const item = own?.closest("li, [data-testid=stSidebarNavLinkContainer]");
    if (item && this.list.parentElement !== item.parentElement) item.after(this.list);
    else if (item && this.list.previousElementSibling !== item) item.after(this.list);
  }

  // Streamlit's containers carry their key as a class; tests and styles go by the screen's name.
  mark() {
    for (const node of document.querySelectorAll(`[class*="${PREFIX}"]`)) {
      const key = [...node.classList].find((name) => name.startsWith(PREFIX));
      set(node, "data-screen", key.slice(PREFIX.length));
    }
    this.keepList();
  }

  keepList() {
    if (!this.list.isConnected) this.placeList();
  }

  step(by) {
    const { screens, whole } = this.data;
    const to = screens[this.at + by];
    if (whole) return;
    if (to) this.turn(to.name);
    else if (by > 0) document.querySelector(".st-key-leads-on a")?.click();
  }

  turn(to) {
    const at = this.data.screens.findIndex(({ name }) => name === to);
    if (at >= 0) this.namePlace(at);
    this.send("turn", to);
  }

  // A new screen begins at its top, and whoever reads by ear is told its question.
  arrive() {
    // In the frame that draws it: to scroll at once has the page laid out once more.
    requestAnimationFrame(() => {
      document.querySelector("[data-testid=stMain]").scrollTo({ top: 0, behavior: "instant" });
      const heading = document.querySelector(`[data-screen] h2`);
      if (!heading) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    });
  }

  leave() {
    this.observer.disconnect();
    this.onPaper.removeEventListener("change", this.fillFoot);
    this.list.remove();
    this.row.remove();
    this.foot.remove();
    if (current === this) current = null;
  }
}

// On a phone the menu lies over the page: it closes once it has led somewhere.
function closeMenu() {
  if (innerWidth < 768) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}
addEventListener("click", (event) => {
  if (event.target.closest?.("a[data-testid=stSidebarNavLink]")) closeMenu();
});

addEventListener("keydown", (event) => {
  if (!current || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const focus = event.composedPath()[0];
  if (focus instanceof Element && focus.closest(CONTROLS)) return;
  if (event.key === "ArrowRight") current.step(1);
  else if (event.key === "ArrowLeft") current.step(-1);
});

export default function turning({ data, parentElement, setTriggerValue }) {
  parentElement.turning ??= new Turning(parentElement);
  current = parentElement.turning;
  current.receive(data, setTriggerValue);
  const own = current;
  return () => own.leave();
}
