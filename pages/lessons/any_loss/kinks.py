"""Where a loss has no derivative: its slopes on the two sides of the learner's logits differ.

`core.smoothness` asks less: given a slope that a check found odd, is there surely a kink? It may
say "cannot tell", for a right gradient must never fail there. Here there is no gradient yet, and
whatever a learner typed is to be called by what it is: so limits are worked out (a slope that goes
as a power of the step, or as its logarithm), and what stays open is said to be (`settled`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from core import forward_difference
from pages.widgets.figure import Vector

# Powers of two, so that most logits move by just that; 8 times smaller each.
STEPS = (2.0**-14, 2.0**-17, 2.0**-20, 2.0**-23)
_CLOSE = 2.0**-36  # apart enough to round differently, too close for a loss to bend
_RELATIVE = 1e-7


class Kink(NamedTuple):
    """Slopes of a loss in one logit.

    logit        which one, from 0
    left, right  the slopes on its two sides; infinite where they grow without end
    settled      False where the two still change much at the smallest step: a bend too sharp for
                 differences, which may be a kink or not
    """

    logit: int
    left: float
    right: float
    settled: bool


def first_kink(value: Callable[[Vector], Any], logits: tuple[float, ...]) -> Kink | None:
    """Find the first logit in which the slopes of a loss on its two sides differ, or grow.

    Where there is a derivative the difference of the two slopes tends to 0 as the step shrinks.
    Steps cannot tell a kink from a bend that is far narrower than the smallest of them; one that is
    as narrow comes back as not settled, unless there is a kink in another logit.

    Raises InvalidInput where the loss is not finite within a step.
    """
    z = np.array(logits)
    finite = np.isfinite(z)
    x = z[finite]

    def f(moved: Vector) -> Any:
        at = z.copy()
        at[finite] = moved
        return value(at)

    right = np.array([forward_difference(f, x, step=h) for h in STEPS])
    left = np.array([-forward_difference(lambda u: f(-u), -x, step=h) for h in STEPS])
    noise = 64 * np.finfo(float).eps * max(1.0, abs(float(f(x)))) / STEPS[-1]
    found = []
    for k, place in enumerate(np.flatnonzero(finite)):
        sides = left[:, k], right[:, k]
        tolerance = _RELATIVE * max(abs(x[-1]) for x in sides) + noise
        if _sharp(sides, tolerance) is None:
            continue
        kink = _sharp(sides, tolerance + _roughness(f, x, k))
        if kink is not None:
            found.append(Kink(int(place), *kink))
    return next((kink for kink in found if kink.settled), found[0] if found else None)


def _sharp(sides: tuple[Vector, Vector], tolerance: float) -> tuple[float, float, bool] | None:
    """Return left and right slope, and whether that is settled, where they do not come together."""
    gap = sides[1] - sides[0]
    end, *ends = (_limit(x, tolerance) for x in (gap, *sides))
    added = abs(end - gap[-1])  # by `_limit`, which a mixture of powers leads astray
    left_over = (end > 0) == (gap[-1] > 0) and abs(end) > tolerance + 0.01 * added
    settled = bool((left_over and abs(end) > 0.7 * added) or np.isinf([end, *ends]).any())
    if not (settled or left_over or (math.isnan(end) and abs(gap[-1]) > tolerance)):
        return None
    # The last slope where its limit is open, and rounding as 0.
    last = (float(x[-1]) if math.isnan(e) else e for e, x in zip(ends, sides, strict=True))
    left, right = (0.0 if abs(x) < 10 * tolerance else x for x in last)
    return left, right, settled


def _limit(slopes: Vector, tolerance: float) -> float:
    """Work out what slopes tend to as the step shrinks; nan where that is open.

    What is proportional to the step is taken off first, then what shrinks as any one power of it
    (Aitken's rule). Infinite where they change by as much each time, as ln h does, or grow by more
    and more.
    """
    straight = slopes[1:] + np.diff(slopes) / 7
    first, second = np.diff(straight)
    if abs(second) <= tolerance / 4:
        return float(straight[2])
    if abs(second) < 0.98 * abs(first):
        return float(straight[2] - second / (1 - first / second))
    if first != 0 and 0.98 <= second / first <= 1.05:
        return math.copysign(math.inf, second)
    grows = abs(straight[2]) > abs(straight[1]) > abs(straight[0])
    return math.copysign(math.inf, straight[2]) if grows else math.nan


def _roughness(f: Callable[[Vector], Any], x: Vector, k: int) -> float:
    """Measure what rounding makes of slopes: a formula may round far worse than its value does."""
    worst = 0.0
    for side in (STEPS[-1], -STEPS[-1]):
        near = []
        for place in range(6):
            at = x.copy()
            at[k] += side + place * _CLOSE
            near.append(float(f(at)))
        worst = max(worst, float(np.abs(np.diff(near, 2)).max()))
    return 16 * worst / STEPS[-1]
