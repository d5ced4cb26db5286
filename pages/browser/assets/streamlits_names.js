// Streamlit's own elements, mended from our side: its words, which it has in English alone, and the
// list of pages in the sidebar, whose <ul> holds no <li> but <div>s that do.

import { afterChanges } from "./changes.js";
import { set } from "./dom.js";
import { everyLanguage, pageWords } from "./page_words.js";

const OWN = "streamlit.";
const LABELLED = ["aria-label", "placeholder"];
const MARKED = LABELLED.map((attribute) => `[data-testid=stApp] [${attribute}], [data-testid=portal] [${attribute}]`).join();

// Each of Streamlit's texts as a pattern: {name} stands for the name of what it belongs to.
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const PATTERNS = everyLanguage().flatMap((words) =>
  Object.keys(words)
    .filter((key) => key.startsWith(OWN))
    .map((key) => [key, new RegExp(`^${words[key].split("{name}").map(escaped).join("(.*)")}$`, "s")]),
);

export function inPageLanguage(text) {
  for (const [key, pattern] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return pageWords()[key].replace("{name}", () => found[1]);
  }
  return text;
}

function speak() {
  for (const node of document.querySelectorAll(MARKED)) {
    for (const attribute of LABELLED) {
      if (node.hasAttribute(attribute)) set(node, attribute, inPageLanguage(node.getAttribute(attribute)));
    }
  }
  for (const node of document.querySelectorAll("[data-testid=InputInstructions]")) {
    const text = inPageLanguage(node.textContent);
    if (node.children.length === 0 && text !== node.textContent) node.firstChild.nodeValue = text;
  }
}

// A sign in a sentence, called "check icon": the words beside it say what it says.
function hideSigns() {
  for (const sign of document.querySelectorAll('[role=img][aria-label$=" icon"]')) set(sign, "aria-hidden", "true");
}

function listPages() {
  for (const list of document.querySelectorAll("[data-testid=stSidebarNavItems]")) {
    set(list, "role", "presentation");
    for (const group of list.children) {
      set(group, "role", "list");
      set(group, "aria-label", group.querySelector("header p")?.textContent);
    }
  }
}

afterChanges(speak);
afterChanges(hideSigns);
afterChanges(listPages);
