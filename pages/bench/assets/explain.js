// What a number is made of: its formula with the learner's numbers in it, and the numbers it uses.
// What a logit does, in words, is told by story.js.

import { finite, fixed, plain, significant } from "./format.js";
import { lossOf } from "./losses.js";
import { othersTogether, story } from "./story.js";
import { bracket, equation, mi, mn, mo, number, over, power, row, space, sub, sum } from "./mathml.js";

const a = (k) => sub("a", k, "probability");
const z = (k) => sub("z", k, "logit");
const slope = (k) => sub("g", k, "gradient");
const partial = (top, bottom) => over(row(mo("∂"), top), row(mo("∂"), bottom));

// z_i, or z_i / T where T is not 1.
const tempered = (d, node) => (d.temperature === 1 ? node : over(node, mi("T")));
const temperedAt = (d, text) =>
  d.temperature === 1 ? number(text, "logit", true) : over(number(text, "logit", true), mn(plain(d.temperature)));
// The factor 1/T in front of a derivative.
const scale = (d) => (d.temperature === 1 ? [] : [over(mn("1"), mi("T"))]);
const scaleAt = (d) => (d.temperature === 1 ? [] : [over(mn("1"), mn(plain(d.temperature))), mo("·")]);
const exp = (node) => power(mi("e"), node);

const all = (d) => d.logit.map((_, k) => k + 1);
const each = (d, quantity) => all(d).map((k) => [quantity, k]);

const EXPLAIN = {
  // A logit is given; what it moves is written out.
  logit: (d, i, before) => {
    const own = exp(tempered(d, z(i)));
    const others = row(sum(`k≠${i}`), exp(tempered(d, z("k"))));
    const [e, rest] = othersTogether(d, i - 1).map((x) => significant(x));
    const share = equation(a(i), over(own, row(own.cloneNode(true), mo("+"), others)), over(mn(e), row(mn(e), mo("+"), mn(rest))), mn(fixed(d.probability[i - 1]), "probability"));
    const lines = [share];
    if (d.compact?.loss !== false) lines.push(...EXPLAIN.loss(d).lines);
    return { lines, story: story(d, i - 1, before), uses: [["exponential", i], ["probability", i]] };
  },

  exponential: (d, i) => ({
    lines: [equation(exp(tempered(d, z(i))), exp(temperedAt(d, plain(d.logit[i - 1]))), mn(significant(d.exponential[i - 1])))],
    note: finite(d.exponential[i - 1]) ? null : "overflow",
    uses: [["logit", i]],
  }),

  probability: (d, i) => {
    const definition = over(exp(tempered(d, z(i))), row(sum("k"), exp(tempered(d, z("k")))));
    const value = mn(fixed(d.probability[i - 1]), "probability");
    if (!d.shifted) {
      const parts = over(mn(significant(d.exponential[i - 1])), mn(significant(d.sum_exponential)));
      return { lines: [equation(a(i), definition, parts, value)], uses: each(d, "exponential") };
    }
    // The sum overflows or vanishes, so what softmax does instead: subtract the largest logit first.
    const less = (k) => (d.temperature === 1 ? row(z(k), mo("−"), mi("m")) : over(row(z(k), mo("−"), mi("m")), mi("T")));
    const shifted = over(exp(less(i)), row(sum("k"), exp(less("k"))));
    const parts = over(mn(significant(d.shifted.exponential[i - 1])), mn(significant(d.shifted.sum)));
    const largest = equation(mi("m"), row(mi("max"), space(), mi("z", "logit")), mn(plain(d.shifted.largest), "logit"));
    const note = finite(d.sum_exponential) ? "underflow" : "overflow";
    return { lines: [equation(a(i), shifted, parts, value), largest], note, uses: each(d, "logit") };
  },

  target: (d, i) => ({ lines: [equation(sub("y", i, "target"), mn(plain(d.target[i - 1]), "target"))], uses: [] }),

  loss: (d) => {
    const loss = lossOf(d)?.formula;
    const written = loss ? [loss.value(), loss.valueAt(d)] : [];
    const lines = [equation(mi("L", "loss"), ...written, mn(fixed(d.loss), "loss"))];
    if (loss?.where) lines.push(equation(loss.where("k")));
    return { lines, uses: [...each(d, "probability"), ...each(d, "target")] };
  },

  entropy: (d) => ({
    lines: [equation(row(mi("H"), bracket(mi("a", "probability"))), row(mo("−"), sum("k"), a("k"), mi("ln"), space(), a("k")), mn(fixed(d.entropy)))],
    uses: each(d, "probability"),
  }),

  kl: (d) => ({
    lines: [equation(row(mi("KL"), bracket(mi("y", "target"), mo("‖"), mi("a", "probability"))), row(sum("k"), sub("y", "k", "target"), mi("ln"), space(), over(sub("y", "k", "target"), a("k"))), mn(fixed(d.kl)))],
    uses: [...each(d, "probability"), ...each(d, "target")],
  }),

  sum_exponential: (d) => ({
    lines: [equation(row(sum("k"), exp(tempered(d, z("k")))), mn(significant(d.sum_exponential)))],
    uses: each(d, "exponential"),
  }),

  sum_probability: (d) => ({
    lines: [equation(row(sum("k"), a("k")), mn(plain(d.sum_probability)))],
    uses: each(d, "probability"),
  }),

  sum_target: (d) => ({
    lines: [equation(row(sum("k"), sub("y", "k", "target")), mn(plain(d.sum_target)))],
    uses: each(d, "target"),
  }),

  sum_gradient: (d) => ({
    lines: [equation(row(sum("k"), partial(mi("L", "loss"), z("k"))), mn(plain(d.sum_gradient)))],
    uses: each(d, "gradient"),
  }),

  gradient_probability: (d, i) => {
    const loss = lossOf(d)?.formula;
    const value = mn(fixed(d.gradient_probability[i - 1]), "gradient");
    const name = row(slope(i), mo("="), partial(mi("L", "loss"), a(i)));
    // 0/0 as written; a class that the target leaves out adds nothing to a logarithmic loss.
    const void0 = d.probability[i - 1] === 0 && d.target[i - 1] === 0;
    const written = loss ? [loss.slope(i), ...(void0 ? [] : [loss.slopeAt(d, i - 1)])] : [];
    const lines = [equation(name, ...written, value)];
    if (loss?.where) lines.push(equation(loss.where(i)));
    return { lines, uses: [["probability", i], ["target", i]] };
  },

  gradient: (d, i) => {
    const loss = lossOf(d)?.formula;
    const name = partial(mi("L", "loss"), z(i));
    const value = () => mn(fixed(d.gradient[i - 1]), "gradient");
    const lines = [];
    if (d.mean_slope !== null) {
      const rule = row(...scale(d), a(i), bracket(slope(i), mo("−"), sum("k"), a("k"), slope("k")));
      const inner = bracket(number(fixed(d.gradient_probability[i - 1]), "gradient", true), mo("−"), number(fixed(d.mean_slope), "gradient"));
      const numbers = row(...scaleAt(d), number(fixed(d.probability[i - 1]), "probability"), mo("·"), inner);
      lines.push({ label: "chain", node: equation(name, rule, numbers, value()) });
    }
    if (loss?.short) {
      const wrap = (nodes, node) => (nodes.length ? row(...nodes, bracket(node)) : node);
      const short = equation(name.cloneNode(true), wrap(scale(d), loss.short(i)), wrap(scaleAt(d), loss.shortAt(d, i - 1)), value());
      lines.push({ label: "short", node: short });
      if (loss.where) lines.push(equation(loss.where(i)));
    }
    if (!lines.length) lines.push(equation(name, value()));
    const sign = Math.sign(Number(d.gradient[i - 1]));
    const note = finite(d.loss) ? ["raise", "balanced", "lower"][sign + 1] : null;
    return { lines, note, uses: [...each(d, "probability"), ...each(d, "gradient_probability"), ...all(d).map((k) => ["jacobian", k, i])] };
  },

  jacobian: (d, i, j) => {
    const same = i === j;
    const name = partial(a(i), z(j));
    const p = (k) => number(fixed(d.probability[k - 1]), "probability");
    const rule = same ? row(...scale(d), a(i), bracket(mn("1"), mo("−"), a(i))) : row(mo("−"), ...scale(d), a(i), a(j));
    const numbers = same
      ? row(...scaleAt(d), p(i), mo("·"), bracket(mn("1"), mo("−"), p(i)))
      : row(mo("−"), ...scaleAt(d), p(i), mo("·"), p(j));
    return {
      lines: [{ label: same ? "same" : "different", node: equation(name, rule, numbers, mn(fixed(d.jacobian[i - 1][j - 1]))) }],
      uses: [["probability", i], ["probability", j]],
    };
  },
};

export const explained = (quantity) => quantity in EXPLAIN;

// The lines (a formula, or {label, node}), a note's id or nothing, a story, the [quantity, index] used.
// `more` is the column of the Jacobian's entry, or for a logit the numbers before it was moved.
export function explain(data, quantity, i, more) {
  const { lines, note = null, story = null, uses } = EXPLAIN[quantity](data, i, more);
  return { lines: lines.map((line) => (line.node ? line : { label: null, node: line })), note, story, uses };
}
