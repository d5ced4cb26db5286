"""What holds of every state, whatever was done to it."""

from __future__ import annotations

import math

from pages.visit.state import MAX_CLASSES, MIN_CLASSES, LabState

SUM_TOLERANCE = 1e-12


def assert_whole(state: LabState, after: object) -> None:
    """Every part has one entry a class, and the target is a distribution."""
    n = state.classes
    assert MIN_CLASSES <= n <= MAX_CLASSES
    assert len(state.names) == len(state.distribution) == n
    y = state.distribution
    total = math.fsum(y)
    assert abs(total - 1) <= SUM_TOLERANCE, f"the target sums to {total!r} after {after}"
    assert (y >= 0).all(), f"target {y} after {after}"
    assert (y <= 1).all(), f"target {y} after {after}"
    assert max(state.logits) > -math.inf
