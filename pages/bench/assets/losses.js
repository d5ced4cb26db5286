// The losses, one record each: its numbers ahead of the server, and its formulas.
//
//   terms(y, a, logA)     what L is the sum of, by class
//   scale(n)              from where to where the sum of terms usually goes, for its bar
//   slope(y, a)           dL/da_k, by class
//   logSlope(y, a, logA)  dL/d(ln a_k), by class, for the losses that core takes from ln a
//   formula               of the value, of dL/da_i and, where there is one, the short form of
//                         dL/dz_i: each in letters, and (...At) with core's numbers
//
// A record is made for the constants that core computes with: gamma, epsilon. A loss of core's that
// has none here is shown by the server's numbers alone.

import { fixed, plain } from "./format.js";
import { bracket, mi, mn, mo, number, over, power, row, space, sub, sum, sumOf } from "./mathml.js";

const MOST_TERMS = 3;
const a = (k) => sub("a", k, "probability");
const y = (k) => sub("y", k, "target");
const A = (d, k, first) => number(fixed(d.probability[k]), "probability", first);
const share = (y) => (y > 0 && y < 1e-3 ? fixed(y) : plain(Math.round(y * 1e4) / 1e4));
const Y = (d, k, first) => number(share(d.target[k]), "target", first);
const ln = (x) => row(mi("ln"), space(), x);
const minus = (x) => row(mo("−"), x);
const times = (...factors) => row(...factors.flatMap((f, k) => (k ? [mo("·"), f] : [f])));
const difference = (x, z) => row(x, mo("−"), z);

// The terms of a sum over the classes, written out up to a few.
function terms(d, keep, term) {
  const kept = d.probability.map((_, k) => k).filter(keep);
  return sumOf(...kept.slice(0, MOST_TERMS).map(term), ...(kept.length > MOST_TERMS ? [mo("…")] : []));
}

const labelled = (d) => (k) => d.target[k] > 0;
const minusSum = (d, keep, term) => {
  const inner = terms(d, keep, term);
  return d.probability.filter((_, k) => keep(k)).length > 1 ? minus(bracket(inner)) : minus(inner);
};

const total = (values) => values.reduce((sum, x) => sum + x, 0);
// Only where the target is not 0: that 0 ln 0 = 0.
const whereTarget = (y, term) => y.map((share, k) => (share === 0 ? 0 : term(share, k)));
// a ln a / (1 - a), from ln a.
const ratio = (logA) => (logA === 0 ? -1 : Number.isFinite(logA) ? logA / Math.expm1(-logA) : 0);

const LARGE = 5; // of a loss in nats: the label has a probability of 0.7%

const crossEntropy = {
  terms: (y, a, logA) => whereTarget(y, (share, k) => 0 - share * logA[k]),
  scale: () => [0, LARGE],
  slope: (y, a) => whereTarget(y, (share, k) => -share / a[k]),
  logSlope: (y) => y.map((share) => -share),
  formula: {
    value: () => minus(row(sum("k"), y("k"), ln(a("k")))),
    valueAt: (d) => minusSum(d, labelled(d), (k) => (d.target[k] === 1 ? ln(A(d, k)) : times(Y(d, k), ln(A(d, k))))),
    slope: (i) => minus(over(y(i), a(i))),
    slopeAt: (d, k) => minus(over(Y(d, k, true), A(d, k, true))),
    short: (i) => difference(a(i), y(i)),
    shortAt: (d, k) => difference(A(d, k, true), Y(d, k)),
  },
};

const klDivergence = {
  ...crossEntropy,
  terms: (y, a, logA) => whereTarget(y, (share, k) => share * (Math.log(share) - logA[k])),
  // Below zero where the model gives a class more than its share.
  scale: () => [-1, LARGE],
  formula: {
    ...crossEntropy.formula,
    value: () => row(sum("k"), y("k"), ln(over(y("k"), a("k")))),
    valueAt: (d) => terms(d, labelled(d), (k) => times(Y(d, k), ln(over(Y(d, k, true), A(d, k, true))))),
  },
};

const meanSquaredError = {
  terms: (y, a) => a.map((p, k) => (p - y[k]) ** 2 / y.length),
  scale: (n) => [0, 2 / n],
  slope: (y, a) => a.map((p, k) => (2 * (p - y[k])) / y.length),
  formula: {
    value: () => row(over(mn("1"), mi("n")), sum("k"), power(bracket(difference(a("k"), y("k"))), mn("2"))),
    valueAt: (d) => row(over(mn("1"), mn(String(d.target.length))), bracket(terms(d, () => true, (k) => power(bracket(difference(A(d, k, true), Y(d, k))), mn("2"))))),
    slope: (i) => row(over(mn("2"), mi("n")), bracket(difference(a(i), y(i)))),
    slopeAt: (d, k) => row(over(mn("2"), mn(String(d.target.length))), bracket(difference(A(d, k, true), Y(d, k)))),
  },
};

const focal = ({ gamma }) => {
  const exponent = mn(plain(gamma));
  // (1 - a)^gamma in letters and with the numbers; the node of the exponent can stand once only.
  const faded = (x) => power(bracket(difference(mn("1"), x)), exponent.cloneNode(true));
  const lowered = (x) => row(...(gamma === 2 ? [bracket(difference(mn("1"), x))] : [power(bracket(difference(mn("1"), x)), mn(plain(gamma - 1)))]));
  return {
    terms: (y, a, logA) => whereTarget(y, (share, k) => 0 - share * (-Math.expm1(logA[k])) ** gamma * logA[k]),
    scale: crossEntropy.scale,
    slope: (y, a) =>
      whereTarget(y, (share, k) => share * (1 - a[k]) ** gamma * (gamma * (a[k] === 1 ? -1 : Math.log(a[k]) / (1 - a[k])) - 1 / a[k])),
    logSlope: (y, a, logA) => whereTarget(y, (share, k) => share * (-Math.expm1(logA[k])) ** gamma * (gamma * ratio(logA[k]) - 1)),
    formula: {
      value: () => minus(row(sum("k"), y("k"), faded(a("k")), ln(a("k")))),
      valueAt: (d) => minusSum(d, labelled(d), (k) => times(Y(d, k), faded(A(d, k)), ln(A(d, k)))),
      slope: (i) => row(y(i), bracket(exponent.cloneNode(true), lowered(a(i)), ln(a(i)), mo("−"), over(faded(a(i)), a(i)))),
      slopeAt: (d, k) => times(Y(d, k, true), bracket(times(exponent.cloneNode(true), lowered(A(d, k)), ln(A(d, k))), mo("−"), over(faded(A(d, k)), A(d, k, true)))),
    },
  };
};

const labelSmoothed = ({ epsilon }) => {
  const smooth = (y) => y.map((share) => (1 - epsilon) * share + epsilon / y.length);
  const letter = (i) => sub("y′", i, "target");
  const at = (d, k) => number(fixed(smooth(d.target.map(Number))[k]), "target", true);
  return {
    terms: (y, a, logA) => crossEntropy.terms(smooth(y), a, logA),
    scale: crossEntropy.scale,
    slope: (y, a) => crossEntropy.slope(smooth(y), a),
    logSlope: (y) => crossEntropy.logSlope(smooth(y)),
    formula: {
      value: () => minus(row(sum("k"), letter("k"), ln(a("k")))),
      valueAt: (d) => minusSum(d, () => true, (k) => times(at(d, k), ln(A(d, k)))),
      slope: (i) => minus(over(letter(i), a(i))),
      slopeAt: (d, k) => minus(over(at(d, k), A(d, k, true))),
      short: (i) => difference(a(i), letter(i)),
      shortAt: (d, k) => difference(A(d, k, true), at(d, k)),
      where: (i) => row(letter(i), mo("="), mn(plain(1 - epsilon)), y(i), mo("+"), over(mn(plain(epsilon)), mi("n"))),
    },
  };
};

const LOSSES = {
  cross_entropy: () => crossEntropy,
  kl_divergence: () => klDivergence,
  mean_squared_error: () => meanSquaredError,
  focal,
  label_smoothed_cross_entropy: labelSmoothed,
};

// The record of the loss that the bench shows, or nothing.
export const lossOf = (data) => LOSSES[data.loss_id]?.(data.loss_constants);

// L, from a record.
export const lossValue = (loss, y, a, logA) => total(loss.terms(y, a, logA));

export const divergence = (y, a, logA) => lossValue(klDivergence, y, a, logA);
