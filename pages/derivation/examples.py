"""The learner's own numbers, in the form in which each derivation is read.

Classes, inputs and samples count from 0 here. A batch needs more than logits: a small layer
is fitted so that its logits, for the first sample, are the learner's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from core import one_hot, softmax_loss
from pages.lessons.network.descent import descent
from pages.lessons.softmax.who_looks_figure import unmasked_pair
from pages.visit.layer import Layer
from pages.visit.state import LabState
from pages.widgets.figure import Vector

# A layer with three inputs, and what its inputs are for up to three samples.
INPUTS = np.array([[1.0, -2.0, 0.5], [0.5, 1.0, -1.0], [-1.0, 0.0, 2.0]])
# A diverged layer's exponentials have exponents that no line could hold.
LARGEST_SCORE = 1e15
L2 = 0.1  # large enough to be seen in the fourth decimal


@dataclass(frozen=True)
class Example:
    """Numbers for one derivation: arrays and scalars by letter, and the index fixed beforehand.

    fixed   the class t of a one-hot target, which no one is to choose; from 1
    """

    numbers: Mapping[str, Any]
    fixed: Mapping[str, int]

    def size_of(self, index: str) -> int:
        """Return how far an index of the lines runs: over inputs, samples or classes."""
        if index == "d":
            return int(self.numbers["o"].shape[-1])
        if index == "s":
            return int(self.numbers["y"].shape[0])
        return int(self.numbers["z" if "z" in self.numbers else "b"].shape[-1])


class NoNumbersError(ValueError):
    """The learner's numbers cannot be put into the lines; `reason` is the id of a label."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def example(
    identifier: str,
    state: LabState,
    *,
    samples: int = 2,
    shift: float = 3.0,
    own_layer: Layer | None = None,
) -> Example:
    """Return the learner's numbers for a derivation.

    samples   N of a batch
    own_layer the layer of the network lesson, by default the one that every visit begins with
    shift     c, what is added to every logit

    Raises NoNumbersError where one is infinite: the lines stand for finite numbers.
    """
    z, y = np.array(state.logits), state.distribution
    label = int(np.argmax(y))
    fixed = {"t": label + 1} if identifier == "cross_entropy_one_hot" else {}
    numbers: Mapping[str, Any]
    match identifier:
        case "cross_entropy_gradient" | "mean_squared_error_gradient" | "cross_entropy_hessian":
            numbers = {"z": z, "y": y}
        case "cross_entropy_one_hot":
            numbers = {"z": z, "y": one_hot(label, state.classes)}
        case "cross_entropy_convexity":
            numbers = {"z": z, "y": y, "v": direction(state)}
        case "upstream_gradient":
            numbers = {"z": z, "y": y, "g": upstream(state)}
        case "shift_invariance":
            numbers = {"z": z, "c": shift}
        case "temperature_gradient" | "temperature_sensitivity":
            numbers = {"z": z, "T": state.temperature}
        case "sigmoid_as_two_classes":
            numbers = {"z": z[list(unmasked_pair(state.logits))]}
        case "layer_gradient" | "layer_bias_gradient" | "layer_input_gradient":
            numbers = _layer_numbers(state, own_layer or Layer())
        case "batch_mean_gradient":
            weights, bias = layer(state)
            inputs, batch_y = INPUTS[:samples], targets(state, samples)
            numbers = {"w": weights, "b": bias, "o": inputs, "y": batch_y, "l2": L2}
        case "batch_mean_logit_gradient":
            weights, bias = layer(state)
            numbers = {"z": INPUTS[:samples] @ weights.T + bias, "y": targets(state, samples)}
        case _:
            numbers = {"z": z}
    if not all(np.isfinite(value).all() for value in numbers.values()):
        raise NoNumbersError("masked" if -math.inf in state.logits else "infinite")
    return Example(numbers, fixed)


def _layer_numbers(state: LabState, own: Layer) -> Mapping[str, Any]:
    """Return the numbers of the network lesson's layer after its steps."""
    seen = descent(state, own)
    if np.abs(seen.scores).max() > LARGEST_SCORE:
        raise NoNumbersError("large")
    return {"w": seen.weights, "b": seen.bias, "o": seen.inputs[0], "y": seen.targets[0]}


def layer(state: LabState) -> tuple[Vector, Vector]:
    """Return weights (n, 3) and a bias (n,) whose logits for the first inputs are the learner's."""
    k, d = np.indices((state.classes, INPUTS.shape[1]))
    weights = ((3 * k + 2 * d) % 7 - 3) / 10
    return weights, np.array(state.logits) - weights @ INPUTS[0]


def targets(state: LabState, samples: int) -> Vector:
    """Return targets (N, n): the learner's own, then one class further each."""
    first = state.distribution
    return np.array([np.roll(first, s) for s in range(samples)])


def upstream(state: LabState) -> Vector:
    """Return dL/da of the learner's loss, (n,)."""
    result = softmax_loss(state.logits, state.distribution, loss=state.loss)
    return np.asarray(result.grad_probabilities)


def direction(state: LabState) -> Vector:
    """Return the direction v in which the curvature is looked at, (n,): 1, 2, ..., n."""
    return np.arange(1.0, state.classes + 1)
