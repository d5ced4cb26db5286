"""Cross-entropy beside squared error: along a path to the right answer, and the slip a - y."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core import LOSSES, logsumexp, softmax, softmax_loss, softmax_vjp
from pages.lessons.any_loss.numbers import Passage, passage_of_loss
from pages.visit.presets import PRESETS
from pages.visit.state import LabState
from pages.widgets.figure import Vector

REACH = 8.0  # how far the path leads beyond the place where the true class has half of all
_SMALLEST = 1e-9  # below it two gradients count as one


class LossPath(NamedTuple):
    """Both losses of one label while its logit moves: an entry for each place it comes to."""

    logits: Vector
    share: Vector  # a_t
    losses: Mapping[str, Vector]
    slopes: Mapping[str, Vector]  # dL/dz_t

    @property
    def factor(self) -> Vector:
        """a_t (1 - a_t)."""
        return np.asarray(self.share * (1 - self.share))


def label_of(state: LabState) -> int:
    """Return the label t; of a soft target the class that has most."""
    return int(np.argmax(state.distribution))


def path(state: LabState, places: Vector) -> LossPath:
    """Move the logit of the label to each place."""
    label = label_of(state)
    rows = np.tile(np.array(state.logits), (len(places), 1))
    rows[:, label] = places
    labels = np.full(len(places), label)
    results = {
        name: softmax_loss(rows, labels, loss=name, reduction="none")
        for name in ("cross_entropy", "mean_squared_error")
    }
    return LossPath(
        places,
        softmax(rows)[:, label],
        {name: np.asarray(r.value) for name, r in results.items()},
        {name: np.asarray(r.grad_logits)[:, label] for name, r in results.items()},
    )


def halfway(state: LabState) -> float:
    """Return where the label's logit draws level with all the others together."""
    others = np.delete(np.array(state.logits), label_of(state))
    return float(logsumexp(others)) if np.isfinite(others).any() else 0.0


def reach_of_path(state: LabState) -> tuple[float, float]:
    """Return from where to where the path leads, whole numbers: past the learner's own place."""
    middle, own = halfway(state), state.logits[label_of(state)]
    ends = [middle - REACH, middle + REACH] + ([own] if np.isfinite(own) else [])
    return float(math.floor(min(ends))), float(math.ceil(max(ends)))


def others_spread(state: LabState) -> float:
    """Return c = 2 (1 + sum q_k^2) / n, q being the others' shares among themselves.

    Along the path, dL/dz_t of squared error is that of cross-entropy times c a_t (1 - a_t).
    """
    others = np.delete(np.array(state.logits), label_of(state))
    q = softmax(others) if np.isfinite(others).any() else np.zeros(1)
    return float(2 * (1 + q @ q) / state.classes)


@dataclass(frozen=True, eq=False)
class Counterexample:
    """What an answer says the gradient of squared error is, and what it is.

    state     the numbers at which they are compared
    worst     the class, from 0, at which they differ most
    """

    state: LabState
    answer: Vector
    passed: Passage
    worst: int


def tried_answer(state: LabState, answer: str) -> Counterexample:
    """Compare an answer with squared error's gradient, where the two can be told apart.

    That is at the learner's own numbers, unless their prediction is right already.
    """
    tried = _answered(state, answer)
    if answer != "rule" and np.abs(tried.answer - tried.passed.gradient).max() < _SMALLEST:
        return _answered(PRESETS["squared"], answer)
    return tried


def _answered(state: LabState, answer: str) -> Counterexample:
    passed = passage_of_loss(state, LOSSES["mean_squared_error"])
    a, y = passed.probabilities, state.distribution
    said = {
        "difference": a - y,
        "scaled": 2 * (a - y) / state.classes,
        "rule": softmax_vjp(a, 2 * (a - y) / state.classes) + 0.0,
    }[answer]
    worst = int(np.argmax(np.abs(said - passed.gradient)))
    return Counterexample(state, said, passed, worst)
