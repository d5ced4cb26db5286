"""A line with numbers in the place of its letters: a_i (delta_ij - a_j) as 0.2447 (0 - 0.6652)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple, TypeAlias

from sympy import (
    Add,
    Expr,
    Float,
    IndexedBase,
    Integer,
    Mul,
    Piecewise,
    Pow,
    Sum,
    Symbol,
    exp,
    log,
)
from sympy.core.relational import Eq

from derivations.evaluating.evaluate import evaluate, evaluate_each
from derivations.model import Derivation
from derivations.printing.expression_forms import excluded
from derivations.printing.notations import latex

DECIMALS, MOST_DECIMALS = 4, 15
_STRUCTURE = (Add, Mul, Pow, exp, log)
_SLOT = re.compile("\x02(\\d+)([de])\x03")  # the digits of a number, or its power of ten
Places: TypeAlias = tuple[tuple[str, int], ...]  # indices and upper limits, by name
_DOTS = Symbol(r"\dots")
Forms: TypeAlias = tuple[tuple[bool, bool], ...]  # of each number: below zero, power of ten


def at_numbers(
    derivation: Derivation,
    line: int,
    *,
    most_terms: int = 3,
    elided: bool = False,
    in_rows: bool = False,
    **numbers: Any,
) -> tuple[str, str]:
    """Write a line with numbers for letters, sums and derivatives, and its value, as LaTeX.

    line        its place in `derivation.lines`
    most_terms  a sum of up to so many terms is written out, unless they are mere exponentials or
                it stands within another
    elided      whether a longer one is written as its first term, dots and its last, rather than
                as one number
    in_rows     whether each term of the line begins a row of LaTeX's `aligned`
    numbers     as for `evaluate`, every free index among them

    The shape of the line is kept; of two cases the one that holds is written. Numbers are rounded
    as `number_latex` does: for the eye, not to reckon on with.

    Raises ValueError as `evaluate` does.
    """
    uppers = {x[2] for e in derivation.lines[line].atoms(Sum) for x in e.limits if x[2].is_Symbol}
    sizes = {x.name: int(evaluate(derivation, x, **numbers)) for x in uppers}
    indices = {x: numbers[x] for x in map(str, derivation.indices) if x in numbers}
    places = tuple(sorted((indices | sizes).items()))
    shape = _Shape(derivation.lines[line], places, most_terms, elided)
    slots = _slots(shape)
    *values, whole = evaluate_each(derivation, (*slots, line), digits=17, **numbers)
    written = [_parts(abs(value)) for value in values]
    forms = tuple(
        (bool(value < 0), bool(exponent))
        for value, (_, exponent) in zip(values, written, strict=True)
    )
    template = _template(shape, forms, in_rows=in_rows)
    sign = "-" if whole < 0 else ""
    filled = _SLOT.sub(lambda m: written[int(m[1])][m[2] == "e"], template)
    return filled, sign + number_latex(abs(whole))


class _Shape(NamedTuple):
    """A line, and how it is to be written."""

    line: Expr
    places: Places
    most_terms: int
    elided: bool


@lru_cache(maxsize=1024)
def _slots(shape: _Shape) -> tuple[Expr, ...]:
    """List what is to be replaced by a number, in order."""
    filler = _Filler(shape, ())
    filler.fill(shape.line, {})
    return tuple(filler.slots)


@lru_cache(maxsize=2048)
def _template(shape: _Shape, forms: Forms, *, in_rows: bool) -> str:
    """Write the line with a mark in each slot; a number below zero may need brackets."""
    filled = _Filler(shape, forms).fill(shape.line, {})
    if not in_rows or not isinstance(filled, Add):
        return latex(filled, dots=True)
    first, *others = (latex(x, dots=True) for x in filled.args)
    signed = (f"- {x[1:]}" if x[0] == "-" else f"+ {x}" for x in others)
    return r" \\[4pt] & \quad {} ".join([first, *signed])


class _Filler:
    """Puts a slot in the place of each part that becomes one number."""

    def __init__(self, shape: _Shape, forms: Forms) -> None:
        self.places = dict(shape.places)
        self.most_terms = shape.most_terms
        self.elided = shape.elided
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
        """Write a sum out; no terms where it is too long."""
        term, without = e.function, None
        indices = [x[0] for x in reversed(e.limits)]
        sizes = [int(self.places.get(str(x[2]), x[2])) for x in reversed(e.limits)]
        factors = Mul.make_args(term)
        left_out = excluded(factors[0], indices[0])
        if left_out is not None:
            term = factors[1] if len(factors) == 2 else Mul(*factors[1:], evaluate=False)
            without = (self.places[str(left_out)],)
        places = [at for at in product(*(range(1, x + 1) for x in sizes)) if at != without]
        long = len(places) > self.most_terms or math.prod(sizes) > self.most_terms
        if long and not (self.elided and len(places) > 2):
            return []
        if long:
            places = [places[0], places[-1]]
        terms = [self.fill(term, dict(zip(indices, at, strict=True))) for at in places]
        return [terms[0], _DOTS, terms[1]] if long else terms


def with_places(line: Any, places: Mapping[str, int]) -> Any:
    """Put numbers in the place of free indices; of two cases the one that holds is taken."""
    if isinstance(line, Piecewise):
        return with_places(case_that_holds(line, places), places)
    if isinstance(line, Symbol) and line.is_integer:
        return Integer(places[line.name]) if line.name in places else line
    if not line.args or isinstance(line, IndexedBase):
        return line
    if isinstance(line, Sum):
        bound = {str(x[0]) for x in line.limits}
        inner = {name: at for name, at in places.items() if name not in bound}
        return Sum(with_places(line.function, inner), *line.limits)
    args = [with_places(x, places) for x in line.args]
    if isinstance(line, _STRUCTURE):
        return line.func(*args, evaluate=False)
    return line.func(*args)


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
