// The symbols of the classes, within a circle of radius 1, as pages/lessons/training/regions_figure.py
// names them.

const corner = (turn, radius) => [radius * Math.sin(turn * 2 * Math.PI), -radius * Math.cos(turn * 2 * Math.PI)];
const polygon = (corners, turn = 0) => Array.from({ length: corners }, (_, k) => corner(k / corners + turn, 1));
const star = (points, inner) => Array.from({ length: 2 * points }, (_, k) => corner(k / points / 2, k % 2 ? inner : 1));
const CROSS = [[-1, -3], [1, -3], [1, -1], [3, -1], [3, 1], [1, 1], [1, 3], [-1, 3], [-1, 1], [-3, 1], [-3, -1], [-1, -1]].map(
  ([x, y]) => [x / 3, y / 3],
);
const HALF = Math.SQRT1_2;

export const SYMBOLS = {
  circle: polygon(20),
  square: polygon(4, 1 / 8),
  "triangle-up": polygon(3),
  diamond: polygon(4),
  cross: CROSS,
  x: CROSS.map(([x, y]) => [HALF * (x - y), HALF * (x + y)]),
  star: star(5, 0.45),
  "triangle-down": polygon(3, 1 / 2),
  pentagon: polygon(5),
  hexagram: star(6, 0.55),
};

export const outline = (symbol, x, y, radius) =>
  `M${SYMBOLS[symbol].map(([a, b]) => `${(x + radius * a).toFixed(2)},${(y + radius * b).toFixed(2)}`).join("L")}Z`;
