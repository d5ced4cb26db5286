"""A line with numbers in the place of its letters: a_i (delta_ij - a_j) as 0.2447 (0 - 0.6652)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Add, Expr, Float, Integer, Mul, Piecewise, Pow, Sum, Symbol, exp, log
from sympy.core.relational import Eq

from derivations.evaluation import evaluate
from derivations.model import Derivation
from derivations.shapes import excluded

DECIMALS = 4
_STRUCTURE = (Add, Mul, Pow, exp, log)


class Value(Symbol):  # type: ignore[misc]
    """A number that stands in a line as it is to be read; its name holds the LaTeX."""

    __slots__ = ()


def at_numbers(derivation: Derivation, line: int, *, most_terms: int = 3, **numbers: Any) -> Expr:
    """Put numbers in the place of letters, sums and derivatives; the shape of the line is kept.

    line        its place in `derivation.lines`
    most_terms  a sum of up to so many terms is written out, unless they are mere exponentials or
                it stands within another
    numbers     as for `evaluate`, every free index among them

    Numbers are rounded to four decimals, or written as a power of ten where that says nothing:
    for the eye, not to reckon on with. Of two cases the one that holds is written.

    Raises ValueError as `evaluate` does.
    """
    return _Filler(derivation, numbers, most_terms).fill(derivation.lines[line], {})


class _Filler:
    """Fills in one line; `bound` are the places of the sums that a part stands in, by index."""

    def __init__(self, derivation: Derivation, numbers: Mapping[str, Any], most_terms: int) -> None:
        self.derivation = derivation
        self.numbers = numbers
        self.most_terms = most_terms

    def fill(self, e: Expr, bound: Mapping[Symbol, int]) -> Expr:
        if isinstance(e, Piecewise):
            return self.fill(case_that_holds(e, self.numbers), bound)
        if e.is_number:
            return e
        if isinstance(e, Sum) and not bound and not isinstance(e.function, exp):
            terms = self._terms(e, bound)
            if terms:
                return terms[0] if len(terms) == 1 else Add(*terms, evaluate=False)
        if isinstance(e, _STRUCTURE):
            return e.func(*(self.fill(x, bound) for x in e.args), evaluate=False)
        value = self._value(e, bound)
        size = Value(number_latex(abs(value)))
        return Mul(-1, size, evaluate=False) if value < 0 else size

    def _terms(self, e: Sum, bound: Mapping[Symbol, int]) -> list[Expr]:
        """Write a short sum out; no terms where it is too long."""
        if len(e.limits) > 1:
            return []
        index, _, upper = e.limits[0]
        size = int(self._value(upper, {}))
        if size > self.most_terms:
            return []
        factors = Mul.make_args(e.function)
        left_out = excluded(factors[0], index)
        term, without = e.function, None
        if left_out is not None:
            term = factors[1] if len(factors) == 2 else Mul(*factors[1:], evaluate=False)
            without = bound.get(left_out, self.numbers.get(str(left_out)))
        places = [at for at in range(1, size + 1) if at != without]
        return [self.fill(term, {**bound, index: at}) for at in places]

    def _value(self, e: Expr, bound: Mapping[Symbol, int]) -> Float:
        placed = e.xreplace({index: Integer(at) for index, at in bound.items()})
        return evaluate(self.derivation, placed, digits=17, **self.numbers)


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
