"""The step of the central differences that pages show beside a gradient."""

from __future__ import annotations

import numpy as np

STEP: float = float(np.finfo(np.float64).eps) ** (1 / 3)


def difference_step(temperature: float) -> float:
    """Return the step for a function of z / T: that of T = 1, shrunk with T.

    At a low temperature the loss bends within a small range of z; a step as wide as at T = 1
    would measure the bend and not the slope.
    """
    return STEP * min(1.0, temperature)
