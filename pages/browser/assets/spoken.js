// What a screen reader is told without being asked: the step of a derivation or of a training, once
// it has come to rest. Python puts such a text into a box of its own, whose key begins with "says-".

import { afterChanges } from "./changes.js";
import { html, setText } from "./dom.js";

const REST = 700; // ms
const SAYS = '[class*="st-key-says-"]';
const region = html("div", { class: "spoken", role: "status" });
let said = null; // by key; what stands there when a screen opens is not spoken
let timer = null;

const keyOf = (box) => [...box.classList].find((name) => name.startsWith("st-key-says-"));

function read() {
  const now = new Map([...document.querySelectorAll(SAYS)].map((box) => [keyOf(box), box.textContent.trim()]));
  const news = [...now].filter(([key, text]) => text && said?.has(key) && said.get(key) !== text);
  said = now;
  if (!news.length) return;
  clearTimeout(timer);
  timer = setTimeout(() => setText(region, news.map(([, text]) => text).join(" ")), REST);
}

document.body.append(region);
read();
afterChanges(read);
