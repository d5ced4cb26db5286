// What is wider or higher than its place scrolls. Whoever has no mouse scrolls it by arrow keys, once
// it can have the focus; then it needs a name. Where all is in sight it is no stop for Tab.

import { afterChanges } from "./changes.js";
import { set } from "./dom.js";
import { pageWords } from "./page_words.js";

const caption = (table) => table.querySelector("caption")?.textContent || pageWords().table;
// By selector: the role, and the name. A screen may have many formulas, so they are no landmarks.
const SCROLLING = {
  ".lab-table": ["region", caption],
  ".katex-display": ["group", () => pageWords().formula],
  '[class*="st-key-given-"]': ["group", () => pageWords().given],
};

const scrolls = (node) => node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
const canScroll = (node) => /auto|scroll/.test(getComputedStyle(node).overflow);

// A width may change with no change of the page: a phone is turned, a folded part opens, a font comes.
const watched = new WeakSet();
const sizes = new ResizeObserver(mend);
const watch = (node) => {
  if (!node || watched.has(node)) return;
  watched.add(node);
  sizes.observe(node);
};

function mend() {
  for (const [selector, [role, name]] of Object.entries(SCROLLING)) {
    for (const node of document.querySelectorAll(selector)) {
      watch(node);
      watch(node.firstElementChild);
      const stop = scrolls(node) && canScroll(node);
      set(node, "tabindex", stop ? 0 : null);
      set(node, "role", stop ? role : null);
      set(node, "aria-label", stop ? name(node) : null);
    }
  }
}

afterChanges(mend);
