"""The verdict on a gradient that someone derived."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from core.differences import Scalar, default_step, in_dtype, prepare, step_vanishes
from core.sampled_slopes import ALLOWED, SampledSlopes
from core.validation import FloatArray, as_numbers, refuse, shown

TRUNCATION = 3.0  # times what halving the step changes; 4/3 of it is the error of a central step
METHODS = ("forward", "central", "complex")
PROVES = 2e3  # times all but ALLOWED: then an error of 0.05 % shows


@dataclass(frozen=True, eq=False, slots=True)
class GradientCheck:
    """A gradient beside its numerical estimate.

    analytic, numeric   the two gradients, in the shape of x
    max_relative_error  largest |analytic - numeric| over the largest |entry| of both; 0 if all are
                        0, inf if one is not finite
    worst_index         where in x the two differ most
    step                the step that was used
    passed              every entry within the tolerance, and no kink
    conclusive          False where the verdict proves too little: the gradient does not stand 2e3
                        times above noise and truncation, so that an error of 0.05 % could hide in
                        them; the step vanishes beside an entry of x, which is then left out; or
                        there is a kink
    tolerance           1e-6 max|gradient| + noise + truncation
    kinks               where in x f has no derivative, with its slopes behind and ahead of x there;
                        a slope that grows without end is inf or -inf

    noise = 1e3 eps max(1, |f|) / step is what rounding f can do to a difference quotient; eps is
    that of x or of what f returns, whichever is coarser. The complex step subtracts nothing: its
    noise has no "/ step".
    truncation is three times what half the step changes in the estimate; 0 where neither the
    difference of the two gradients nor that of the slopes behind and ahead calls for half a step.
    """

    analytic: FloatArray
    numeric: FloatArray
    max_relative_error: float
    worst_index: tuple[int, ...]
    step: float
    passed: bool
    conclusive: bool
    tolerance: float
    kinks: Mapping[tuple[int, ...], tuple[float, float]]

    @property
    def verdict(self) -> Literal["agree", "disagree", "too_small"]:
        """What `passed` and `conclusive` come to; "too_small" has passed but proves too little."""
        if not self.passed:
            return "disagree"
        return "agree" if self.conclusive else "too_small"


def check_gradient(
    f: Scalar,
    gradient: ArrayLike | Callable[[Any], ArrayLike],
    x: ArrayLike,
    *,
    method: str = "central",
    step: float | None = None,
) -> GradientCheck:
    """Compare a gradient of f with its estimate by differences at x.

    passed: |analytic - numeric| <= 1e-6 max|gradient| + 1e3 eps max(1, |f|) / step + truncation,
    everywhere, and the slopes of f behind and ahead of x are the same.

    Where f returns coarser numbers than x has, step None picks the step for those. Whatever the
    method, f is called at real steps to both sides of x, so that a kink does not pass.

    Shapes: `gradient` has the shape of x, or is a function that returns it for x.
    Invariant: a right gradient passes wherever f is smooth; one wrong by 0.05 % does not, provided
    that it stands 3e3 times above noise and truncation. At a kink, and with a gradient that holds
    NaN or inf, nothing passes.
    Raises InvalidInput for what the method refuses, for an unknown method, and for a gradient of
    another shape.
    """
    if not (isinstance(method, str) and method in METHODS):
        refuse("method", f"it is {shown(method)}", ", ".join(map(repr, METHODS)))
    x, h = prepare(f, x, step, method)
    given = gradient(x.copy()) if callable(gradient) else gradient
    analytic: FloatArray = as_numbers(given, "gradient")
    if analytic.shape != x.shape:
        refuse("gradient", f"its shape is {analytic.shape}", f"the shape {x.shape} of x")
    found = SampledSlopes(f, x, h, method)
    if step is None and found.eps > np.finfo(x.dtype).eps:
        h = default_step(found.eps, method)
        found = SampledSlopes(f, x, h, method)
    unseen = np.isfinite(x) & step_vanishes(x, h, method)

    numeric = in_dtype(found.numeric, x.dtype)
    exact, estimate = analytic.astype(np.float64), numeric.astype(np.float64)
    # Beside x = 1e4 the default forward step vanishes in float32: no verdict on that entry.
    with np.errstate(over="ignore", invalid="ignore"):
        difference = np.where(unseen, 0, np.abs(exact - estimate))
    # NaN counts as the largest difference of all, so that it is found, shown and never passed.
    difference[~np.isfinite(exact) | ~np.isfinite(estimate)] = math.inf
    largest = float(np.max(np.abs([exact, estimate])))
    worst = float(difference.max())
    noise = found.rounding / (1 if method == "complex" else h)
    plain = found.is_smooth and worst <= ALLOWED * largest + noise
    truncation = 0.0 if plain else TRUNCATION * found.changed
    tolerance = ALLOWED * largest + noise + truncation
    # Twice: the estimate may be off by it, away from the error that is to be seen.
    unsure = noise + 2 * truncation
    kinks = {} if plain else found.kinks
    return GradientCheck(
        analytic=analytic.copy(),
        numeric=numeric,
        max_relative_error=_ratio(worst, largest),
        worst_index=tuple(int(i) for i in np.unravel_index(difference.argmax(), x.shape)),
        step=h,
        passed=math.isfinite(largest) and worst <= tolerance and not kinks,
        conclusive=not (largest < PROVES * unsure or unseen.any() or kinks),
        tolerance=tolerance,
        kinks=kinks,
    )


def _ratio(worst: float, largest: float) -> float:
    if not math.isfinite(worst):
        return math.inf
    return worst / largest if largest else 0.0
