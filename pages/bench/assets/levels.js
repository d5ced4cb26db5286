// Lines of equal loss on the triangle of three classes: the loss at the points of a grid, and the
// places on the grid's edges at which it passes through a level. A point is written by its shares
// b of the three corners, which sum to 1.

import { lossOf, lossValue } from "./losses.js";

// Of the grid, along each side of the triangle: fewer where it is gone through in each frame.
const SIDES = 32;
const FEW_SIDES = 20;
const CROWDING = 1.5; // of its points towards the edges, where a loss with a logarithm is steep
const LINES = 7; // about as many
const MOST_ROUNDS = 60;

// The loss as a function of b, in the slice of all distributions in which the three classes hold
// what they hold now, and every other class keeps its probability. Nothing where the browser does
// not know the loss.
function lossOn(data, corners) {
  const loss = lossOf(data);
  if (!loss) return null;
  const y = data.target.map(Number);
  const now = data.probability.map(Number);
  const held = data.logit.length === 3 ? 1 : corners.reduce((total, k) => total + now[k], 0);
  const logs = now.map(Math.log);
  return (b) => {
    corners.forEach((k, corner) => {
      now[k] = held * b[corner];
      logs[k] = Math.log(now[k]);
    });
    return lossValue(loss, y, now, logs);
  };
}

function crowded(shares) {
  const powers = shares.map((share) => share ** CROWDING);
  const sum = powers.reduce((total, x) => total + x, 0);
  return powers.map((x) => x / sum);
}

// The grid's points with the loss at each, and its small triangles.
function gridOf(loss, sides) {
  const points = [];
  const place = (i, j) => (i * (2 * sides + 3 - i)) / 2 + j; // rows of sides + 1, sides, ... points
  const triangles = [];
  for (let i = 0; i <= sides; i += 1) {
    for (let j = 0; i + j <= sides; j += 1) {
      const b = crowded([i, j, sides - i - j]);
      points.push({ b, value: loss(b) });
      if (i + j < sides) triangles.push([place(i, j), place(i + 1, j), place(i, j + 1)]);
      if (i + j < sides - 1) triangles.push([place(i + 1, j + 1), place(i + 1, j), place(i, j + 1)]);
    }
  }
  return { points, triangles };
}

const between = (p, q, t) => p.map((x, k) => x + t * (q[k] - x));

// Where the loss is `level` on the way from p, below it, to q: by false position, and by halves
// where an end is infinite or one end stays where it is.
function crossing(loss, p, q, level) {
  let [low, high] = [0, 1];
  let [below, above] = [p.value - level, q.value - level];
  let t = 0.5;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const halve = round % 3 === 2 || !Number.isFinite(below) || !Number.isFinite(above);
    t = halve ? (low + high) / 2 : low - (below * (high - low)) / (above - below);
    const value = loss(between(p.b, q.b, t)) - level;
    if (Math.abs(value) <= 1e-6 * (1 + Math.abs(level))) break;
    if (value < 0) [low, below] = [t, value];
    else [high, above] = [t, value];
  }
  return between(p.b, q.b, t);
}

// The line of one level, as pieces [b, b]: one in each small triangle that it passes through.
function lineAt(loss, { points, triangles }, level) {
  const pieces = [];
  for (const corners of triangles) {
    const of = corners.map((k) => points[k]);
    const low = of.filter(({ value }) => value < level);
    if (low.length === 0 || low.length === 3) continue;
    const high = of.filter(({ value }) => !(value < level));
    const pairs = low.length === 1 ? high.map((q) => [low[0], q]) : low.map((p) => [p, high[0]]);
    pieces.push(pairs.map(([p, q]) => crossing(loss, p, q, level)));
  }
  return pieces;
}

// 1, 2 or 5 times a power of ten, not below x.
function round(x) {
  const unit = 10 ** Math.floor(Math.log10(x));
  return unit * [1, 2, 5, 10].find((k) => k * unit >= x * (1 - 1e-9));
}

// The levels: equal steps of a round size. The steepest places, near an edge at which the loss is
// infinite, are left out: the lines there would fall into one.
function levelsOf({ points }) {
  const values = points.map(({ value }) => value).filter(Number.isFinite).sort((p, q) => p - q);
  const [least, most] = [values[0], values[Math.floor(0.75 * (values.length - 1))]];
  if (!(most - least > 1e-9 * (1 + Math.abs(most)))) return { step: null, levels: [] };
  const step = round((most - least) / LINES);
  const levels = [];
  for (let k = Math.floor(least / step) + 1; k * step <= most; k += 1) levels.push(k * step);
  return { step, levels };
}

// The lines stay the same while only a logit of three classes moves: they are kept until they change.
export class Levels {
  update(data, corners) {
    const others = data.logit.length === 3 ? [] : data.probability.filter((_, k) => !corners.includes(k));
    const key = JSON.stringify([data.loss_id, data.target, corners, others]);
    if (key === this.key) return;
    this.key = key;
    this.loss = lossOn(data, corners);
    this.grid = this.loss && gridOf(this.loss, others.length ? FEW_SIDES : SIDES);
    const { step, levels } = this.loss ? levelsOf(this.grid) : { step: null, levels: [] };
    this.step = step;
    this.lines = levels.map((level) => ({ level, pieces: lineAt(this.loss, this.grid, level) }));
  }

  through(level) {
    return this.step === null || !Number.isFinite(level) ? [] : lineAt(this.loss, this.grid, level);
  }
}
