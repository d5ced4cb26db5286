// The layer's numbers worked out in the browser, ahead of the server's: forwards z = W o + b,
// a = softmax(z) and L = -sum_k y_k ln a_k, backwards dL/dz = a - y, dL/dw_kd = dL/dz_k o_d and
// dL/do_d = sum_k dL/dz_k w_kd. Softmax, loss and dL/dz are the bench's mirror; a browser test holds
// all to core.

import { lossOf, lossValue } from "./losses.js";
import { gradient, probabilities, withShare } from "./mirror.js";

const crossEntropy = lossOf({ loss_id: "cross_entropy" });
const dot = (x, y) => x.reduce((sum, value, k) => sum + value * y[k], 0);

// All that is drawn of a layer, by quantity: lists, or a row a class.
export function forward({ weight, bias, input, target }) {
  const score = weight.map((row, k) => dot(row, input) + bias[k]);
  const { a, logA } = probabilities(score, 1);
  const slope = gradient(crossEntropy, target, a, logA, null, 1);
  return {
    weight,
    bias,
    input,
    target,
    score,
    probability: a,
    loss: lossValue(crossEntropy, target, a, logA),
    grad_score: slope,
    grad_weight: slope.map((g) => input.map((o) => g * o)),
    grad_input: input.map((_, d) => dot(slope, weight.map((row) => row[d]))),
  };
}

// The layer once the patches are taken; null where one of them is the server's to do.
export function mirror(layer, patches) {
  const changed = structuredClone({ weight: layer.weight, bias: layer.bias, input: layer.input });
  let { target } = layer;
  for (const { kind, index, value, start } of patches) {
    if (kind === "choose") continue;
    if (value === undefined) return null;
    if (kind === "target") {
      target = withShare(start ?? target, Number(index), value);
      continue;
    }
    if (!(kind in changed)) return null;
    const place = index.split(",").map(Number);
    const last = place.pop();
    place.reduce((values, k) => values[k], changed[kind])[last] = value;
  }
  return forward({ ...changed, target });
}

// The layer on the straight way from one to another, as a gradient step goes: t from 0 to 1.
export function between(before, now, t) {
  const mix = (x, y) => (Array.isArray(x) ? x.map((value, k) => mix(value, y[k])) : x + (y - x) * t);
  const [weight, bias] = ["weight", "bias"].map((name) => mix(before[name], now[name]));
  return forward({ ...now, weight, bias });
}
