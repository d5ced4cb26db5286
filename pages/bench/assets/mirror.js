// The mirror: the bench's numbers worked out in the browser, for edits that the server has not
// answered yet. The same formulas as core's, on the way that core takes, so that the two agree to
// the last digits but a few; a browser test holds them together.

import { divergence, lossOf, lossValue } from "./losses.js";

const sum = (values) => values.reduce((total, x) => total + x, 0);
const zeros = (n) => new Array(n).fill(0);
const oneHot = (n, index) => zeros(n).map((_, k) => (k === index ? 1 : 0));

// softmax and its logarithm, with the maximum's own exponential, 1, set aside from the sum.
export function probabilities(z, temperature) {
  const top = z.indexOf(Math.max(...z));
  const shifted = z.map((x) => (x - z[top]) / temperature);
  const e = shifted.map(Math.exp);
  const rest = sum(e.filter((_, k) => k !== top));
  const logTotal = Math.log1p(rest);
  return { top, e, a: e.map((x) => x / (1 + rest)), logA: shifted.map((x) => x - logTotal) };
}

export const logProbabilities = (z, temperature) => probabilities(z, temperature).logA;

// dL/dz: through the slope in ln a where the loss has one, for a may have underflowed.
export function gradient(loss, y, a, logA, g, temperature) {
  if (!loss.logSlope) {
    const mean = sum(a.map((p, k) => p * g[k]));
    return a.map((p, k) => (p * (g[k] - mean)) / temperature + 0);
  }
  const h = loss.logSlope(y, a, logA);
  const total = sum(h);
  return a.map((p, k) => (-Math.expm1(logA[k]) * h[k] - p * (total - h[k])) / temperature + 0);
}

// Set one share of a soft target; the others keep their proportions, or share the rest equally.
export function withShare(y, index, value) {
  const others = sum(y.filter((_, k) => k !== index));
  return y.map((share, k) => (k === index ? value : (others > 0 ? share / others : 1 / (y.length - 1)) * (1 - value)));
}

// The logits and the target after some patches, or null where one of them is the server's to do.
function applied(data, patches, start) {
  const z = data.logit.map(Number);
  let y = data.target.map(Number);
  for (const { kind, index, value, gesture } of patches) {
    if (kind === "logit") z[index] = value;
    else if (kind === "label") y = oneHot(y.length, index);
    // All of one drag starts from where the drag began.
    else if (kind === "share") y = withShare(gesture === undefined ? y : start, index, value);
    else return null;
  }
  return { z, y };
}

// What the bench shows once the patches are taken; null where the mirror does not know.
// `start` is the target at the beginning of a drag.
export function mirror(data, patches, start) {
  const loss = lossOf(data);
  const edited = loss && applied(data, patches, start);
  if (!edited) return null;
  const { z, y } = edited;
  const T = data.temperature;
  const { top, e, a, logA } = probabilities(z, T);
  const g = loss.slope(y, a).map((x) => x + 0);
  const dz = gradient(loss, y, a, logA, g, T);
  const exponential = z.map((x) => Math.exp(x / T));
  const total = sum(exponential);
  return {
    ...data,
    logit: z,
    exponential,
    probability: a,
    target: y,
    gradient_probability: g,
    gradient: dz,
    jacobian: a.map((p, i) => a.map((q, j) => (i === j ? p * (1 - p) : -p * q) / T)),
    loss: lossValue(loss, y, a, logA),
    entropy: 0 - sum(a.map((p, k) => (p === 0 ? 0 : p * logA[k]))),
    kl: divergence(y, a, logA),
    sum_exponential: total,
    sum_probability: sum(a),
    sum_target: sum(y),
    sum_gradient: sum(dz),
    argmax: a.indexOf(Math.max(...a)),
    // Where the plain exponentials overflow, or lose digits as they vanish.
    shifted: total > 1e-290 && total < Infinity ? null : { exponential: e, sum: sum(e), largest: z[top] },
    mean_slope: g.every(Number.isFinite) ? sum(a.map((p, k) => p * g[k])) : null,
  };
}
