"""A loss, or its derivative, at probabilities a and targets y in floating point: fast and total.

Nothing raises, whatever the numbers: what has no value is nan, what is too large is inf, and a note
says why. Probabilities may be complex, for derivatives by a complex step. An expression becomes
nested functions, as in `nodes`, which computes to any precision but five times as slowly, and
raises; no text is ever run.

Conventions, those of `core`: 0 ln 0 = 0, and where what a term has without any probability is 0,
such as its target, the whole term is 0, whatever the probability: 0/a at a = 0, too. Only where
it is divided by what is 0 between probabilities above 0, such as a_1 - a_1, it is 0/0.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

from sympy import (
    Abs,
    Add,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Mul,
    Pow,
    Rational,
    Sum,
    Symbol,
    exp,
    log,
    sign,
)
from sympy.core.numbers import Exp1

from derivations.symbols import a
from derivations.typed.float_functions import (
    Notes,
    Number,
    Trouble,
    absolute,
    exponential,
    logarithm,
    power,
    sign_of,
)
from derivations.typed.float_point import Point, position_of
from derivations.typed.tidying import letters

Program: TypeAlias = Callable[[Point], Number]


@lru_cache(maxsize=4096)
def program(e: Expr) -> Program:
    """Turn an expression in a, y and n into a function of the point."""
    return next(make for kind, make in _NODES.items() if isinstance(e, kind))(e)


def _rational(e: Rational) -> Program:
    value = e.p / e.q
    return lambda _point: value


def _indexed(e: Indexed) -> Program:
    position = position_of(e.indices[0])
    of_a = e.base == a

    def run(point: Point) -> Number:
        at = position(point)
        return (point.a if of_a else point.y)[at - 1] if at else math.nan

    return run


def _delta(e: KroneckerDelta) -> Program:
    p, q = map(position_of, e.args)

    def run(point: Point) -> float:
        left, right = p(point), q(point)
        return float(left == right) if left and right else math.nan

    return run


def _add(e: Add) -> Program:
    parts = [program(x) for x in e.args]
    return lambda point: sum([x(point) for x in parts])


def _mul(e: Mul) -> Program:
    chosen = _product([x for x in e.args if x.has(KroneckerDelta) and not _depends(x)])
    weight = _product([x for x in e.args if not x.has(KroneckerDelta) and not _depends(x)])
    rest = _product([x for x in e.args if _depends(x)])
    divides = any(_is_division(x) for x in e.args if _depends(x))

    def run(point: Point) -> Number:
        if chosen(point) == 0:
            return 0.0
        before, poles = len(point.notes), point.poles
        factor = weight(point)
        if factor != 0:
            return chosen(point) * factor * rest(point)
        if divides:
            rest(point)
        del point.notes[before:]
        if point.poles == poles:
            return 0.0
        point.notes.append(Trouble.ZERO_OVER_ZERO)
        return math.nan

    return run


def _product(factors: Sequence[Expr]) -> Program:
    parts = [program(x) for x in factors]
    logarithms = [_is_logarithm(x) for x in factors]

    def run(point: Point) -> Number:
        before = len(point.notes)
        values = [x(point) for x in parts]
        result = math.prod(values, start=1.0)
        if 0 in values and cmath.isnan(result):
            others = [x for x, is_log in zip(values, logarithms, strict=True) if not is_log]
            if all(map(cmath.isfinite, others)) and not any(map(cmath.isnan, values)):
                del point.notes[before:]
                return 0.0
            if point.notes[before:] == [Trouble.DIVISION_BY_ZERO]:
                point.notes[before:] = [Trouble.ZERO_OVER_ZERO]
        return result

    return run


def _is_division(e: Expr) -> bool:
    return any(not x.exp.is_nonnegative for x in e.atoms(Pow) if not isinstance(x, exp))


def _depends(e: Expr) -> bool:
    return any(x.base == a for x in e.atoms(Indexed))


def _is_logarithm(e: Expr) -> bool:
    """Whether 0 times it is 0 where it is infinite."""
    if isinstance(e, Pow) and not isinstance(e, exp):
        return bool(e.exp.is_Rational) and e.exp > 0 and _is_logarithm(e.base)
    return isinstance(e, log)


def _pow(e: Pow) -> Program:
    base, at_edge = program(e.base), _at_edge(e.base)
    exponent = program(e.exp)
    fixed = int(e.exp) if isinstance(e.exp, Integer) else None

    def run(point: Point) -> Number:
        value = base(point)
        raised = exponent(point) if fixed is None else fixed
        if value == 0 and raised.real < 0:
            point.poles += not at_edge(point)
        return power(value, raised, point.notes)

    return run


def _at_edge(e: Expr) -> Callable[[Point], bool]:
    """Whether one of the probabilities that it depends on is 0."""
    entries = [x for x in e.atoms(Indexed) if x.base == a]
    if e.has(Sum):
        return lambda point: bool(entries) and 0 in point.a
    positions = [position_of(x.indices[0]) for x in entries]

    def run(point: Point) -> bool:
        places = [x(point) for x in positions]
        return any(at and point.a[at - 1] == 0 for at in places)

    return run


def _function(function: Callable[[Number, Notes], Number]) -> Callable[[Expr], Program]:
    def make(e: Expr) -> Program:
        inner = program(e.args[0])
        return lambda point: function(inner(point), point.notes)

    return make


def _sum(e: Sum) -> Program:
    *within, (index, _, _) = e.limits
    body = program(Sum(e.function, *within) if within else e.function)
    name, others = index.name, sorted(x.name for x in letters(e))
    node = object()

    def run(point: Point) -> Number:
        key = (node, *[point.indices[x] for x in others])
        found = point.sums.get(key)
        if found is None:
            found = 0.0
            for at in range(1, len(point.a) + 1):
                point.indices[name] = at
                found += body(point)
            point.sums[key] = found
        return found

    return run


# exp before Pow, which it may count as.
_NODES: Mapping[Any, Callable[[Any], Program]] = MappingProxyType(
    {
        Rational: _rational,
        Exp1: lambda _e: lambda _point: math.e,
        Symbol: lambda _n: lambda point: float(len(point.a)),
        Indexed: _indexed,
        KroneckerDelta: _delta,
        Add: _add,
        Mul: _mul,
        exp: _function(exponential),
        Pow: _pow,
        log: _function(logarithm),
        Abs: _function(absolute),
        sign: _function(sign_of),
        Sum: _sum,
    }
)
