// Which parts a bench has: all of them, or the few that stand beside a lesson's screen.

import { Answers } from "./answers.js";
import { html } from "./dom.js";
import { Explanation } from "./explanation.js";
import { Exponential, Gradient, Probability, Slope } from "./figures.js";
import { Handle } from "./handle.js";
import { Jacobian } from "./jacobian.js";
import { Label, Remove } from "./lane.js";
import { LogitField, Name } from "./lane_fields.js";
import { Lanes } from "./lanes.js";
import { SideAnswers } from "./side_answers.js";
import { Simplex } from "./simplex.js";
import { Summary } from "./summary.js";
import { Target } from "./target.js";
import { Toolbar } from "./toolbar.js";
import { Tour } from "./tour.js";

// Each gives the parts that follow the numbers, the grids that arrow keys walk through, what
// explains the number pointed at, and the nodes to be shown.
export function whole(bench) {
  const toolbar = new Toolbar(bench);
  const lanes = new Lanes(bench, [Name, Handle, LogitField, Exponential, Probability, Target, Slope, Gradient, Remove], true);
  const jacobian = new Jacobian();
  const answers = new Answers(bench);
  const simplex = new Simplex(bench);
  const explanation = new Explanation("loss");
  const summary = new Summary();
  explanation.root.prepend(summary.root);
  const tour = new Tour(bench);
  toolbar.root.firstChild.append(tour.start);
  const below = html("div", { class: "answers" }, answers.root, html("div", { class: "place" }, explanation.root));
  const nodes = [toolbar.root, tour.root, html("div", { class: "stage" }, lanes.root, jacobian.root, below, simplex.root)];
  return { parts: [toolbar, lanes, jacobian, answers, summary, simplex, tour], grids: [lanes, jacobian], explanation, tour, nodes };
}

export function compact(bench, { target, loss }) {
  const lanes = new Lanes(bench, [Label, Handle, LogitField, Probability, ...(target ? [Target] : [])]);
  const answers = new SideAnswers(bench, loss);
  const explanation = new Explanation(loss ? "loss" : "probability");
  const simplex = new Simplex(bench);
  const nodes = [lanes.root, answers.root, explanation.root, simplex.root];
  return { parts: [lanes, answers, simplex], grids: [lanes], explanation, nodes };
}
