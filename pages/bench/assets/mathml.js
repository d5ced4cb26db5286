// Formulas in MathML, each symbol in its quantity's colour.

const NAMESPACE = "http://www.w3.org/1998/Math/MathML";

const make = (tag, children, quantity) => {
  const node = document.createElementNS(NAMESPACE, tag);
  node.append(...children);
  if (quantity) node.setAttribute("class", `q-${quantity}`);
  return node;
};

export const mo = (text) => make("mo", [text]);
export const mn = (text, quantity) => make("mn", [text], quantity);
export const mi = (text, quantity) => make("mi", [text], quantity);
export const row = (...children) => make("mrow", children);
export const over = (top, bottom) => make("mfrac", [top, bottom]);
export const power = (base, exponent) => make("msup", [base, exponent]);
export const sub = (letter, index, quantity) =>
  make("msub", [mi(letter), typeof index === "number" ? mn(String(index)) : mi(index)], quantity);
export const sum = (index) => make("munder", [mo("∑"), mi(index)]);
// Left to itself, a bracket before a minus sign takes the space of an operator.
const closeTo = (text) => {
  const node = mo(text);
  for (const side of ["lspace", "rspace"]) node.setAttribute(side, "0");
  return node;
};
export const bracket = (...children) => row(closeTo("("), ...children, closeTo(")"));

export const space = () => {
  const node = make("mspace", []);
  node.setAttribute("width", "0.17em");
  return node;
};

// A number inside a formula: a negative one stands in brackets unless it comes first.
export const number = (text, quantity, first = false) =>
  !first && /^[−+]/.test(text) ? bracket(mn(text, quantity)) : mn(text, quantity);

// An operator at which a line may break: between the sides of an equation, or the terms of a sum.
const joint = (text) => make("mo", [text], "joint");

// Terms written out, with plus signs between them.
export const sumOf = (...terms) => make("mrow", terms.flatMap((term, k) => (k ? [joint("+"), term] : [term])), "sum");

// A sum's terms, and what stands around them, lie in the line itself, which breaks between them.
const unwrapped = (node) =>
  node.localName === "mrow" && (node.matches(".q-sum") || node.querySelector(".q-sum")) ? [...node.children].flatMap(unwrapped) : [node];

// One line of a calculation: the pieces joined by "=".
export const equation = (...pieces) => {
  const line = document.createElementNS(NAMESPACE, "math");
  line.setAttribute("displaystyle", "true");
  pieces.forEach((piece, k) => line.append(...(k ? [joint("=")] : []), ...unwrapped(piece)));
  return line;
};
