"""A gradient on its way through softmax: from dL/da to dL/dz, by core, at temperature 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

_WITH_AMOUNT: dict[str, tuple[str, Callable[[float], Loss]]] = {
    "focal": ("gamma", focal),
    "label_smoothed_cross_entropy": ("smoothing", label_smoothed),
}
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
    return _checked_by(loss, _unchecked(state, loss), state)


def _unchecked(state: LabState, loss: Loss) -> Passage:
    result = softmax_loss(state.logits, state.distribution, loss=loss)
    a, g = result.probabilities, result.grad_probabilities
    mean = float(a @ g) if np.isfinite(g).all() else None
    return Passage(a, g, mean, result.grad_logits)


def _checked_by(loss: Loss, passed: Passage, state: LabState) -> Passage:
    y = state.distribution

    def value(z: Any) -> float:
        return float(softmax_loss(z, y, loss=loss).value)

    return checked(value, passed, state) if np.isfinite(value(state.logits)) else passed


def checked(value: Callable[[Vector], Any], passed: Passage, state: LabState) -> Passage:
    """Hold dL/dz against differences, one-sided ones first; not where a step leads to no loss.

    Where the usual step does not confirm it, smaller ones may: it has reached over a bend.
    """
    try:
        kink = first_kink(value, state.logits)
        checks = (
            check_gradient(value, passed.gradient, np.array(state.logits), step=step)
            for step in (STEP, *_SMALLER_STEPS)
        )
        usual = next(checks)
        check = usual if usual.passed else next((x for x in checks if x.passed), usual)
    except InvalidInput:
        return passed
    return replace(passed, check=check, kink=kink)


def amount_of(state: LabState, choices: Choices) -> str:
    """Return which amount makes g: that of the loss, where it has one; else what is added to g."""
    own = choices.own_loss.for_classes(state.classes).upstream
    return "added" if own or state.loss not in _WITH_AMOUNT else _WITH_AMOUNT[state.loss][0]


def passages(state: LabState, choices: Choices, amounts: Iterable[float]) -> list[Passage]:
    """Send the learner's own g through softmax, or that of their loss, at each amount."""
    if amount_of(state, choices) == "added":
        own = choices.own_loss.for_classes(state.classes).upstream
        g = passage(state, np.array(own)) if own else _unchecked(state, LOSSES[state.loss])
        return [_raised(g, c) for c in amounts]
    _, made = _WITH_AMOUNT[state.loss]
    return [_unchecked(state, made(amount)) for amount in amounts]


def _raised(passed: Passage, c: float) -> Passage:
    """Add c to every entry of g."""
    a, g = passed.probabilities, passed.upstream + c
    if c == 0 or passed.mean is None:
        return replace(passed, upstream=g)
    return Passage(a, g, float(a @ g), softmax_vjp(a, g) + 0.0)


def chosen_upstream(state: LabState, choices: Choices) -> Vector:
    """Return the learner's own g, or that of their loss, before anything is added to it."""
    name = amount_of(state, choices)
    amount = 0.0 if name == "added" else getattr(choices.own_loss, name)
    return passages(state, choices, [amount])[0].upstream


def chosen_passage(state: LabState, choices: Choices) -> Passage:
    """Send the learner's own g through softmax, or that of their loss, at the chosen amount."""
    own = choices.own_loss
    amount = getattr(own, amount_of(state, choices))
    (passed,) = passages(state, choices, [amount])
    if own.for_classes(state.classes).upstream:
        return passed
    # Adding c to g adds c times the sum of a to the loss, which is the same c everywhere.
    _, made = _WITH_AMOUNT.get(state.loss, ("", lambda _: LOSSES[state.loss]))
    return _checked_by(made(amount), passed, state)
