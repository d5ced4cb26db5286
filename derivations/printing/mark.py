"""A part of a line with a mark, which a printer shows: in a box, or in square brackets."""

from __future__ import annotations

from typing import Any

from sympy import Expr, Integer


class Mark(Expr):  # type: ignore[misc]
    """A marked part; `depth` counts the fractions that it stands in. For printing alone."""

    is_commutative = True

    def __new__(cls, part: Any, depth: int) -> Mark:
        """Keep the part as it is."""
        return Expr.__new__(cls, part, Integer(depth))  # type: ignore[no-any-return]

    @property
    def depth(self) -> int:
        """How many fractions the part stands in."""
        return int(self.args[1])
