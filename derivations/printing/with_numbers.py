"""A line with numbers in the place of its letters: a_i (delta_ij - a_j) as 0.2447 (0 - 0.6652)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from sympy import Add, Expr, Float, Integer, Mul, Piecewise, Pow, Sum, Symbol, exp, log
from sympy.core.relational import Eq

from derivations.evaluating.evaluate import evaluate, evaluate_each
from derivations.model import Derivation
from derivations.printing.expression_forms import excluded
from derivations.printing.notations import latex

DECIMALS, MOST_DECIMALS = 4, 15
_STRUCTURE = (Add, Mul, Pow, exp, log)
_SLOT = re.compile("\x02(\\d+)([de])\x03")  # the digits of a number, or its power of ten
Places: TypeAlias = tuple[tuple[str, int], ...]  # indices and upper limits, by name
Forms: TypeAlias = tuple[tuple[bool, bool], ...]  # of each number: below zero, power of ten


def at_numbers(
    derivation: Derivation, line: int, *, most_terms: int = 3, **numbers: Any
) -> tuple[str, str]:
    """Write a line with numbers for letters, sums and derivatives, and its value, as LaTeX.

    line        its place in `derivation.lines`
    most_terms  a sum of up to so many terms is written out, unless they are mere exponentials or
                it stands within another
    numbers     as for `evaluate`, every free index among them

    The shape of the line is kept; of two cases the one that holds is written. Numbers are rounded
    as `number_latex` does: for the eye, not to reckon on with.

    Raises ValueError as `evaluate` does.
    """
    uppers = {x[2] for e in derivation.lines[line].atoms(Sum) for x in e.limits if x[2].is_Symbol}
    sizes = {x.name: int(evaluate(derivation, x, **numbers)) for x in uppers}
    indices = {x: numbers[x] for x in map(str, derivation.indices) if x in numbers}
    places = tuple(sorted((indices | sizes).items()))
    slots = _slots(derivation, line, places, most_terms)
    *values, whole = evaluate_each(derivation, (*slots, line), digits=17, **numbers)
    written = [_parts(abs(value)) for value in values]
    forms = tuple(
        (bool(value < 0), bool(exponent))
        for value, (_, exponent) in zip(values, written, strict=True)
    )
    template = _template(derivation, line, places, most_terms, forms)
    sign = "-" if whole < 0 else ""
    filled = _SLOT.sub(lambda m: written[int(m[1])][m[2] == "e"], template)
    return filled, sign + number_latex(abs(whole))


@lru_cache(maxsize=1024)
def _slots(derivation: Derivation, line: int, places: Places, most_terms: int) -> tuple[Expr, ...]:
    """List what is to be replaced by a number, in order."""
    filler = _Filler(dict(places), most_terms, ())
    filler.fill(derivation.lines[line], {})
    return tuple(filler.slots)


@lru_cache(maxsize=2048)
def _template(
    derivation: Derivation, line: int, places: Places, most_terms: int, forms: Forms
) -> str:
    """Write the line with a mark in each slot; a number below zero may need brackets."""
    filler = _Filler(dict(places), most_terms, forms)
    return latex(filler.fill(derivation.lines[line], {}), dots=True)


class _Filler:
    """Puts a slot in the place of each part that becomes one number."""

    def __init__(self, places: Mapping[str, int], most_terms: int, forms: Forms) -> None:
        self.places = places
        self.most_terms = most_terms
        self.forms = forms
        self.slots: list[Expr] = []

    def fill(self, e: Expr, bound: Mapping[Symbol, int]) -> Expr:
        """Fill in one part; `bound` are the places of the sum that it stands in."""
        if isinstance(e, Piecewise):
            return self.fill(case_that_holds(e, self.places), bound)
        if e.is_number:
            return e
        if isinstance(e, Sum) and not bound and not isinstance(e.function, exp):
            terms = self._terms(e)
            if terms:
                return terms[0] if len(terms) == 1 else Add(*terms, evaluate=False)
        if isinstance(e, _STRUCTURE):
            return e.func(*(self.fill(x, bound) for x in e.args), evaluate=False)
        place = len(self.slots)
        self.slots.append(e.xreplace({index: Integer(at) for index, at in bound.items()}))
        slot = Symbol(f"\x02{place}d\x03")
        negative, powered = self.forms[place] if self.forms else (False, False)
        if powered:  # a product, so that it stands in brackets where it is raised
            slot = Mul(slot, Pow(10, Symbol(f"\x02{place}e\x03"), evaluate=False), evaluate=False)
        return Mul(-1, slot, evaluate=False) if negative else slot

    def _terms(self, e: Sum) -> list[Expr]:
        """Write a short sum out; no terms where it is too long."""
        if len(e.limits) > 1:
            return []
        index, _, upper = e.limits[0]
        size = int(upper) if upper.is_Integer else self.places[upper.name]
        if size > self.most_terms:
            return []
        factors = Mul.make_args(e.function)
        left_out = excluded(factors[0], index)
        term, without = e.function, None
        if left_out is not None:
            term = factors[1] if len(factors) == 2 else Mul(*factors[1:], evaluate=False)
            without = self.places[str(left_out)]
        places = [at for at in range(1, size + 1) if at != without]
        return [self.fill(term, {index: at}) for at in places]


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
    r"""Write a number of any size for the eye: 2, 0.2447, 0.01234, 3.142 \cdot 10^{-7}.

    Four decimals, more where they would leave less than four digits, or hide that a number is
    not quite a whole one; a power of ten where there would be many zeros.
    """
    mantissa, exponent = _parts(value)
    return rf"{mantissa} \cdot 10^{{{exponent}}}" if exponent else mantissa


def _parts(value: Any) -> tuple[str, str]:
    """Return the digits of a number and the power of ten behind them, "" where there is none."""
    if value == 0:
        return "0", ""
    if not 1e-4 <= abs(value) < 1e6:
        mantissa, exponent = f"{Float(value, 15):.3e}".split("e")
        return mantissa, str(int(exponent))
    plain = float(value)
    if plain.is_integer():
        return f"{plain:.0f}", ""
    odd = math.floor(math.log10(abs(plain - round(plain))))
    decimals = max(DECIMALS, DECIMALS - 1 - math.floor(math.log10(abs(plain))), 1 - odd)
    return f"{plain:.{min(decimals, MOST_DECIMALS)}f}", ""
