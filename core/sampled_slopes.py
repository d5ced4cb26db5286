"""The slopes that a gradient is checked by: of two steps, on both sides, and what they say of f."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.differences import (
    Scalar,
    along_imaginary,
    default_step,
    evaluate,
    slopes_at,
    step_vanishes,
)
from core.kernel import QUIET
from core.smoothness import bend, kink_at

ALLOWED = 1e-6  # of the largest entry
ROUNDING = 1e3  # eps of f: what rounding is reckoned to do to its values

Place = tuple[int, ...]


class Sampled(NamedTuple):
    """What differences show of f at x.

    numeric     the method's estimate, in float64; 0 where the step vanishes
    changed     the most that half the step changes: in the estimate, and, for real steps and where
                it is no rounding, in the gap between the slopes behind and ahead
    kinks       where f has no derivative: the slopes behind and ahead
    rounding    what rounding can do to a value of f: 1e3 eps max(1, |f|)
    eps         that of x or of what f returns, whichever is coarser
    """

    numeric: NDArray[np.float64]
    changed: float
    kinks: Mapping[Place, tuple[float, float]]
    rounding: float
    eps: float


def sampled(f: Scalar, x: NDArray[Any], step: float, method: str) -> Sampled:
    """Sample f around x: by the method, by the method at half the step, and to both sides."""
    is_complex = method == "complex"
    point = x.astype(np.result_type(x, np.complex64)) if is_complex else x
    values: list[Any] = []

    def value(moved: NDArray[Any]) -> float:
        values.append(evaluate(f, moved, want_complex=is_complex).real)
        return float(values[-1])

    base = value(point)
    # Kinks are looked for by real steps, whatever the method.
    real = default_step(float(np.finfo(x.dtype).eps), "central") if is_complex else step
    vanishes = step_vanishes(x, real / 2, "central")
    unseen = step_vanishes(x, step, method)
    numeric, halved, bends = (np.zeros(x.shape) for _ in range(3))
    for place in np.ndindex(x.shape):
        if unseen[place]:
            continue
        if is_complex:
            numeric[place] = along_imaginary(f, point, place, step)
            halved[place] = along_imaginary(f, point, place, step / 2)
        if vanishes[place]:  # too short to be halved, or to be taken at all
            if not is_complex:
                numeric[place] = halved[place] = slopes_at(value, x, place, step, base).by(method)
            continue
        wide, narrow = (slopes_at(value, point, place, h, base) for h in (real, real / 2))
        bends[place] = abs(bend(wide, narrow))
        if not is_complex:
            numeric[place], halved[place] = wide.by(method), narrow.by(method)

    size, eps = max(1.0, abs(base)), _eps(values, x, real)
    rounding = ROUNDING * eps * size
    with np.errstate(invalid="ignore"):  # slopes may be infinite near the end of the range
        changes = np.nan_to_num(np.abs(numeric - halved), nan=np.inf)
        bends[bends <= ALLOWED * np.abs(numeric).max() + rounding / real] = 0
    kinks = {}
    start = max(real, default_step(eps, "central"))  # from where rounding is far below a kink
    for place in map(tuple, np.argwhere((bends > 0) & np.isfinite(bends)).tolist()):
        slopes = kink_at(value, point, place, start, base=base, eps=eps)
        if slopes is not None:
            kinks[place] = slopes
    changed = float(max(changes.max(), 0 if is_complex else np.nan_to_num(bends, nan=np.inf).max()))
    return Sampled(numeric, changed, kinks, rounding, eps)


@np.errstate(**QUIET)
def _eps(values: list[Any], x: NDArray[Any], step: float) -> float:
    """Return the precision of x, or that of f's values where they show that it is coarser."""
    size = max(1.0, abs(float(values[0])))
    eps = float(np.finfo(x.dtype).eps)
    if values[0].dtype.kind == "f":
        eps = max(eps, float(np.finfo(values[0].dtype).eps))
    seen, moved = np.array(values, dtype=np.float64), x + x.dtype.type(step)
    if np.ptp(seen) and _quantum(seen) > ROUNDING * max(eps * size, _quantum(moved)):
        return _quantum(seen) / size
    return eps


def _quantum(values: NDArray[Any]) -> float:
    """Return the largest power of 2 of which all values are multiples; 0 where all are 0.

    That of values of float32, which may come back as Python floats, or of a difference of two
    huge numbers, is far above that of other doubles of their size, and shows how exact they are.
    """
    some = values[np.isfinite(values) & (values != 0)].astype(np.float64)
    mantissas, powers = np.frexp(some)
    digits = np.ldexp(mantissas, 53).astype(np.int64)
    return float(np.ldexp(digits & -digits, powers - 53).min()) if some.size else 0.0
