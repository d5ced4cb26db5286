"""The derivations of the lesson on any loss, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import softmax, softmax_loss, softmax_vjp
from pages.derivation import write_numbers
from pages.derivation.lesson_derivation import (
    LessonDerivation,
    Numbers,
    gradient_of,
    logits_and_targets,
    loss_by_differences,
)
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.widgets.prediction import Prediction


def _with_upstream(state: LabState, choices: Choices) -> Numbers:
    """Return z, y, and g: dL/da of the learner's loss."""
    result = softmax_loss(state.logits, state.distribution, loss=state.loss)
    return {**logits_and_targets(state, choices), "g": np.asarray(result.grad_probabilities)}


def _classes(state: LabState, _choices: Choices) -> dict[str, str]:
    return {"n": str(state.classes), "all": str(state.classes**2)}


_core, _difference = gradient_of("mean_squared_error")
DERIVED = (
    LessonDerivation(
        "upstream_gradient",
        prediction=Prediction(
            "any_loss.upstream_gradient",
            ("all", "diagonal", "none"),
            right=lambda _state, _choices: "none",
            move=write_numbers,
            numbers=_classes,
        ),
        numbers=_with_upstream,
        core=lambda x, _: softmax_vjp(softmax(x["z"]), x["g"]),
        other=loss_by_differences,
    ),
    LessonDerivation(
        "mean_squared_error_gradient",
        prediction=Prediction(
            "any_loss.mean_squared_error_gradient",
            ("wrong", "between", "right"),
            right=lambda _state, _choices: "between",
            move=write_numbers,
        ),
        numbers=logits_and_targets,
        core=_core,
        other=_difference,
    ),
)
