// The address bar follows the state by replacing the current history entry, never by adding one:
// Back leaves the page. Written once the numbers are at rest, since browsers limit how often.

import "./arrival.js";
import "./fields.js";
import "./focus.js";
import "./motion.js";
import "./regions.js";
import "./scheme.js";
import "./veils.js";
import "./spoken.js";
import "./streamlits_names.js";
import { set } from "./dom.js";
import { readAddressOnReturn } from "./reconnect.js";

const REST = 200; // ms
let timer = null;
let wanted = null;

// What says how the page is framed is Streamlit's: it stays in the address.
const embedding = () => location.search.slice(1).split("&").filter((part) => /^embed(_options)?=/i.test(part));

// What browsers and screen readers go by: zh is Simplified Chinese here.
const TAGS = { zh: "zh-CN" };

export function keepAddress(page, query) {
  wanted = { page, query };
  const language = new URLSearchParams(query).get("lang");
  set(document.documentElement, "lang", TAGS[language] ?? language); // where it differs: it restyles the page
  clearTimeout(timer);
  timer = setTimeout(writeAddress, REST);
}

export function writeAddress() {
  clearTimeout(timer);
  const here = location.pathname.split("/").at(-1);
  // While the reader is moving to another page its address is not ours to write.
  if (wanted === null || here !== wanted.page) return;
  const search = `?${[wanted.query, ...embedding()].join("&")}`;
  if (location.search !== search) history.replaceState(history.state, "", location.pathname + search);
  wanted = null;
}

// A click may lead away: the entry that is left behind is to say what was on the screen.
addEventListener("pointerdown", writeAddress, { capture: true });
addEventListener("pagehide", writeAddress);
readAddressOnReturn();

// For pages with no component of ours that keeps it: one that draws nothing.
export default function address({ data }) {
  keepAddress(data.page, data.query);
}
