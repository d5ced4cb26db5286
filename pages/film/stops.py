"""Round numbers: the stops of a slider, and where an axis is labelled."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from pages.writing.numerals import short_text

_TICKS = 5


def round_step(low: float, high: float, count: int) -> float:
    """Return the step of 1, 2 or 5 times a power of ten that leads in about so many to high."""
    rough = (high - low) / count
    power = 10.0 ** math.floor(math.log10(rough))
    return next(s * power for s in (1, 2, 5, 10) if s * power >= 0.999 * rough)


def round_stops(low: float, high: float, count: int) -> NDArray[np.float64]:
    """Return about so many multiples of a round step from low to high, in few digits."""
    step = round_step(low, high, count)
    decimals = max(0, -math.floor(math.log10(step)))
    multiples = np.arange(math.ceil(low / step), math.floor(high / step) + 1)
    return np.round(multiples * step, decimals) + 0.0


def two_digit_stops(low: float, high: float, count: int) -> list[float]:
    """Return so many numbers of two digits each, evenly on a log scale from low to high."""
    return [float(f"{stop:.2g}") for stop in np.geomspace(low, high, count)]


def round_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return about five round numbers from low to high with their texts."""
    step = round_step(low, high, _TICKS)
    return [
        (min(max(k * step, low), high), short_text(k * step))  # rounding leads over no end
        for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    ]
