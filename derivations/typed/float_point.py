"""Where a loss is evaluated in floating point, and where in it an index stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sympy import Expr, Integer

from derivations.typed.float_functions import Notes, Number, Trouble


@dataclass
class Point:
    """Where a loss is evaluated.

    a, y     one number a class
    indices  where the letters stand, from 1; t is 0 where the target is not one class
    notes    what went wrong so far
    sums     sums that are known by now, by node and indices
    poles    how often something was divided by 0 where no probability is 0
    """

    a: Sequence[Number]
    y: Sequence[float]
    indices: dict[str, int]
    notes: Notes = field(default_factory=list)
    sums: dict[Any, Number] = field(default_factory=dict)
    poles: int = 0


def position_of(index: Expr) -> Callable[[Point], int]:
    """Return where an index stands, from 1; 0, with a note, where there is no such class."""
    fixed, name = (int(index), "") if isinstance(index, Integer) else (0, index.name)

    def position(point: Point) -> int:
        at = fixed or point.indices[name]
        if 0 < at <= len(point.a):
            return at
        point.notes.append(Trouble.NO_SUCH_CLASS if at else Trouble.TARGET_NOT_ONE_CLASS)
        return 0

    return position
