"""A line with numbers in the place of its letters: a_i (delta_ij - a_j) as 0.2447 (0 - 0.6652)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Add, Expr, Float, Mul, Piecewise, Pow, Symbol, exp, log
from sympy.core.relational import Eq

from derivations.evaluation import evaluate
from derivations.model import Derivation

DECIMALS = 4
_STRUCTURE = (Add, Mul, Pow, exp, log)


class Value(Symbol):  # type: ignore[misc]
    """A number that stands in a line as it is to be read; its name holds the LaTeX."""

    __slots__ = ()


def at_numbers(derivation: Derivation, line: int, **numbers: Any) -> Expr:
    """Put numbers in the place of letters, sums and derivatives; the shape of the line is kept.

    line      its place in `derivation.lines`
    numbers   as for `evaluate`, every free index among them

    Numbers are rounded to four decimals, or written as a power of ten where that says nothing:
    for the eye, not to reckon on with. Of two cases the one that holds is written.

    Raises ValueError as `evaluate` does.
    """
    return _filled(derivation.lines[line], derivation, numbers)


def _filled(e: Expr, derivation: Derivation, numbers: dict[str, Any]) -> Expr:
    if isinstance(e, Piecewise):
        return _filled(case_that_holds(e, numbers), derivation, numbers)
    if isinstance(e, _STRUCTURE) and not e.is_number:
        parts = [_filled(x, derivation, numbers) for x in e.args]
        return e.func(*parts, evaluate=False)
    if e.is_number:
        return e
    value: Float = evaluate(derivation, e, digits=17, **numbers)
    size = Value(number_latex(abs(value)))
    return Mul(-1, size, evaluate=False) if value < 0 else size


def case_that_holds(cases: Piecewise, numbers: Mapping[str, Any]) -> Expr:
    """Return the one of several cases that holds where the indices have the given numbers."""
    for value, condition in cases.args:
        if not isinstance(condition, Eq):
            return value
        left, right = (numbers[x.name] for x in condition.args)
        if left == right:
            return value
    raise ValueError("no case holds")


def number_latex(value: Any) -> str:
    r"""Write a number of any size for the eye: 2, 0.2447, 3.1 \cdot 10^{-7}."""
    if value == 0:
        return "0"
    if not 10**-DECIMALS <= abs(value) < 10**6:
        mantissa, exponent = f"{Float(value, 15):.1e}".split("e")
        return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"
    plain = float(value)
    return f"{plain:.0f}" if plain.is_integer() else f"{plain:.{DECIMALS}f}"
