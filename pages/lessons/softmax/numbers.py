"""What several screens of the softmax lesson show: a logit, the largest share, the sigmoid."""

from __future__ import annotations

import numpy as np

from core import exponentials, softmax, top_k
from pages.visit.state import LabState
from pages.widgets.figure import Vector
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, short_text


def logit(value: float, index: int) -> Number:
    """Return a table's cell for the logit of a class; `index` counts from 0."""
    return Number("logit", value, short_text(value), index + 1)


def largest_share(state: LabState) -> dict[str, object]:
    """Write the number of the most probable class and its probability, for a sentence."""
    a = softmax(state.logits, temperature=state.temperature)
    largest = int(top_k(a, 1)[0])
    return {"number": largest + 1, "value": fixed_text(a[largest])}


def sigmoid(values: Vector) -> Vector:
    """Compute 1 / (1 + e^-x), entry by entry, without softmax; x = +inf gives 1."""
    # The 0 stands beside each entry because a row of nothing but -inf has no exponentials.
    return np.asarray(
        1 / (1 + exponentials(np.stack([np.zeros(len(values)), -values], axis=-1))[:, 1])
    )
