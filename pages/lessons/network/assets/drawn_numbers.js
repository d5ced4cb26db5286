// Other numbers into the drawn layer (pages/lessons/network/graph_figure.py), written as the server
// writes them: a test holds a drawing that was changed so to the one that the server makes.

import { set, setNumber, setText } from "./dom.js";
import { fixed, short, signed, significant } from "./format.js";

const LONGEST = 8; // characters of a number in a node
const ENDS = 10; // of a handle, wider where its number lies outside
const FIXED = new Set(["probability", "loss"]);

export function compact(value) {
  const plain = short(value);
  return plain.length <= LONGEST ? plain : significant(value);
}

function written(quantity, value) {
  if (quantity.startsWith("grad_")) return signed(value);
  return FIXED.has(quantity) ? fixed(value) : compact(value);
}

const sign = (value) => (value > 0 ? "plus" : value < 0 ? "minus" : "zero");
const at = (values, place) => place.reduce((inner, k) => inner[k], values);
export const placeOf = (text) => text.split(",").map(Number);

function placeFromOne({ row, col, index }) {
  if (row !== undefined) return [row - 1, col - 1];
  return index === undefined ? [] : [index - 1];
}

// From where to where a number is dragged: a share of the target from 0 to 1.
export const endsOf = ({ dataset }, value) => (dataset.edit === "target" ? [0, 1] : [Math.min(-ENDS, value), Math.max(ENDS, value)]);

// `numbers` as layer_mirror.js gives them. On the way from one layer to another only the picture
// changes: the values in the page are the server's already.
export function draw(svg, numbers, onTheWay = false) {
  for (const text of svg.querySelectorAll("[data-quantity]")) {
    const { quantity, before, fits } = text.dataset;
    const place = placeFromOne(text.dataset);
    const value = at(numbers[quantity], place);
    const line = before + written(quantity, value);
    setText(text, line);
    if (!onTheWay) setNumber(text, value);
    if (text.hasAttribute("data-sign")) set(text, "data-sign", sign(value));
    if (fits) {
      const [most, size] = placeOf(fits);
      set(text, "font-size", line.length > most ? size : null);
    }
  }
  const largest = Math.max(...numbers.grad_weight.flat().map(Math.abs)) || 1;
  for (const line of svg.querySelectorAll("[data-pull]")) {
    const pull = at(numbers.grad_weight, placeOf(line.dataset.pull));
    set(line, "data-sign", sign(pull));
    set(line, "style", `--pull: ${(Math.abs(pull) / largest).toFixed(3)}`);
  }
  for (const bar of svg.querySelectorAll(".share")) {
    const whole = Number(bar.previousElementSibling.getAttribute("width"));
    set(bar, "width", (whole * numbers.probability[bar.dataset.index - 1]).toFixed(2));
  }
  for (const grip of onTheWay ? [] : svg.querySelectorAll("[data-edit]")) {
    const value = at(numbers[grip.dataset.edit], placeOf(grip.dataset.place));
    const [min, max] = endsOf(grip, value);
    for (const [name, end] of Object.entries({ min, max, now: value })) set(grip, `aria-value${name}`, end);
    set(grip, "aria-valuetext", compact(value));
  }
}

// Write in the place of each gradient how far its weight or bias moved, where it did.
export function mark(svg, before, now) {
  for (const text of svg.querySelectorAll(".moved")) {
    const gradient = text.nextElementSibling.dataset;
    const quantity = { grad_weight: "weight", grad_score: "bias" }[gradient.quantity];
    const place = placeFromOne(gradient);
    const by = quantity ? at(now[quantity], place) - at(before[quantity], place) : 0;
    setText(text, by ? `Δ ${signed(by)}` : "");
  }
}

// Take over another drawing of the same layer, element by element: what has the focus, or is held
// by a pointer, stays. False where the layer is another one.
export function takeOver(svg, markup) {
  const fresh = new DOMParser().parseFromString(markup, "text/html").querySelector("svg");
  const olds = [svg, ...svg.querySelectorAll("*")];
  const news = [fresh, ...fresh.querySelectorAll("*")];
  if (olds.length !== news.length || olds.some((old, k) => old.tagName !== news[k].tagName)) return false;
  olds.forEach((old, k) => {
    for (const { name } of [...old.attributes]) if (!news[k].hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of news[k].attributes) set(old, name, value);
    if (old.children.length === 0) setText(old, news[k].textContent);
  });
  return true;
}
