"""The slopes that a gradient is checked by: of one step or two, on both sides of x."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.differences import (
    Scalar,
    Slopes,
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
SMALL_GAP = 1e-5  # of the largest entry: a fiftieth of the error that a check is to find

Place: TypeAlias = tuple[int, ...]


class SampledSlopes:
    """Slopes of f around x by a method and a step, and what they say of f.

    numeric   the method's estimate, in float64; 0 where the step vanishes
    eps       that of x, or of what f returns where that is coarser
    rounding  what rounding can do to a value of f: 1e3 eps max(1, |f|)

    Half the step is taken only when it is asked for, by `changed` or `kinks`.
    """

    def __init__(self, f: Scalar, x: NDArray[Any], step: float, method: str) -> None:
        self._f, self._x, self._step, self._method = f, x, step, method
        self._complex = method == "complex"
        self._point = x.astype(np.result_type(x, np.complex64)) if self._complex else x
        # Both sides are looked at by real steps, whatever the method.
        own = float(np.finfo(x.dtype).eps)
        self._real = default_step(own, "central") if self._complex else step
        self._values: list[Any] = []
        self._base = self._value(self._point)
        self._wide = self._slopes(self._real)
        self.numeric = self._estimate(step, self._wide)
        seen_by = self._real
        # Constant, or the step is lost in what f rounds; or x moves by a power of 2 from places
        # such as 2, 3, 4, where values of few digits say nothing of how exact f is.
        if len(set(self._values)) == 1 or _quantum(x + x.dtype.type(step)) > ROUNDING * own:
            seen_by = default_step(own, "central")
            self._slopes(seen_by)
        self.eps = _eps(self._values, x, seen_by)
        self.rounding = ROUNDING * self.eps * max(1.0, abs(self._base))

    @property
    def is_smooth(self) -> bool:
        """Whether the slopes behind and ahead are so near that no more need be asked."""
        gaps = [abs(own.ahead - own.behind) for own in self._wide.values()]
        least = SMALL_GAP * self._largest + 3 * self.rounding / self._real
        return all(gap <= least for gap in gaps)

    @cached_property
    def changed(self) -> float:
        """The most that half the step changes, and the largest bend that a real step meets."""
        halved = self._estimate(self._step / 2, self._narrow)
        with np.errstate(**QUIET):  # near the end of the range slopes may be infinite
            changes = np.abs(self.numeric - halved).ravel().tolist()
        bends = [] if self._complex else list(self._bends.values())
        return max(math.inf if math.isnan(change) else change for change in (*changes, *bends))

    @cached_property
    def kinks(self) -> dict[Place, tuple[float, float]]:
        """Where f has no derivative: its slopes behind and ahead."""
        start = max(self._real, default_step(self.eps, "central"))  # rounding is far below there
        found = {}
        for place, size in self._bends.items():
            if math.isfinite(size):
                slopes = kink_at(
                    self._value, self._point, place, start, base=self._base, eps=self.eps
                )
                if slopes is not None:
                    found[place] = slopes
        return found

    @cached_property
    def _narrow(self) -> dict[Place, Slopes]:
        # Where half the step vanishes, it says what the whole one does.
        return {**self._wide, **self._slopes(self._real / 2)}

    @cached_property
    def _bends(self) -> dict[Place, float]:
        """Bends that are no rounding."""
        sizes = {place: abs(bend(own, self._narrow[place])) for place, own in self._wide.items()}
        least = ALLOWED * self._largest + self.rounding / self._real
        moved = ~step_vanishes(self._x, self._real / 2, "central")
        return {place: s for place, s in sizes.items() if not s <= least and moved[place]}

    @property
    def _largest(self) -> float:
        return float(np.abs(self.numeric).max())

    def _value(self, moved: NDArray[Any]) -> float:
        self._values.append(evaluate(self._f, moved, want_complex=self._complex).real)
        return float(self._values[-1])

    def _slopes(self, step: float) -> dict[Place, Slopes]:
        """Slopes on both sides, wherever the step does not vanish."""
        stays = step_vanishes(self._x, step, "central")
        return {
            place: slopes_at(self._value, self._point, place, step, self._base)
            for place in np.ndindex(self._x.shape)
            if not stays[place]
        }

    def _estimate(self, step: float, slopes: dict[Place, Slopes]) -> NDArray[np.float64]:
        estimate = np.zeros(self._x.shape)
        stays = step_vanishes(self._x, self._step, self._method)
        for place in np.ndindex(self._x.shape):
            if stays[place]:
                continue
            if self._complex:
                estimate[place] = along_imaginary(self._f, self._point, place, step)
            else:
                own = slopes[place]
                estimate[place] = own.ahead if self._method == "forward" else own.central
        return estimate


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
