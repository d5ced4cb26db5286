"""The integers of lines: those that indices meet make cases, and samples go past all of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from sympy import Eq, Expr, Indexed, KroneckerDelta, Ne, Rational, Sum

from derivations.symbols import SIZES, entries, free_symbols, n, shape_of, upper_limit

_MOST_SUMMANDS, _SMALL = 20_000, 64  # what one sample may cost, and entries of an array
_MOST_SAMPLES = 100


def met_by_indices(*lines: Expr) -> frozenset[Any]:
    """Integers, and the limits n, D, N, that stand where an index may: z_5, delta_i5, i = n.

    A sum that does not run from 1 to n, D or N is written out for numbers, term by term: then
    every integer up to the largest one counts.
    """
    found: set[Any] = set()
    own_limits = False
    for x in set().union(*(line.atoms(Indexed, KroneckerDelta, Eq, Ne, Sum) for line in lines)):
        if isinstance(x, Sum):
            odd = [limit for limit in x.limits if limit[1] != 1 or limit[2] not in SIZES]
            found.update(y for _, *ends in odd for y in ends)
            own_limits = own_limits or bool(odd)
        else:
            found.update(x.indices if isinstance(x, Indexed) else x.args)
    plain = frozenset(x for x in found if x in SIZES or (x.is_Integer and x > 0))
    largest = max(filter(lambda x: x.is_Integer, plain), default=0)
    return plain | frozenset(map(Rational, range(1, largest + 1))) if own_limits else plain


def largest(*lines: Expr) -> int:
    """Return the largest integer of the lines wherever it stands, above and below fractions."""
    numbers = set().union(*(line.atoms(Rational) for line in lines))
    return max((max(abs(int(x.p)), int(x.q)) for x in numbers), default=0)


def sizes_around(met: frozenset[Any], *lines: Expr) -> Iterator[tuple[int, ...]] | None:
    """List n, D, N on both sides of every integer that an index meets: a proof has n beyond them.

    None where these are too many, or too large to sum over; nothing where no index meets one.
    """
    integers = {int(x) for x in met if x.is_Integer}
    if not integers - {1} and not (integers and met.intersection(SIZES)):
        return iter(())
    values = sorted({1, *(x - 1 for x in integers), *integers, max(integers) + 1} - {0})
    used = _sizes_used(*lines)
    count = len(values) ** len(used)
    if count > _MOST_SAMPLES or not is_affordable(max(values), *lines):
        return None
    return product(*(values if x in used else (2,) for x in SIZES))


def is_affordable(size: int, *lines: Expr) -> bool:
    """Whether lines can be summed, and their arrays filled, for n = D = N = size.

    Of sums within sums most are kept once they are known, as that of the exponentials is: then two
    of them count.
    """
    depth = max(map(_depth, lines))
    largest_array = max((size ** len(shape_of(x)) for x in _arrays(*lines)), default=0)
    steps = min(size**depth, size**2 if size <= _SMALL else size**depth)
    return bool(max(steps, largest_array) <= _MOST_SUMMANDS)


def _sizes_used(*lines: Expr) -> set[Any]:
    shapes = {x for array in _arrays(*lines) for x in shape_of(array)}
    letters = {x for line in lines for x in free_symbols(line) if x.is_integer}
    return {n, *shapes, *letters.intersection(SIZES), *map(upper_limit, letters - {*SIZES})}


def _arrays(*lines: Expr) -> set[Any]:
    return {x for line in lines for x in entries(line)}


def _depth(e: Any) -> int:
    """Count how many sums stand within one another."""
    own = len(e.limits) if isinstance(e, Sum) else 0
    return own + max(map(_depth, e.args), default=0)
