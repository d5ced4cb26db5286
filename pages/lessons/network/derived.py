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
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.widgets.figure import Vector

# A diverged layer's exponentials have exponents that no line could hold.
LARGEST_SCORE = 1e15


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


DERIVED = (
    LessonDerivation(
        "layer_gradient",
        numbers=_numbers,
        core=lambda x, _: np.outer(_grad_scores(x), x["o"]),
        other=_by_differences("w"),
        in_pieces=True,
    ),
    LessonDerivation(
        "layer_bias_gradient",
        numbers=_numbers,
        core=lambda x, _: _grad_scores(x),
        other=_by_differences("b"),
        in_pieces=True,
    ),
    LessonDerivation(
        "layer_input_gradient",
        numbers=_numbers,
        core=lambda x, _: _grad_scores(x) @ x["w"],
        other=_by_differences("o"),
        in_pieces=True,
    ),
)
