"""What the value of a line costs, known before it is computed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import prod
from typing import Any

from sympy import Expr, Indexed, KroneckerDelta, Pow, Sum, Symbol, exp, log

from derivations.symbols import SIZES, upper_limit

_DEAR = 10  # a function, in additions


def cost(line: Expr, indices: tuple[Symbol, ...], sizes: Mapping[Symbol, int]) -> int:
    """Count the additions that a plain line takes at every setting of these indices, no more.

    A part is computed once for each setting of the indices that it has itself.
    """
    parts = sum(weight * prod(sizes[x] for x in limits) for limits, weight in _parts(line).items())
    return parts + prod(sizes[upper_limit(x)] for x in indices)


@lru_cache(maxsize=256)
def _parts(line: Expr) -> dict[tuple[Symbol, ...], int]:
    """Count the parts by the limits of their indices."""
    found: dict[tuple[Symbol, ...], int] = {}
    _count(line, {}, found)
    return found


def _count(
    e: Any, bounds: dict[Any, Symbol], found: dict[tuple[Symbol, ...], int]
) -> frozenset[Any]:
    """Count a part and those in it; return its indices."""
    if isinstance(e, Sum):
        bounds = bounds | {x[0]: x[2] if x[2] in SIZES else SIZES[0] for x in e.limits}
        inside = _count(e.function, bounds, found)
        own, each = inside - {x[0] for x in e.limits}, inside.union(x[0] for x in e.limits)
    elif isinstance(e, Indexed | KroneckerDelta):
        indices = e.indices if isinstance(e, Indexed) else e.args
        own = each = frozenset(x for x in indices if isinstance(x, Symbol) and x not in SIZES)
    else:
        own = each = frozenset().union(*(_count(x, bounds, found) for x in e.args))
    limits = tuple(sorted((bounds.get(x, upper_limit(x)) for x in each), key=str))
    dear = isinstance(e, exp | log | Pow)
    found[limits] = found.get(limits, 0) + len(e.args) + _DEAR * dear
    return own
