"""The derivations of the lesson on a layer, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import central_difference, softmax_loss
from pages.derivation.lesson_derivation import (
    Computed,
    LessonDerivation,
    NoNumbersError,
    Numbers,
)
from pages.lessons.network.descent import descend
from pages.lessons.network.questions import BIASES, INPUT, PENALTY, WEIGHT
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.widgets.figure import Vector

# A diverged layer's exponentials have exponents that no line could hold.
LARGEST_SCORE = 1e15
# In the place of a penalty of 0: large enough to be seen in the fourth decimal.
L2 = 0.1


def _numbers(state: LabState, choices: Choices) -> Numbers:
    """Return the numbers of the learner's layer after its steps."""
    descent = descend(state, choices.layer)
    if np.abs(descent.scores).max() > LARGEST_SCORE:
        raise NoNumbersError("large")
    return {
        "w": descent.weights,
        "b": descent.bias,
        "o": descent.inputs[0],
        "y": descent.targets[0],
    }


def _scores(x: Numbers) -> Vector:
    return np.asarray(x["o"] @ x["w"].T + x["b"])


def _grad_scores(x: Numbers) -> Vector:
    return np.asarray(softmax_loss(_scores(x), x["y"]).grad_logits)


def _by_differences(letter: str) -> Computed:
    """Differentiate the loss with respect to one of the layer's arrays."""

    def gradient(x: Numbers, _loss: str) -> Vector:
        def value(moved: Vector) -> float:
            return float(softmax_loss(_scores({**x, letter: moved}), x["y"]).value)

        return central_difference(value, x[letter])

    return gradient


def _batch(state: LabState, choices: Choices) -> Numbers:
    """Return the learner's layer and penalty, with their sample and others to follow it."""
    one = _numbers(state, choices)
    others = range(1, len(choices.samples))
    return {
        **one,
        "o": np.array([one["o"], *(np.roll(one["o"], s) / (s + 1) for s in others)]),
        "y": np.array([one["y"], *(np.roll(one["y"], s) for s in others)]),
        "l2": choices.layer.l2 or L2,
    }


def _batch_gradient(x: Numbers, _loss: str) -> Vector:
    return np.asarray(_grad_scores(x).T @ x["o"] + x["l2"] * x["w"])


def _batch_difference(x: Numbers, _loss: str) -> Vector:
    def value(weights: Vector) -> float:
        mean = softmax_loss(_scores({**x, "w": weights}), x["y"]).value
        return float(mean + 0.5 * x["l2"] * np.sum(weights**2))

    return central_difference(value, x["w"])


DERIVED = (
    LessonDerivation(
        "layer_gradient",
        prediction=WEIGHT,
        numbers=_numbers,
        core=lambda x, _: np.outer(_grad_scores(x), x["o"]),
        other=_by_differences("w"),
        in_pieces=True,
    ),
    LessonDerivation(
        "layer_bias_gradient",
        prediction=BIASES,
        numbers=_numbers,
        core=lambda x, _: _grad_scores(x),
        other=_by_differences("b"),
        in_pieces=True,
    ),
    LessonDerivation(
        "layer_input_gradient",
        prediction=INPUT,
        numbers=_numbers,
        core=lambda x, _: _grad_scores(x) @ x["w"],
        other=_by_differences("o"),
        in_pieces=True,
    ),
    LessonDerivation(
        "batch_mean_gradient",
        prediction=PENALTY,
        numbers=_batch,
        core=_batch_gradient,
        other=_batch_difference,
        in_pieces=True,
    ),
)
