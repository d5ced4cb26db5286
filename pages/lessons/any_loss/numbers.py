"""A gradient on its way through softmax: from dL/da to dL/dz, by core, at temperature 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from core import (
    LOSSES,
    GradientCheck,
    InvalidInput,
    Loss,
    check_gradient,
    focal,
    label_smoothed,
    softmax,
    softmax_loss,
    softmax_vjp,
)
from pages.lessons.any_loss.kinks import Kink, first_kink
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.widgets.difference_step import STEP
from pages.widgets.figure import Vector

_SMALLER_STEPS = (2.0**-19, 2.0**-23, 2.0**-27)


@dataclass(frozen=True, eq=False)
class Passage:
    """What softmax makes of a gradient, class by class.

    probabilities  a
    upstream       g = dL/da; infinite where a loss is steep without end, at a = 0
    mean           sum_k g_k a_k; None where that is 0 times infinity
    gradient       dL/dz
    check          dL/dz beside differences of the loss; None without a loss, or where the loss is
                   not finite at the learner's numbers or a step beside them
    kink           where the loss has no derivative: then there is nothing for a check to confirm
    """

    probabilities: Vector
    upstream: Vector
    mean: float | None
    gradient: Vector
    check: GradientCheck | None = None
    kink: Kink | None = None


def passage(state: LabState, upstream: Vector) -> Passage:
    """Send any finite g through softmax."""
    a = softmax(state.logits)
    # + 0.0: a product with 0 may be -0, and a sign there means nothing.
    return Passage(a, upstream, float(a @ upstream), softmax_vjp(a, upstream) + 0.0)


def passage_of_loss(state: LabState, loss: Loss) -> Passage:
    """Send the g of a loss through softmax, checked by central differences."""
    y = state.distribution
    result = softmax_loss(state.logits, y, loss=loss)
    a, g = result.probabilities, result.grad_probabilities
    mean = float(a @ g) if np.isfinite(g).all() else None

    def value(z: Vector) -> float:
        return float(softmax_loss(z, y, loss=loss).value)

    passed = Passage(a, g, mean, result.grad_logits)
    return checked(value, passed, state) if np.isfinite(result.value) else passed


def checked(value: Callable[[Vector], Any], passed: Passage, state: LabState) -> Passage:
    """Hold dL/dz against differences, one-sided ones first; not where a step leads to no loss.

    Where the usual step does not confirm it, smaller ones may: it has reached over a bend.
    """
    try:
        kink = first_kink(value, state.logits)
        checks = [
            check_gradient(value, passed.gradient, np.array(state.logits), step=step)
            for step in (STEP, *_SMALLER_STEPS)
        ]
    except InvalidInput:
        return passed
    check = next((x for x in checks if x.passed), checks[0])
    return replace(passed, check=check, kink=kink)


def chosen_loss(state: LabState, choices: Choices) -> Loss:
    """Return the learner's loss, with the amount that this page lets them set."""
    if state.loss == "focal":
        return focal(choices.own_loss.gamma)
    if state.loss == "label_smoothed_cross_entropy":
        return label_smoothed(choices.own_loss.smoothing)
    return LOSSES[state.loss]


def chosen_passage(state: LabState, choices: Choices) -> Passage:
    """Send the learner's own g through softmax, or that of their loss."""
    own = choices.own_loss.for_classes(state.classes).upstream
    if own:
        return passage(state, np.array(own))
    return passage_of_loss(state, chosen_loss(state, choices))
