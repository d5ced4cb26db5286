"""How a function looks on both sides of a point, at one step after another.

Where f is smooth, its slopes ahead and behind differ by h f''(x): half the step, half the gap.
Where it has a kink the gap stays as it is, and where a slope is infinite it grows.

For checks, which a right gradient must never fail: what cannot be told from rounding is no kink.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from numpy.typing import NDArray

from core.differences import Slopes, slopes_at, step_vanishes

SHORTER = 4.0  # each step is so many times shorter than the one before
MOST_STEPS = 24
CLOSED = 8.0  # a gap that has become so much smaller closes
NOISE_GROWS = 3.5  # from step to step, by nearly SHORTER; the slope of |x|^0.1 no faster
ROUNDING = 8.0  # eps of f: what a difference of two values may be off by

Value = Callable[[NDArray[Any]], float]


def bend(wide: Slopes, narrow: Slopes) -> float:
    """Return what is left of the gap between the slopes when the step goes to 0.

    `narrow` is of half the step: twice its gap less the other cancels h f''(x), and leaves a
    kink's own gap, or terms in h^3 of a smooth f.
    """
    return 2 * (narrow.ahead - narrow.behind) - (wide.ahead - wide.behind)


def kink_at(
    value: Value, x: NDArray[Any], index: tuple[int, ...], step: float, *, base: float, eps: float
) -> tuple[float, float] | None:
    """Follow the slopes behind and ahead down to where rounding hides them.

    Returns both, infinite where they grow without end, if their gap does not close; None if it
    closes, or if too few steps can be told from rounding to say.
    """
    noise = ROUNDING * eps * max(1.0, abs(base))
    course = [slopes_at(value, x, index, step, base)]
    gaps: list[float] = []
    told = clear = 0  # of the gaps: those above rounding, and those far above it
    while len(gaps) < MOST_STEPS:
        shorter = step / SHORTER ** len(course)
        if step_vanishes(x.real, shorter, "central")[index]:
            break
        course.append(slopes_at(value, x, index, shorter, base))
        gaps.append(_gap(*course[-2:]))
        if gaps[-1] * CLOSED < gaps[0]:
            return None
        if gaps[-1] < 20 * noise / shorter:
            break
        told = len(gaps)
        if gaps[-1] > 1e4 * noise / shorter:
            clear = told
    growth = [after / before for before, after in pairwise(gaps[:told])]
    if told < 3 or gaps[told - 1] < 0.75 * gaps[0] or max(growth) > NOISE_GROWS:
        return None
    seen = course[: clear + 1]
    least = 1e-3 * abs(seen[-1].ahead - seen[-1].behind)
    return _limit([s.behind for s in seen], least), _limit([s.ahead for s in seen], least)


def _gap(before: Slopes, now: Slopes) -> float:
    """Return what cannot close where a slope does not exist: between the sides, or the steps."""
    return max(
        abs(now.ahead - now.behind),
        abs(now.ahead - before.ahead),
        abs(now.behind - before.behind),
    )


def _limit(slopes: list[float], least: float) -> float:
    """Return where slopes go: their last, or infinity if they go on by parts as large as before."""
    if len(slopes) > 2:
        last, before = slopes[-1] - slopes[-2], slopes[-2] - slopes[-3]
        if abs(last) > max(0.7 * abs(before), least):
            return math.copysign(math.inf, last)
    return slopes[-1]
