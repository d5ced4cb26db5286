"""What every screen of the Jacobian lesson looks at: the matrix, and one entry of it."""

from __future__ import annotations

import numpy as np

from core import softmax, softmax_jacobian
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets.figure import Vector


def matrix_of(state: LabState) -> Vector:
    """Return the Jacobian of softmax at the learner's logits, with T = 1, (n, n)."""
    # + 0.0: beside a probability of 0 an entry is -0, and a sign there means nothing.
    return np.asarray(softmax_jacobian(softmax(state.logits))) + 0.0


def learners_entry() -> tuple[int, int]:
    """Return the row and the column that the learner looks at, from 0."""
    place = visit().choices.entry.for_classes(visit().state.classes)
    return place.row, place.column
