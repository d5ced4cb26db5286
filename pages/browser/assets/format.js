// Numbers as text, as pages/writing/numerals.py writes them: tests/number_texts.py holds the two
// together. Every figure keeps its width as its digits change, so that nothing re-flows.

const SUPERSCRIPTS = { "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹" };

export const finite = (value) => Number.isFinite(Number(value));

function withMinus(text) {
  return text.replace("-", "−");
}

function scientific(x, digits) {
  const [mantissa, exponent] = x.toExponential(digits).split("e");
  const power = [...String(Number(exponent))].map((c) => SUPERSCRIPTS[c]).join("");
  return withMinus(`${mantissa}·10${power}`);
}

// Four decimals where they say something, a power of ten where they would not.
export function fixed(value) {
  const x = Number(value);
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0 || Math.abs(x) === 1) return withMinus(String(x));
  const size = Math.abs(x);
  if (size < 5e-5 || size >= 1e6) return scientific(x, 1);
  return withMinus(x.toFixed(size < 1000 ? 4 : size < 1e5 ? 2 : 0));
}

// The same with its sign in front, as gradients are read.
export function signed(value) {
  const text = fixed(value);
  return Number(value) > 0 ? `+${text}` : text;
}

// Four significant digits: for exponentials, which span many powers of ten.
export function significant(value) {
  const x = Number(value);
  if (!Number.isFinite(x) || x === 0) return fixed(x);
  const size = Math.abs(x);
  if (size < 1e-3 || size >= 1e6) return scientific(x, 2);
  return withMinus(size < 9999.5 ? x.toPrecision(4) : x.toFixed(0));
}

// A number for the eye with no padding: at most four decimals, or a power of ten.
export function short(value) {
  const x = Number(value);
  const size = Math.abs(x);
  if (x === 0 || !Number.isFinite(x)) return fixed(x);
  if (size < 5e-5 || size >= 1e7) return scientific(x, 2);
  return withMinus(x.toFixed(4).replace(/\.?0+$/, ""));
}

// A number as it would be typed: no padding, at most ten decimals.
export function plain(value) {
  const x = Number(value);
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  return withMinus(String(Math.round(x * 1e10) / 1e10));
}

// By the names that the server calls them by.
export const FORMATS = { fixed, plain, significant };

// e to the power of a logit, as heads and sentences write it.
export const powerSymbol = (data) => (data.temperature === 1 ? "eᶻ" : "e^(z/T)");
