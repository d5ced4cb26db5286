"""The derivations of the lesson on cross-entropy, with their witnesses.

A batch needs more than logits: a small layer is fitted so that its logits, for the first sample,
are the learner's.
"""

from __future__ import annotations

import numpy as np

from core import one_hot, softmax, softmax_jacobian, softmax_loss, softmax_vjp
from pages.derivation import write_numbers
from pages.derivation.lesson_derivation import (
    LessonDerivation,
    Numbers,
    by_rows,
    gradient_of,
    logits_and_targets,
)
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LARGEST_LOGIT, LabState, with_label, with_logit, with_probability
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction

_HARDLY = 0.01  # what a model gives the true class that is confidently wrong
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
    return {"z": np.array(state.logits), "y": one_hot(_true_class(state), state.classes)}


def _batch(state: LabState, choices: Choices) -> Numbers:
    (weights, bias), samples = layer(state), len(choices.samples)
    return {"z": INPUTS[:samples] @ weights.T + bias, "y": _targets(state, samples)}


def _hessian_by_differences(x: Numbers, _loss: str) -> Vector:
    return by_rows(lambda z: np.asarray(softmax_loss(z, x["y"]).grad_logits), x["z"])


def _true_class(state: LabState) -> int:
    """Return the class that the target names, or a soft one has most of, from 0."""
    return int(np.argmax(state.distribution))


def _other_class(state: LabState) -> int:
    """Return the class with the largest logit of those that are not the true one, from 0."""
    others = [k for k in range(state.classes) if k != _true_class(state)]
    return max(others, key=lambda k: state.logits[k])


def _hardly_believe() -> None:
    """Give the true class the probability of the question."""
    t = _true_class(visit().state)
    visit().edit("logits", lambda state: with_probability(state, t, _HARDLY))
    write_numbers({"i": t + 1})


_CONFIDENTLY_WRONG = Prediction(
    "cross_entropy.cross_entropy_gradient",
    ("vanishing", "one", "huge"),
    right=lambda _state, _choices: "one",  # a - y, with y = 1
    move=_hardly_believe,
)


def _raise_other() -> None:
    k = _other_class(visit().state)
    raised = min(visit().state.logits[k] + 1, LARGEST_LOGIT)
    visit().edit("logits", lambda state: with_logit(state, k, raised))
    write_numbers({"i": k + 1})


def _raised(state: LabState, _choices: Choices) -> str:
    """Say what the loss does when another logit rises: a masked class has nothing to lose."""
    is_open = np.isfinite([state.logits[_true_class(state)], state.logits[_other_class(state)]])
    return "rise" if is_open.all() else "stay"


def _two_classes(state: LabState, _choices: Choices) -> dict[str, str]:
    return {"true": str(_true_class(state) + 1), "other": str(_other_class(state) + 1)}


_ANOTHER_LOGIT = Prediction(
    "cross_entropy.cross_entropy_one_hot",
    ("fall", "stay", "rise"),
    right=_raised,
    move=_raise_other,
    numbers=_two_classes,
)
_OTHER_SAMPLES = Prediction(
    "cross_entropy.batch_mean_logit_gradient",
    ("own", "all", "none"),
    right=lambda _state, _choices: "own",  # each sample has logits of its own
    move=write_numbers,
)


def _move_target() -> None:
    """Let the target name the next class."""
    label = (_true_class(visit().state) + 1) % visit().state.classes
    visit().edit("label", lambda state: with_label(state, label))
    write_numbers()


_ANOTHER_TARGET = Prediction(
    "cross_entropy.cross_entropy_hessian",
    ("move", "flip", "stay"),
    right=lambda _state, _choices: "stay",  # no target is in a(delta - a)
    move=_move_target,
)
_core, _difference = gradient_of("cross_entropy")
OF_ONE_SAMPLE = (
    LessonDerivation(
        "cross_entropy_gradient",
        numbers=logits_and_targets,
        core=_core,
        other=_difference,
        prediction=_CONFIDENTLY_WRONG,
    ),
    LessonDerivation(
        "cross_entropy_one_hot",
        numbers=_one_hot,
        core=_core,
        other=_difference,
        one_hot=True,
        prediction=_ANOTHER_LOGIT,
    ),
)
OF_THE_BATCH = (
    LessonDerivation(
        "batch_mean_logit_gradient",
        numbers=_batch,
        core=_core,
        other=_difference,
        prediction=_OTHER_SAMPLES,
    ),
)
HESSIAN = LessonDerivation(
    "cross_entropy_hessian",
    numbers=logits_and_targets,
    core=lambda x, _: softmax_jacobian(softmax(x["z"])),
    other=_hessian_by_differences,
    other_way="difference_of_gradient",
    prediction=_ANOTHER_TARGET,
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
