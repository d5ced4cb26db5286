"""Shares that sum to 1, and how the others make room when one of them changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pages.writing.refusal import Refused

Distribution: TypeAlias = tuple[float, ...]


def shares_of(weights: Sequence[float]) -> Distribution:
    """Scale weights so that they sum to 1; where all are 0, each gets an equal share."""
    return _rounded(_proportions(np.asarray(weights)))


def with_share(
    values: Sequence[float], index: int, share: float, field: str = "target"
) -> Distribution:
    """Set one share; the others keep their proportions, so that all still sum to 1.

    Where the others are all 0 they have no proportions to keep, and divide the rest equally.
    """
    if not 0.0 <= share <= 1.0:
        raise Refused(field, "range", value=share)
    others = _proportions(np.delete(values, index))
    return _rounded(np.insert(others * (1.0 - share), index, share))


def _proportions(weights: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(weights), 1 / len(weights))


def _rounded(values: NDArray[np.floating[Any]]) -> Distribution:
    # The last digit of a double is noise here, and would stand in every link as ...99998.
    return tuple(round(float(value), 15) for value in values)
