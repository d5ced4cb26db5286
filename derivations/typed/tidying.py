"""Products, sums and powers put in order as one does in passing, and no further.

Numbers and equal factors are gathered, brackets are neither opened nor made, and nothing is sorted.
Every function takes a time that grows with the size of what it is given, whatever that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeAlias

from sympy import Add, Expr, Indexed, Integer, KroneckerDelta, Mul, Pow, Rational, Sum, Symbol, exp

from derivations.printing.expression_forms import split_sign
from derivations.writing import add, mul, power, total

# A number and powers: the exponent of each factor, in the order in which they came.
_Product: TypeAlias = tuple[Rational, dict[Expr, Rational]]
_MOST = 10**30  # numbers beyond are not multiplied out


def times(*factors: Expr) -> Expr:
    """Product in which numbers are one, and equal factors a power: a a (1/a) 2 as 2 a."""
    return _written(*_gathered(factors))


def plus(*terms: Expr) -> Expr:
    """Sum in which equal terms are one: a + b + a as 2 a + b."""
    found: dict[Any, _Product] = {}
    for term in _terms(terms):
        number, powers = _gathered((term,))
        key: Any = frozenset(powers.items())
        if key in found:
            together = found[key][0] + number
            if _is_short(together):
                number = together
            else:
                key = (key, len(found))
        found[key] = number, powers
    parts = [_written(*x) for x in found.values() if x[0] != 0]
    if not parts:
        return Integer(0)
    return parts[0] if len(parts) == 1 else add(*parts)


def raised(base: Expr, exponent: Expr) -> Expr:
    """Power that is none where the exponent is 0 or 1."""
    if exponent == 0:
        return Integer(1)
    return base if exponent == 1 else power(base, exponent)


def summed(term: Expr, index: Symbol, upper: Symbol) -> Expr:
    """Sum over an index, with what does not depend on it in front: the sum of 2 a_i y_k."""
    number, powers = _gathered((term,))
    inside = {x: y for x, y in powers.items() if index in letters(x)}
    outside = {x: y for x, y in powers.items() if x not in inside}
    body = total(_written(Integer(1), inside), index, upper) if inside else upper
    return times(_written(number, outside), body)


@lru_cache(maxsize=4096)
def letters(e: Expr) -> frozenset[Symbol]:
    """Index letters that no sum within runs over.

    SymPy's `free_symbols` first looks whether a summand is zero, which may take long, and finds
    none where it is.
    """
    if isinstance(e, Indexed | KroneckerDelta):
        indices = e.indices if isinstance(e, Indexed) else e.args
        return frozenset(x for x in indices if isinstance(x, Symbol))
    if isinstance(e, Sum):
        return letters(e.function) - {x[0] for x in e.limits}
    return frozenset().union(*map(letters, e.args))


def renamed(e: Expr, index: Symbol, other: Symbol) -> Expr:
    """Put one index in the place of another, and leave the rest as it is written."""
    if isinstance(e, Symbol | Indexed | KroneckerDelta):
        return e.xreplace({index: other})
    if isinstance(e, Sum):
        limits = (x.xreplace({index: other}) for x in e.limits)
        return Sum(renamed(e.function, index, other), *limits)
    if not e.args:
        return e
    return e.func(*(renamed(x, index, other) for x in e.args), evaluate=False)


def _terms(several: Iterable[Expr]) -> Iterator[Expr]:
    for x in several:
        if isinstance(x, Add):
            yield from _terms(x.args)
        else:
            yield x


def _factors(several: Iterable[Expr]) -> Iterator[Expr]:
    for x in several:
        if isinstance(x, Mul):
            yield from _factors(x.args)
        elif (
            isinstance(x, Pow) and isinstance(x.base, Mul) and x.exp == -1 and 0 not in x.base.args
        ):
            yield from _factors(power(y, -1) for y in x.base.args)
        else:
            yield x


def _gathered(factors: Iterable[Expr]) -> _Product:
    number = Integer(1)
    powers: dict[Expr, Rational] = {}
    for x in _factors(factors):
        base, exponent = x.args if _is_fixed_power(x) else (x, Integer(1))
        # A power of a power, such as 1/sqrt(x).
        while exponent.is_Integer and _is_fixed_power(base):
            base, exponent = base.base, base.exp * exponent
        if base.is_Rational and base != 0 and exponent in (1, -1):
            together = number * base**exponent
            if _is_short(together):
                number = together
                continue
        elif x == 0:
            return Integer(0), {}
        powers[base] = powers.get(base, Integer(0)) + exponent
    return number, {x: y for x, y in powers.items() if y != 0}


def _is_fixed_power(x: Expr) -> bool:
    return isinstance(x, Pow) and not isinstance(x, exp) and bool(x.exp.is_Rational)


def _written(number: Rational, powers: dict[Expr, Rational]) -> Expr:
    factors = [raised(x, y) for x, y in powers.items()]
    if not factors:
        return number
    if number == -1 and len(factors) == 1 and isinstance(factors[0], Add):
        terms = factors[0].args
        if split_sign(terms[0])[0]:
            return plus(*(times(number, x) for x in terms))
    if 1 < number.q < 10:  # below the line; other fractions are written as decimals
        factors.insert(0, power(Integer(number.q), -1))
        number = Integer(number.p)
    if number != 1:
        factors.insert(0, number)
    return factors[0] if len(factors) == 1 else mul(*factors)


def _is_short(number: Rational) -> bool:
    return bool(max(abs(number.p), number.q) <= _MOST)
