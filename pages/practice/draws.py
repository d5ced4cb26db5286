"""What a seed draws: the same for all who have the link, in any version of Python.

Only `random()` is promised to stay what it is, so all else is made of it here.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Value = TypeVar("Value")


class Draws:
    """Draws of one exercise, known by words and numbers such as its kind and its variant."""

    def __init__(self, *seeds: object) -> None:
        self._random = Random("/".join(map(str, seeds))).random  # noqa: S311 (no secret)

    def one(self, values: Sequence[Value]) -> Value:
        """Draw one of several values."""
        return values[int(self._random() * len(values))]

    def several(self, values: Sequence[Value], count: int) -> tuple[Value, ...]:
        """Draw several different ones of several values, in the order drawn."""
        left = list(values)
        return tuple(left.pop(int(self._random() * len(left))) for _ in range(count))
