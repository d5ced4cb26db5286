// The formulas of the losses as the bench writes them out: value, slope dL/da_i, and the short
// form of dL/dz_i where there is one. The numbers in them are core's.

import { fixed, plain } from "./format.js";
import { bracket, mi, mn, mo, number, over, power, row, space, sub, sum } from "./mathml.js";

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
  const written = kept.slice(0, MOST_TERMS).flatMap((k, n) => (n ? [mo("+"), term(k)] : [term(k)]));
  return row(...written, ...(kept.length > MOST_TERMS ? [mo("+"), mo("…")] : []));
}

const labelled = (d) => (k) => d.target[k] > 0;
const minusSum = (d, keep, term) => {
  const inner = terms(d, keep, term);
  return d.probability.filter((_, k) => keep(k)).length > 1 ? minus(bracket(inner)) : minus(inner);
};

export const CROSS_ENTROPY = {
  value: () => minus(row(sum("k"), y("k"), ln(a("k")))),
  valueAt: (d) => minusSum(d, labelled(d), (k) => (d.target[k] === 1 ? ln(A(d, k)) : times(Y(d, k), ln(A(d, k))))),
  slope: (i) => minus(over(y(i), a(i))),
  slopeAt: (d, k) => minus(over(Y(d, k, true), A(d, k, true))),
  short: (i) => difference(a(i), y(i)),
  shortAt: (d, k) => difference(A(d, k, true), Y(d, k)),
};

const smoothed = (i) => sub("y′", i, "target");
const smoothedAt = (d, k) => number(fixed(0.9 * d.target[k] + 0.1 / d.target.length), "target", true);

export const LOSSES = {
  cross_entropy: CROSS_ENTROPY,
  kl_divergence: {
    ...CROSS_ENTROPY,
    value: () => row(sum("k"), y("k"), ln(over(y("k"), a("k")))),
    valueAt: (d) => terms(d, labelled(d), (k) => times(Y(d, k), ln(over(Y(d, k, true), A(d, k, true))))),
  },
  mean_squared_error: {
    value: () => row(over(mn("1"), mi("n")), sum("k"), power(bracket(difference(a("k"), y("k"))), mn("2"))),
    valueAt: (d) => row(over(mn("1"), mn(String(d.target.length))), bracket(terms(d, () => true, (k) => power(bracket(difference(A(d, k, true), Y(d, k))), mn("2"))))),
    slope: (i) => row(over(mn("2"), mi("n")), bracket(difference(a(i), y(i)))),
    slopeAt: (d, k) => row(over(mn("2"), mn(String(d.target.length))), bracket(difference(A(d, k, true), Y(d, k)))),
  },
  focal: {
    value: () => minus(row(sum("k"), y("k"), power(bracket(difference(mn("1"), a("k"))), mn("2")), ln(a("k")))),
    valueAt: (d) => minusSum(d, labelled(d), (k) => times(Y(d, k), power(bracket(difference(mn("1"), A(d, k))), mn("2")), ln(A(d, k)))),
    slope: (i) => row(y(i), bracket(mn("2"), bracket(difference(mn("1"), a(i))), ln(a(i)), mo("−"), over(power(bracket(difference(mn("1"), a(i))), mn("2")), a(i)))),
    slopeAt: (d, k) => times(Y(d, k, true), bracket(times(mn("2"), bracket(difference(mn("1"), A(d, k))), ln(A(d, k))), mo("−"), over(power(bracket(difference(mn("1"), A(d, k))), mn("2")), A(d, k, true)))),
  },
  label_smoothed_cross_entropy: {
    value: () => minus(row(sum("k"), smoothed("k"), ln(a("k")))),
    valueAt: (d) => minusSum(d, () => true, (k) => times(smoothedAt(d, k), ln(A(d, k)))),
    slope: (i) => minus(over(smoothed(i), a(i))),
    slopeAt: (d, k) => minus(over(smoothedAt(d, k), A(d, k, true))),
    short: (i) => difference(a(i), smoothed(i)),
    shortAt: (d, k) => difference(A(d, k, true), smoothedAt(d, k)),
    where: (i) => row(smoothed(i), mo("="), mn("0.9"), y(i), mo("+"), over(mn("0.1"), mi("n"))),
  },
};
