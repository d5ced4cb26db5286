// The triangle of all distributions over three classes, with the bench's a in it. In one view the
// target, the lines of equal loss and a step against the gradient; in the other the columns of the
// Jacobian. Of more classes the learner picks three: a point is their shares of what they hold.

import { filled, html, set, setText, svg } from "./dom.js";
import { fixed, plain } from "./format.js";
import { Levels } from "./levels.js";
import { lossOf, lossValue } from "./losses.js";
import { className } from "./names.js";
import { probabilities } from "./mirror.js";

const CORNERS = [[170, 30], [30, 272.5], [310, 272.5]];
const RATE = 1; // eta of the step
const LONGEST_NAME = 16;
const HEAD = 9; // px, an arrow's head

const total = (values) => values.reduce((sum, x) => sum + x, 0);
const at = (b) => [0, 1].map((axis) => total(b.map((share, k) => share * CORNERS[k][axis])));
// The three's shares of what they hold together; nothing where they hold nothing.
function sharesOf(values, corners) {
  const held = total(corners.map((k) => Number(values[k])));
  return held > 0 ? corners.map((k) => Number(values[k]) / held) : null;
}
const list = (values) => values.map(fixed).join(", ");
const path = (pieces) =>
  pieces.map(([p, q]) => `M${at(p).map((x) => x.toFixed(7)).join(" ")}L${at(q).map((x) => x.toFixed(7)).join(" ")}`).join("");

// What follows z - eta dL/dz: the probabilities and, where the browser knows it, the loss.
function stepped(data) {
  const z = data.logit.map((logit, k) => Number(logit) - RATE * Number(data.gradient[k]));
  const { a, logA } = probabilities(z, data.temperature);
  const loss = lossOf(data);
  return { a, loss: loss && lossValue(loss, data.target.map(Number), a, logA) };
}

// The slopes of the shares, column by column: d b_i / d z_j for the classes i and j of the corners.
// Of three classes in all, these are the Jacobian's own columns.
function columns(data, corners, b) {
  const held = total(corners.map((k) => Number(data.probability[k])));
  return corners.map((j) => {
    const column = corners.map((i) => Number(data.jacobian[i][j]));
    return column.map((slope, k) => (slope - b[k] * total(column)) / held);
  });
}

class Arrow {
  constructor(name, label = "") {
    this.shaft = svg("line", { "data-simplex-arrow": name });
    this.head = svg("path");
    this.label = svg("text", {}, label);
    this.root = svg("g", { class: `arrow ${name}` }, this.shaft, this.head, this.label);
  }

  draw(from, to) {
    const [[x1, y1], [x2, y2]] = [from, to].map(at);
    for (const [name, value] of Object.entries({ x1, y1, x2, y2 })) set(this.shaft, name, value);
    const length = Math.hypot(x2 - x1, y2 - y1);
    const [dx, dy] = length > 0 ? [(x2 - x1) / length, (y2 - y1) / length] : [0, 0];
    const size = Math.min(HEAD, length);
    const back = (side) => `${x2 - size * (dx - side * 0.45 * dy)} ${y2 - size * (dy + side * 0.45 * dx)}`;
    set(this.head, "d", `M${x2} ${y2}L${back(1)}L${back(-1)}Z`);
    set(this.label, "x", x2 + 11 * dx);
    set(this.label, "y", y2 + 11 * dy + 4);
  }
}

export class Simplex {
  constructor(bench) {
    this.bench = bench;
    this.levels = new Levels();
    this.title = html("summary");
    this.names = CORNERS.map(([x, y], k) =>
      svg("text", { class: "corner", x: [x, 8, 332][k], y: k ? y + 26 : y - 15, "text-anchor": ["middle", "start", "end"][k] }),
    );
    this.lines = svg("g", { class: "levels" });
    this.own = svg("path", { class: "own" });
    this.step = new Arrow("step");
    this.columns = ["z₁", "z₂", "z₃"].map((label, k) => new Arrow(`column-${k + 1}`, label));
    this.target = svg("circle", { class: "y", r: 8, "data-simplex-point": "y" });
    this.point = svg("circle", { class: "a", r: 6, "data-simplex-point": "a" });
    this.legend = html("ul", { id: "simplex-legend" });
    this.picture = svg(
      "svg",
      { viewBox: "0 0 340 306", role: "img", "aria-describedby": "simplex-legend" },
      svg("polygon", { points: CORNERS.map((corner) => corner.join(",")).join(" ") }),
      this.lines, this.own, this.target, this.step.root, ...this.columns.map((arrow) => arrow.root), this.point, ...this.names,
    );
    this.selects = CORNERS.map((_, k) => {
      const select = html("select", { "data-simplex-corner": k + 1 });
      select.addEventListener("change", () => this.pick(k, Number(select.value)));
      return select;
    });
    this.choice = html("div", { class: "corners" }, ...this.selects);
    this.drawing = html("div", { class: "drawing" }, this.choice, this.picture);
    this.root = html("details", { class: "simplex" }, this.title, this.drawing, this.legend);
    // On a phone it is a long way down: there it is opened by who wants it.
    this.root.open = !matchMedia("(max-width: 48rem)").matches;
    this.root.addEventListener("toggle", () => bench.data && this.update(bench.data, bench.data.words));
  }

  // Put a class at a corner; the corner at which it stands now takes the other one in exchange.
  pick(corner, index) {
    const corners = [...this.corners];
    const elsewhere = corners.indexOf(index);
    if (elsewhere >= 0) corners[elsewhere] = corners[corner];
    corners[corner] = index;
    this.bench.propose({ kind: "corners", corners });
  }

  update(data, words) {
    set(this.root, "hidden", data.simplex ? null : "");
    if (!data.simplex) return;
    setText(this.title, words.simplex);
    if (!this.root.open) return;
    const few = data.logit.length < 3;
    set(this.drawing, "hidden", few ? "" : null);
    if (few) this.say([["", words.simplex_two]]);
    else this.draw(data, words);
  }

  draw(data, words) {
    this.corners = data.corners;
    const { corners } = this;
    const names = corners.map((k) => className(data, words, k));
    this.name(data, words, names);
    const a = sharesOf(data.probability, corners);
    const loss = data.simplex === "loss";
    const held = total(corners.map((k) => Number(data.probability[k])));
    const said = [];
    if (data.logit.length > 3) said.push(["", filled(words.simplex_three, { names: names.join(words.simplex_and), held: fixed(held) })]);
    this.place(this.point, a);
    if (a) said.push(["a", filled(words.simplex_a, { a: list(a) })]);
    else said.push(["", words.simplex_nothing]);
    for (const node of [this.lines, this.own, this.target, this.step.root]) set(node, "hidden", loss ? null : "");
    for (const arrow of this.columns) set(arrow.root, "hidden", loss || !a ? "" : null);
    said.push(...(loss ? this.drawLoss(data, words, a) : a ? this.drawColumns(data, words, a) : []));
    this.say(said);
  }

  // Write the classes' names at the corners, and in the fields that pick them.
  name(data, words, names) {
    names.forEach((name, k) => {
      const letters = [...name];
      setText(this.names[k], letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join("")}…` : name);
    });
    set(this.picture, "aria-label", filled(words.simplex_aria, { first: names[0], second: names[1], third: names[2] }));
    set(this.choice, "hidden", data.logit.length > 3 ? null : "");
    if (data.logit.length <= 3) return;
    this.selects.forEach((select, corner) => {
      set(select, "aria-label", filled(words.simplex_corner, { number: corner + 1 }));
      const all = data.logit.map((_, k) => className(data, words, k));
      if (select.dataset.names !== JSON.stringify(all)) {
        select.replaceChildren(...all.map((name, k) => html("option", { value: k }, name)));
        select.dataset.names = JSON.stringify(all);
      }
      select.value = this.corners[corner];
    });
  }

  place(circle, b) {
    set(circle, "hidden", b ? null : "");
    if (!b) return;
    const [x, y] = at(b);
    set(circle, "cx", x);
    set(circle, "cy", y);
  }

  drawLoss(data, words, a) {
    const said = [];
    const y = sharesOf(data.target, this.corners);
    this.place(this.target, y);
    if (y) said.push(["y", filled(words.simplex_y, { y: y.map(plain).join(", ") })]);
    else said.push(["", words.simplex_no_target]);
    const after = stepped(data);
    const b = sharesOf(after.a, this.corners);
    set(this.step.root, "hidden", a && b ? null : "");
    if (a && b) {
      this.step.draw(a, b);
      const known = Number.isFinite(after.loss) && Number.isFinite(Number(data.loss));
      const text = known ? words.simplex_step_loss : words.simplex_step;
      said.push(["step", filled(text, { rate: RATE, a: list(b), before: fixed(data.loss), after: fixed(after.loss) })]);
    }
    this.drawLevels(data, a);
    if (this.levels.step !== null) said.push(["level", filled(words.simplex_levels, { step: plain(this.levels.step) })]);
    else if (this.levels.loss) said.push(["", words.simplex_flat]);
    return said;
  }

  drawLevels(data, a) {
    const { key } = this.levels;
    this.levels.update(data, this.corners);
    if (key !== this.levels.key)
      this.lines.replaceChildren(...this.levels.lines.map(({ level, pieces }) => svg("path", { "data-level": level, d: path(pieces) })));
    const through = a ? this.levels.through(Number(data.loss)) : [];
    set(this.own, "data-level", data.loss);
    set(this.own, "d", path(through));
  }

  // Arrow j leads to where a would be if z_j rose by T and the slope stayed what it is: never out of
  // the triangle, for a + a (1 - a) <= 1 and a_k - a_k a_j >= 0.
  drawColumns(data, words, a) {
    const T = data.temperature;
    columns(data, this.corners, a).forEach((column, j) => {
      this.columns[j].draw(a, a.map((share, i) => share + T * column[i]));
      setText(this.columns[j].label, `z${"₁₂₃₄₅₆₇₈₉"[this.corners[j]] ?? "₁₀"}`);
    });
    const text = data.logit.length > 3 ? words.simplex_columns_three : words.simplex_columns;
    return [["column", filled(text, { rise: plain(T) })]];
  }

  // The legend, which is also the picture in words.
  say(lines) {
    while (this.legend.children.length < lines.length) this.legend.append(html("li"));
    while (this.legend.children.length > lines.length) this.legend.lastChild.remove();
    lines.forEach(([mark, text], k) => {
      set(this.legend.children[k], "data-mark", mark);
      setText(this.legend.children[k], text);
    });
  }
}
