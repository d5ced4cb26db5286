"""The scale on which a model sees its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.floating[Any]]
FARTHEST = 1e100  # deviations; as far as the numbers of a file go, so that scores stay finite


@dataclass(frozen=True, eq=False)
class Scale:
    """How raw inputs are seen, column by column: x as (x / unit - centre) / spread; each (D,).

    What would lie further than FARTHEST from 0 is seen just there.
    """

    unit: Matrix
    centre: Matrix
    spread: Matrix

    def apply(self, raw: Matrix) -> Matrix:
        """Return raw inputs (N, D) as the model sees them."""
        with np.errstate(over="ignore"):
            scaled = (raw / self.unit - self.centre) / self.spread
        return np.clip(scaled, -FARTHEST, FARTHEST) + 0.0  # -0.0 has a sign that means nothing


def divided_by(spread: float, columns: int) -> Scale:
    """Return the scale of inputs that are all divided by the same number."""
    return Scale(np.ones(columns), np.zeros(columns), np.full(columns, spread))


def standard(train: Matrix) -> Scale:
    """Return the scale that gives each column (N, D) mean 0 and standard deviation 1.

    A column that is the same throughout becomes 0.
    """
    # Of equal numbers the mean, and so the deviation, may be off by rounding.
    constant = train.max(axis=0) == train.min(axis=0)
    # A power of two as large as the column, which rounds nothing: without it the squares of 1e-200,
    # or the mean of 5e-324, would round to 0.
    exponent = np.frexp(np.abs(train).max(axis=0))[1]
    unit = np.ldexp(1.0, np.where(constant, 0, exponent))
    inner = train / unit
    return Scale(unit, inner.mean(axis=0), np.where(constant, np.inf, inner.std(axis=0)))
