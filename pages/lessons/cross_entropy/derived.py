"""The derivations of the lesson on cross-entropy, with their witnesses.

A batch needs more than logits: a small layer is fitted so that its logits, for the first sample,
are the learner's.
"""

from __future__ import annotations

import numpy as np

from core import one_hot, softmax, softmax_jacobian, softmax_loss, softmax_vjp
from pages.derivation.lesson_derivation import (
    LessonDerivation,
    Numbers,
    by_rows,
    gradient_of,
    logits_and_targets,
)
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.widgets.figure import Vector

# The inputs of a layer with three of them, for up to three samples.
INPUTS = np.array([[1.0, -2.0, 0.5], [0.5, 1.0, -1.0], [-1.0, 0.0, 2.0]])


def layer(state: LabState) -> tuple[Vector, Vector]:
    """Return weights (n, 3) and a bias (n,) whose logits for the first inputs are the learner's."""
    k, d = np.indices((state.classes, INPUTS.shape[1]))
    weights = ((3 * k + 2 * d) % 7 - 3) / 10
    return weights, np.array(state.logits) - weights @ INPUTS[0]


def _targets(state: LabState, samples: int) -> Vector:
    """Return targets (N, n): the learner's own, then one class further each."""
    first = state.distribution
    return np.array([np.roll(first, s) for s in range(samples)])


def _one_hot(state: LabState, _choices: Choices) -> Numbers:
    label = int(np.argmax(state.distribution))
    return {"z": np.array(state.logits), "y": one_hot(label, state.classes)}


def _batch(state: LabState, choices: Choices) -> Numbers:
    (weights, bias), samples = layer(state), len(choices.samples)
    return {"z": INPUTS[:samples] @ weights.T + bias, "y": _targets(state, samples)}


def _hessian_by_differences(x: Numbers, _loss: str) -> Vector:
    return by_rows(lambda z: np.asarray(softmax_loss(z, x["y"]).grad_logits), x["z"])


_core, _difference = gradient_of("cross_entropy")
OF_ONE_SAMPLE = (
    LessonDerivation(
        "cross_entropy_gradient", numbers=logits_and_targets, core=_core, other=_difference
    ),
    LessonDerivation(
        "cross_entropy_one_hot", numbers=_one_hot, core=_core, other=_difference, one_hot=True
    ),
)
OF_THE_BATCH = (
    LessonDerivation("batch_mean_logit_gradient", numbers=_batch, core=_core, other=_difference),
)
HESSIAN = LessonDerivation(
    "cross_entropy_hessian",
    numbers=logits_and_targets,
    core=lambda x, _: softmax_jacobian(softmax(x["z"])),
    other=_hessian_by_differences,
    other_way="difference_of_gradient",
)
CONVEXITY = LessonDerivation(
    "cross_entropy_convexity",
    # The direction v in which the curvature is looked at: 1, 2, ..., n.
    numbers=lambda state, choices: {
        **logits_and_targets(state, choices),
        "v": np.arange(1.0, state.classes + 1),
    },
    core=lambda x, _: x["v"] @ softmax_vjp(softmax(x["z"]), x["v"]),
    other=lambda x, loss: x["v"] @ _hessian_by_differences(x, loss) @ x["v"],
    in_pieces=True,
    other_way="difference_of_gradient",
)
DERIVED = (*OF_ONE_SAMPLE, *OF_THE_BATCH, HESSIAN, CONVEXITY)
