"""Stops of a slider: round numbers, evenly apart."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray


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
