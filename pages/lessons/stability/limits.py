"""Where each form starts to fail as one logit grows: the logits [x, 0], the target class 2.

All of it is the same for every learner, and computed once a process.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.numbers import ALL, stored
from pages.visit.state import LARGEST_LOGIT

BEHIND = (0.0, 1.0)  # the target: the class that falls behind
SETTLED = 1e-9  # of a threshold's own size, of which ten digits are kept


class Limits(NamedTuple):
    """The range of a dtype, and the logarithms at which exponentials leave it."""

    largest: float
    smallest_normal: float  # the smallest that has all its digits
    smallest: float  # above 0
    overflow: float  # e^x is infinite above
    fewer_digits: float  # e^-x has fewer digits above
    underflow: float  # e^-x is rounded to 0 above


@cache
def limits(dtype: str) -> Limits:
    """Take the limits from the dtype itself; numbers below half the smallest are rounded to 0."""
    info = np.finfo(dtype)
    largest, normal, smallest = map(
        float, (info.max, info.smallest_normal, info.smallest_subnormal)
    )
    return Limits(
        largest,
        normal,
        smallest,
        float(np.log(largest)),
        -float(np.log(normal)),
        float(np.log(2) - np.log(smallest)),
    )


@cache
def first_failure(form: str, dtype: str, result: str) -> float | None:
    """Find the x from which `loss` or `gradient` is not finite, by halving; None up to 10^6."""
    low, high = 0.0, LARGEST_LOGIT
    if _finite(form, dtype, result, high):
        return None
    while high - low > SETTLED * high:
        middle = (low + high) / 2
        low, high = (middle, high) if _finite(form, dtype, result, middle) else (low, middle)
    return float(f"{high:.10g}")


def _finite(form: str, dtype: str, result: str, x: float) -> bool:
    with np.errstate(**ALL):
        steps = FORMS[form](stored((x, 0.0), dtype), stored(BEHIND, dtype))
    return bool(np.isfinite(steps[result]).all())
