"""A derivation as a lesson shows it: the learner's numbers for it, and two witnesses of its result.

Classes, inputs and samples count from 0 here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from core import central_difference, softmax_loss
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.widgets.difference_step import difference_step
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction

Numbers: TypeAlias = Mapping[str, Any]
# Computes every entry of the result from the numbers; the loss is the learner's.
Computed: TypeAlias = Callable[[Numbers, str], Any]


class NoNumbersError(ValueError):
    """The learner's numbers cannot be put into the lines; `reason` is the id of a label."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _logits(state: LabState, _choices: Choices) -> Numbers:
    return {"z": np.array(state.logits)}


@dataclass(frozen=True)
class LessonDerivation:
    """A derivation by its id, and what a lesson adds to it.

    numbers   the learner's numbers by letter, as the lines call them
    core      the result as core computes it
    other     the result computed another way: by differences, unless `other_way` says otherwise
    in_pieces whether core has no function for the result, but for what it is made of
    other_way the label of the other way
    one_hot   whether the class t is fixed: the learner's label
    prediction  what is asked before the walk, where the derivation is a screen
    """

    id: str
    core: Computed
    other: Computed
    numbers: Callable[[LabState, Choices], Numbers] = _logits
    in_pieces: bool = False
    other_way: str = "difference"
    one_hot: bool = False
    prediction: Prediction | None = None


@dataclass(frozen=True)
class Example:
    """Numbers for one derivation: arrays and scalars by letter, and the index fixed beforehand.

    fixed   the class t of a one-hot target, which no one is to choose; from 1
    """

    numbers: Numbers
    fixed: Mapping[str, int]

    def size_of(self, index: str) -> int:
        """Return how far an index of the lines runs: over inputs, samples or classes."""
        if index == "d":
            return int(self.numbers["o"].shape[-1])
        if index == "s":
            return int(self.numbers["y"].shape[0])
        return int(self.numbers["z" if "z" in self.numbers else "b"].shape[-1])


def example(
    one: LessonDerivation, state: LabState, choices: Choices, more: Numbers | None = None
) -> Example:
    """Return the learner's numbers for a derivation, with `more` in the place of some of them.

    Raises NoNumbersError where one is infinite: the lines stand for finite numbers.
    """
    numbers = {**one.numbers(state, choices), **(more or {})}
    if not all(np.isfinite(value).all() for value in numbers.values()):
        raise NoNumbersError("masked" if -math.inf in state.logits else "infinite")
    label = int(np.argmax(state.distribution))
    return Example(numbers, {"t": label + 1} if one.one_hot else {})


def logits_and_targets(state: LabState, _choices: Choices) -> Numbers:
    """Return z and y."""
    return {"z": np.array(state.logits), "y": state.distribution}


def by_rows(f: Callable[[Vector], Vector], x: Vector, temperature: float = 1.0) -> Vector:
    """Return the derivative of a vector function by central differences, (outputs, inputs)."""
    step = difference_step(temperature)

    def output(i: int) -> Callable[[Vector], float]:
        return lambda at: float(f(at)[i])

    return np.array([central_difference(output(i), x, step=step) for i in range(len(f(x)))])


def loss_by_differences(x: Numbers, loss: str) -> Vector:
    """Return the gradient of a loss with respect to the logits by central differences."""
    return central_difference(
        lambda z: float(softmax_loss(z, x["y"], loss=loss).value), np.asarray(x["z"])
    )


def gradient_of(loss: str) -> tuple[Computed, Computed]:
    """Return core's gradient with respect to the logits, and that by differences."""
    return (
        lambda x, _: softmax_loss(x["z"], x["y"], loss=loss).grad_logits,
        lambda x, _: loss_by_differences(x, loss),
    )
