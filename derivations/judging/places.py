"""Changing parts of a line where they are; the rest is kept as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sympy import Add, Expr, Indexed, Integer, KroneckerDelta, Mul, Sum, Symbol
from sympy.functions.elementary.piecewise import ExprCondPair

from derivations.symbols import Partial, Shifted, i, j, k, m, q, s
from derivations.writing import add, mul

_LEAVES = Indexed | KroneckerDelta
_REBUILT = Sum | Partial | Shifted | ExprCondPair | _LEAVES  # these evaluate nothing


def everywhere(e: Any, change: Callable[[Any], Expr | None]) -> Any:
    """Put change(part) in the place of each part for which it is not None, the largest first."""
    new = change(e)
    if new is not None:
        return new
    parts = list(_parts(e))
    return _with_parts(e, [everywhere(x, change) for x in parts]) if parts else e


def each_place(e: Any, change: Callable[[Any], Iterator[Expr]]) -> Iterator[Any]:
    """Yield the line once for each new part that `change` yields for one of its parts."""
    yield from change(e)
    parts = list(_parts(e))
    for place, part in enumerate(parts):
        for new in each_place(part, change):
            yield _with_parts(e, [*parts[:place], new, *parts[place + 1 :]])


def renamed(e: Any, old: Any, new: Any) -> Any:
    """Put one index in the place of another."""
    return everywhere(e, lambda x: x.xreplace({old: new}) if isinstance(x, _LEAVES) else None)


def unused_letter(*lines: Any, of_samples: bool = False) -> Symbol:
    """Find a letter for the index of a sum that none of the lines uses."""
    used = set().union(*(x.atoms(Symbol) for x in lines))
    return next(x for x in ((q, s) if of_samples else (k, m, j, i)) if x not in used)


def product_of(factors: Iterable[Any]) -> Any:
    """Multiply what is left of a product, in its order."""
    rest = [x for x in factors if x != 1]
    return mul(*rest) if len(rest) > 1 else rest[0] if rest else Integer(1)


def _parts(e: Any) -> Sequence[Any]:
    """List the parts that may change: not the limits of a sum, indices, and conditions."""
    if isinstance(e, _LEAVES):
        return ()
    parts: Sequence[Any] = e.args
    return parts[:1] if isinstance(e, Sum | ExprCondPair) else parts


def _with_parts(e: Any, parts: Sequence[Any]) -> Any:
    args = (*parts, *e.args[len(parts) :])
    if isinstance(e, Mul):
        return product_of(args)
    if isinstance(e, Add) and 0 in args:
        rest = [x for x in args if x != 0]
        return add(*rest) if len(rest) > 1 else rest[0] if rest else Integer(0)
    return e.func(*args) if isinstance(e, _REBUILT) else e.func(*args, evaluate=False)
