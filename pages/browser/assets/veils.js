// What is veiled until there is a guess is neither read out nor a stop for Tab.

import { afterChanges } from "./changes.js";

let veiled = [];

function hide() {
  for (const node of veiled) node.inert = false; // Streamlit may use an element for something else
  veiled = [...document.querySelectorAll('[class*="st-key-veiled-"]')];
  for (const node of veiled) node.inert = true;
}

hide();
afterChanges(hide);
