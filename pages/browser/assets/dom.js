// The few helpers with which our front end builds its elements. User text only ever arrives through
// textContent or value, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function element(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) set(node, name, value);
  node.append(...children);
  return node;
}

export const html = (tag, attributes = {}, ...children) =>
  element(document.createElement(tag), attributes, children);

export const svg = (tag, attributes = {}, ...children) =>
  element(document.createElementNS(SVG, tag), attributes, children);

// Write an attribute only when it changes: what moves is updated in place on every frame.
export function set(node, name, value) {
  if (value === null || value === undefined || value === false) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
}

export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// A number on the page: what it is, whose it is, its full value, and how it reads.
export function setNumber(node, value, text) {
  set(node, "data-value", value);
  if (text !== undefined) setText(node, text);
}

// Say beside a field why its last edit was not taken; an alert only while there is something to say.
// What can be read in two ways is there to choose from, and `take` is given what is chosen.
export function setRefusal(node, text, readings = [], take = null) {
  const said = JSON.stringify([text, readings]);
  if (node.dataset.said !== said) {
    const choices = readings.map((reading) => {
      const choice = html("button", { type: "button" }, reading);
      choice.addEventListener("click", () => take(reading));
      return choice;
    });
    node.replaceChildren(text ?? "", ...choices);
    node.dataset.said = said;
  }
  set(node, "role", text ? "alert" : null);
  set(node, "hidden", text ? null : "");
}

// The root of a component that has styles of its own and takes none of the page's.
export function ownRoot(parent, style) {
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  return root;
}

// Put values into the {places} of a text, in one pass: what a learner typed is no template.
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}
