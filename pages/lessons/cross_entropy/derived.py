"""The derivations of the lesson on cross-entropy, with their witnesses.

A batch needs more than logits: a small layer is fitted so that its logits, for the first sample,
are the learner's.
"""

from __future__ import annotations

import numpy as np

from core import central_difference, one_hot, softmax, softmax_jacobian, softmax_loss, softmax_vjp
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
L2 = 0.1  # large enough to be seen in the fourth decimal


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
    y = _targets(state, samples)
    return {"w": weights, "b": bias, "o": INPUTS[:samples], "y": y, "l2": L2}


def _batch_logits(state: LabState, choices: Choices) -> Numbers:
    batch = _batch(state, choices)
    return {"z": batch["o"] @ batch["w"].T + batch["b"], "y": batch["y"]}


def _batch_gradient(x: Numbers, _loss: str) -> Vector:
    z = x["o"] @ x["w"].T + x["b"]
    slopes = softmax_loss(z, x["y"]).grad_logits
    return np.asarray(slopes.T @ x["o"] + x["l2"] * x["w"])


def _batch_difference(x: Numbers, _loss: str) -> Vector:
    def value(weights: Vector) -> float:
        z = x["o"] @ weights.T + x["b"]
        return float(softmax_loss(z, x["y"]).value + 0.5 * x["l2"] * np.sum(weights**2))

    return central_difference(value, x["w"])


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
    LessonDerivation(
        "batch_mean_logit_gradient", numbers=_batch_logits, core=_core, other=_difference
    ),
    LessonDerivation(
        "batch_mean_gradient",
        numbers=_batch,
        core=_batch_gradient,
        other=_batch_difference,
        in_pieces=True,
    ),
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
