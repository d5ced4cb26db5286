"""The derivations of the lesson on any loss, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import softmax, softmax_loss, softmax_vjp
from pages.derivation.lesson_derivation import (
    LessonDerivation,
    Numbers,
    gradient_of,
    logits_and_targets,
    loss_by_differences,
)
from pages.visit.choices import Choices
from pages.visit.state import LabState


def _with_upstream(state: LabState, choices: Choices) -> Numbers:
    """Return z, y, and g: dL/da of the learner's loss."""
    result = softmax_loss(state.logits, state.distribution, loss=state.loss)
    return {**logits_and_targets(state, choices), "g": np.asarray(result.grad_probabilities)}


_core, _difference = gradient_of("mean_squared_error")
DERIVED = (
    LessonDerivation(
        "upstream_gradient",
        numbers=_with_upstream,
        core=lambda x, _: softmax_vjp(softmax(x["z"]), x["g"]),
        other=loss_by_differences,
    ),
    LessonDerivation(
        "mean_squared_error_gradient", numbers=logits_and_targets, core=_core, other=_difference
    ),
)
