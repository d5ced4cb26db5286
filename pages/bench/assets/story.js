// Why a and L move when a logit does, as sentences with the numbers that matter: [id, values] each.

import { filled } from "./dom.js";
import { fixed, powerSymbol, significant } from "./format.js";

// e^z of one class, and of all the others together. Where the plain ones overflow or vanish, of
// those that softmax really takes.
export function othersTogether(data, k) {
  const e = (data.shifted?.exponential ?? data.exponential).map(Number);
  return [e[k], e.reduce((sum, x, i) => (i === k ? sum : sum + x), 0)];
}

export function story(data, k, before) {
  const name = (i) => data.names[i] || filled(data.words.class_name, { number: i + 1 });
  const moved = before && before.logit.length === data.logit.length && before.loss_id === data.loss_id;
  const way = (read) => [moved ? fixed(read(before)) : null, fixed(read(data))];
  const [own, others] = othersTogether(data, k).map((x) => significant(x));
  const [from, to] = way((d) => d.probability[k]);
  const went = moved && Number(before.logit[k]) !== Number(data.logit[k]);
  const told = [[went ? "share_moved" : "share", { name: name(k), power: powerSymbol(data), own, others, before: from, now: to }]];
  if (!went || data.compact?.loss === false) return told;
  const [lossBefore, lossNow] = way((d) => d.loss);
  const label = data.target.findIndex((y) => Number(y) === 1);
  const byLabel = label >= 0 && data.loss_id === "cross_entropy";
  const [labelBefore, labelNow] = byLabel ? way((d) => d.probability[label]) : [];
  told.push([byLabel ? "loss_of_label_moved" : "loss_moved", { label: byLabel ? name(label) : "", label_before: labelBefore, label_now: labelNow, before: lossBefore, now: lossNow }]);
  return told;
}
