// A number in a table says what it is made of: pointed at, tapped or reached by key, it rings the
// numbers it comes from and writes its formula below the table.

import { set, setText } from "./dom.js";

const CELL = "[data-formula]";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
let shown = null; // the cell that explains itself

const boxOf = (cell) => cell.closest(".lab-table");

// The cells a number uses: `quantity` or `quantity:index`, each in the same table, and of several in
// its own column: the ways that a table compares stand in one each.
function used(cell) {
  const names = (cell.dataset.uses ?? "").split(" ").filter(Boolean);
  return names.flatMap((name) => {
    const [quantity, index] = name.split(":");
    const place = index === undefined ? ":not([data-index])" : `[data-index="${index}"]`;
    const named = [...boxOf(cell).querySelectorAll(`[data-quantity="${quantity}"]${place}`)];
    const near = named.filter(({ cellIndex }) => cellIndex === cell.cellIndex);
    return near.length > 0 ? near : named;
  });
}

function explain(cell) {
  if (cell === shown) return;
  if (shown) {
    for (const node of boxOf(shown)?.querySelectorAll(".lit, .pointed") ?? []) node.classList.remove("lit", "pointed");
  }
  shown = cell;
  cell.classList.add("pointed");
  for (const node of used(cell)) node.classList.add("lit");
  setText(boxOf(cell).querySelector(".made-of"), cell.dataset.formula);
}

// A table is one stop for Tab, as the bench's numbers are: arrow keys walk through it.
function walk(event) {
  const step = STEPS[event.key];
  const cell = event.target.closest?.(`.lab-table ${CELL}`);
  if (!step || !cell) return;
  const rows = [...boxOf(cell).querySelectorAll("tr")].map((row) => [...row.cells]);
  let r = rows.findIndex((cells) => cells.includes(cell));
  let c = rows[r].indexOf(cell);
  do {
    r += step[0];
    c += step[1];
  } while (rows[r]?.[c] && !rows[r][c].matches(CELL));
  const next = rows[r]?.[c];
  if (!next) return;
  event.preventDefault();
  set(cell, "tabindex", -1);
  set(next, "tabindex", 0);
  next.focus();
}

for (const kind of ["pointerover", "focusin", "click"])
  addEventListener(kind, (event) => {
    const cell = event.target.closest?.(`.lab-table ${CELL}`);
    if (cell) explain(cell);
  });
addEventListener("keydown", walk);
