"""The derivations of the lesson on stability, with their witnesses."""

from __future__ import annotations

import numpy as np

from core import central_difference, log_softmax, logsumexp, softmax, softmax_loss
from pages.derivation.lesson_derivation import LessonDerivation, by_rows
from pages.widgets.figure import Vector


def _gradient_for_each_label(z: Vector) -> Vector:
    """Return the gradient of cross-entropy for every label: row i for label i, (n, n)."""
    every = np.tile(z, (len(z), 1))
    return np.asarray(softmax_loss(every, np.arange(len(z)), reduction="none").grad_logits)


DERIVED = (
    LessonDerivation(
        "logsumexp_gradient",
        core=lambda x, _: softmax(x["z"]),
        other=lambda x, _: central_difference(lambda z: float(logsumexp(z)), x["z"]),
    ),
    LessonDerivation(
        "log_softmax_gradient",
        core=lambda x, _: -_gradient_for_each_label(x["z"]),
        other=lambda x, _: by_rows(log_softmax, x["z"]),
    ),
)
