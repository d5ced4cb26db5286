"""The derivations of the lesson on stability, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import central_difference, log_softmax, logsumexp, softmax, softmax_loss
from pages.derivation import write_numbers
from pages.derivation.lesson_derivation import LessonDerivation, by_rows
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction


def _gradient_for_each_label(z: Vector) -> Vector:
    """Return the gradient of cross-entropy for every label: row i for label i, (n, n)."""
    every = np.tile(z, (len(z), 1))
    return np.asarray(softmax_loss(every, np.arange(len(z)), reduction="none").grad_logits)


def _of_the_rise(state: LabState, _choices: Choices) -> str:
    """Say how much of a rise of the largest logit log-sum-exp takes over: its probability."""
    return "less" if np.isfinite(state.logits).sum() > 1 else "all"


DERIVED = (
    LessonDerivation(
        "logsumexp_gradient",
        prediction=Prediction(
            "stability.logsumexp_gradient",
            ("all", "less", "more"),
            right=_of_the_rise,
            move=write_numbers,
        ),
        core=lambda x, _: softmax(x["z"]),
        other=lambda x, _: central_difference(lambda z: float(logsumexp(z)), x["z"]),
    ),
    LessonDerivation(
        "log_softmax_gradient",
        prediction=Prediction(
            "stability.log_softmax_gradient",
            ("probable", "improbable", "alike"),
            right=lambda _state, _choices: "alike",
            move=write_numbers,
        ),
        core=lambda x, _: -_gradient_for_each_label(x["z"]),
        other=lambda x, _: by_rows(log_softmax, x["z"]),
    ),
)
