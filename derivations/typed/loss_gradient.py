"""The derivative of a loss with respect to one probability, dL/da_i, with no delta left to sum.

The derivative of any part is held as what stands before each delta_ip, and what is left without
one: {p: factor, None: rest}. A sum over k then turns its own delta_ik into the one term at k = i.
Only entries that are named, such as a_t and a_1, keep their delta.

Not by `sympy.diff`: on its way it works out, sorts and asks for signs, which took 44 of 366 random
formulas more than 0.2 s and 3 of them more than 3 s. The tests hold the two side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

from sympy import Abs, Add, Expr, Indexed, Integer, Mul, Pow, Sum, exp, log, sign

from derivations.symbols import a, delta, i
from derivations.typed.tidying import plus, raised, renamed, summed, times
from derivations.writing import ln

_Slopes: TypeAlias = dict[Any, Expr]


def gradient(loss: Expr) -> Expr:
    """Differentiate with respect to a_i, for any class i; 0 where nothing depends on a.

    loss   a formula as `parse` reads it, in which no index is called i

    The derivative of |x| at x = 0 is taken as 0.
    """
    slopes = _slopes(loss)
    rest = slopes.pop(None, Integer(0))
    return plus(rest, *(times(delta(i, p), x) for p, x in slopes.items()))


def _slopes(e: Expr) -> _Slopes:
    rule = next((rule for kind, rule in _RULES.items() if isinstance(e, kind)), None)
    return rule(e) if rule else {}


def _together(*several: tuple[_Slopes, Sequence[Expr], Sequence[Expr]]) -> _Slopes:
    """Add up slopes, each set between the factors before and after it."""
    terms: dict[Any, list[Expr]] = {}
    for slopes, before, after in several:
        for p, slope in slopes.items():
            terms.setdefault(p, []).append(times(*before, slope, *after))
    found = {p: plus(*x) for p, x in terms.items()}
    return {p: x for p, x in found.items() if x != 0}


def _chain(outer: Expr, inner: Expr) -> _Slopes:
    return _together((_slopes(inner), (outer,), ()))


def _of_product(e: Mul) -> _Slopes:
    parts = e.args
    return _together(
        *((_slopes(x), parts[:place], parts[place + 1 :]) for place, x in enumerate(parts))
    )


def _of_power(e: Pow) -> _Slopes:
    base, exponent = e.args
    lowered = raised(base, plus(exponent, Integer(-1)))
    return _together(
        (_slopes(base), (exponent, lowered), ()), (_slopes(exponent), (e, ln(base)), ())
    )


def _of_logarithm(e: log) -> _Slopes:
    """Take a product factor by factor: y ln(y / a) has the derivative -y / a, also at y = 0."""
    inner = e.args[0]
    if isinstance(inner, Mul):
        return _together(*((_slopes(ln(x)), (), ()) for x in inner.args))
    if isinstance(inner, exp):
        return _slopes(inner.args[0])
    if isinstance(inner, Pow) and not _slopes(inner.exp):
        return _chain(inner.exp, ln(inner.base))
    return _chain(raised(inner, Integer(-1)), inner)


def _of_sum(e: Sum) -> _Slopes:
    slopes = _slopes(e.function)
    for index, _, upper in e.limits:
        own = slopes.pop(index, Integer(0))
        slopes = {p: summed(x, index, upper) for p, x in slopes.items()}
        rest = plus(renamed(own, index, i), slopes.pop(None, Integer(0)))
        if rest != 0:
            slopes[None] = rest
    return slopes


_RULES: Mapping[Any, Callable[[Any], _Slopes]] = MappingProxyType(
    {
        Indexed: lambda e: {e.indices[0]: Integer(1)} if e.base == a else {},
        Add: lambda e: _together(*((_slopes(x), (), ()) for x in e.args)),
        Mul: _of_product,
        # exp before Pow, which it may count as.
        exp: lambda e: _chain(e, e.args[0]),
        Pow: _of_power,
        log: _of_logarithm,
        Abs: lambda e: _chain(sign(e.args[0], evaluate=False), e.args[0]),
        Sum: _of_sum,
    }
)
