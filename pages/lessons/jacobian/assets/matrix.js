// The Jacobian: shows the table that the server wrote, its cells shaded by sign and size, and says
// which entry was clicked, or chosen by Enter or Space.

import { set } from "./dom.js";

const ENTRY = '[data-quantity="jacobian"]';

export default function matrix({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".lab-matrix") ?? parentElement.appendChild(document.createElement("div"));
  root.className = "lab-matrix";
  const cells = () => [...root.querySelectorAll(ENTRY)];
  if (root.drawn !== data.html) {
    const held = cells().indexOf(document.activeElement);
    root.innerHTML = data.html;
    root.drawn = data.html;
    cells()[held]?.focus();
  }
  cells().forEach((cell, k) => {
    cell.style.background = data.shades[k];
    cell.classList.toggle("entry", k === data.entry);
    set(cell, "aria-current", k === data.entry ? "true" : null);
  });
  const choose = ({ target }) => {
    const k = cells().indexOf(target.closest(ENTRY));
    if (k >= 0) setTriggerValue("entry", k);
  };
  root.onclick = choose;
  root.onkeydown = (event) => {
    if (!["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    choose(event);
  };
}
