"""Ninety ways to make a line wrong, integers in deltas, cases, sums and polynomials among them.

Each is a function of a line and its derivation that makes several lines; some of them may equal
the line after all. Those of `mutants` are kinds, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sympy import (
    Add,
    Eq,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Mul,
    Ne,
    Piecewise,
    Pow,
    Rational,
    Sum,
    Symbol,
    exp,
    expand,
    log,
)

from derivations import Derivation
from derivations.symbols import D, Partial, T, a, delta, n, upper_limit, y, z
from derivations.writing import add, mul, power, total

from .mutants import KINDS as BASIC
from .mutants import mutants, put, walk

Maker = Callable[[Expr, Derivation], Iterator[Expr]]
Change = Callable[[Any, tuple[Symbol, ...]], Iterator[Expr]]
_K = Symbol("k", integer=True, positive=True)
_FAR = (1, 2, 3, 4, 5, 6, 7, 9, 12, 30)


def whole(change: Callable[[Expr], Expr]) -> Maker:
    """Change the line as one."""
    return lambda line, _derivation: iter([change(line)])


def by_index(change: Callable[[Expr, Symbol], Expr]) -> Maker:
    """Change the line with each of its derivation's indices that count classes."""

    def made(line: Expr, derivation: Derivation) -> Iterator[Expr]:
        yield from (change(line, x) for x in derivation.indices if upper_limit(x) == n)

    return made


def inside(kind: type | tuple[type, ...], change: Change) -> Maker:
    """Change each part of a kind in the place where it stands."""

    def made(line: Expr, derivation: Derivation) -> Iterator[Expr]:
        for path, node, scope in walk(line, (), derivation.indices):
            if isinstance(node, kind):
                yield from (put(line, path, new) for new in change(node, scope))

    return made


def basic(name: str) -> Maker:
    return lambda line, derivation: (x for kind, _, x in mutants(line, derivation) if kind == name)


def polynomial(*roots: int, of: Any = n) -> Expr:
    """Make what is 0 at these numbers alone."""
    return mul(*(of - x for x in roots))


def cases(line: Expr, condition: Any, value: Expr) -> Expr:
    return Piecewise((value, condition), (line, True), evaluate=False)


def each_argument(change: Callable[[Any], Any]) -> Change:
    """Change one argument after the other."""

    def made(e: Any, _scope: object) -> Iterator[Expr]:
        for place, x in enumerate(e.args):
            args = [*e.args[:place], change(x), *e.args[place + 1 :]]
            yield e.func(*args, evaluate=False) if isinstance(e, Add | Mul) else e.func(*args)

    return made


def without_one(e: Any, _scope: object) -> Iterator[Expr]:
    for place in range(len(e.args)):
        yield e.func(*(x for q, x in enumerate(e.args) if q != place), evaluate=False)


def one(change: Callable[[Any], Any]) -> Change:
    return lambda e, _scope: iter([change(e)])


def with_index(change: Callable[[Any], Any]) -> Change:
    """Change one index of an array."""

    def made(e: Indexed, _scope: object) -> Iterator[Expr]:
        for place, x in enumerate(e.indices):
            indices = [*e.indices[:place], change(x), *e.indices[place + 1 :]]
            yield e.base[tuple(indices)]

    return made


def of_delta(change: Callable[[Any, Any], Any]) -> Change:
    return lambda e, _scope: iter([change(*e.args)])


def with_limits(lower: Any = 1, upper: Any = None) -> Change:
    def made(e: Sum, _scope: object) -> Iterator[Expr]:
        index, _, own = e.limits[-1]
        yield Sum(e.function, *e.limits[:-1], (index, lower, own if upper is None else upper))

    return made


def instead(old: Any, new: Any) -> Change:
    def made(e: Indexed, _scope: object) -> Iterator[Expr]:
        if e.base == old:
            yield new[e.indices]

    return made


def conditions(change: Callable[[Any], Any]) -> Change:
    def made(e: Piecewise, _scope: object) -> Iterator[Expr]:
        first, *others = (x.args for x in e.args)
        yield Piecewise((first[0], change(first[1])), *others[:-1], (others[-1][0], True))

    return made


def number(change: Callable[[int], int]) -> Change:
    def made(e: Integer, _scope: object) -> Iterator[Expr]:
        yield Integer(change(int(e)))

    return made


def other_index(e: Partial, scope: tuple[Symbol, ...]) -> Iterator[Expr]:
    variable = e.variable
    for place, x in enumerate(getattr(variable, "indices", ())):
        for other in (*scope, Integer(1), Integer(5)):
            if other != x and (other.is_Integer or upper_limit(other) == upper_limit(x)):
                indices = [*variable.indices[:place], other, *variable.indices[place + 1 :]]
                yield Partial(e.quantity, variable.base[tuple(indices)])


MAKERS: Mapping[str, Maker] = {
    **{name: basic(name) for name in BASIC},
    "one more": whole(lambda x: add(x, 1)),
    "a millionth more": whole(lambda x: add(x, Rational(1, 10**6))),
    "squared": whole(lambda x: power(x, 2)),
    "halved": whole(lambda x: mul(Rational(1, 2), x)),
    "times n": whole(lambda x: mul(n, x)),
    "over n": whole(lambda x: mul(x, power(n, -1))),
    "over n - 1 and times n": whole(lambda x: mul(x, n, power(n - 1, -1))),
    **{f"delta at {at} more": by_index(lambda x, i, at=at: add(x, delta(i, at))) for at in _FAR},
    "delta at n more": by_index(lambda x, i: add(x, delta(i, n))),
    "nothing at 5": by_index(lambda x, i: mul(1 - delta(i, 5), x)),
    "nothing at n": by_index(lambda x, i: mul(1 - delta(i, n), x)),
    "two deltas at 5 and 6": by_index(lambda x, i: add(x, mul(delta(i, 5) + delta(i, 6), n))),
    "sum over delta at 5": whole(lambda x: mul(x, total(delta(_K, 5), _K))),
    "sum over delta at 2": whole(lambda x: mul(x, total(delta(_K, 2), _K))),
    "sum over deltas at 3 and 8": whole(
        lambda x: add(x, total(delta(_K, 8), _K), mul(-1, total(delta(_K, 3), _K)))
    ),
    "pair of sums": whole(
        lambda x: add(x, mul(1 - total(delta(_K, 9), _K), total(delta(_K, 6), _K)))
    ),
    **{
        f"case at {at}": by_index(lambda x, i, at=at: cases(x, Eq(i, at), Integer(0)))
        for at in (1, 4, 5, 8, 20)
    },
    "case at n": by_index(lambda x, i: cases(x, Eq(i, n), Integer(0))),
    "case unless 6": by_index(lambda x, i: Piecewise((x, Ne(i, 6)), (-x, True), evaluate=False)),
    "case of n = 6": whole(lambda x: cases(x, Eq(n, 6), Integer(0))),
    "case of n = 3": whole(lambda x: cases(x, Eq(n, 3), add(x, 1))),
    "case within a case": by_index(lambda x, i: cases(x, Ne(i, 5), cases(x, Eq(i, 7), add(x, 1)))),
    "roots 2, 3, 4": whole(lambda x: add(x, polynomial(2, 3, 4))),
    "roots 2, 3, 4 multiplied out": whole(lambda x: add(x, expand(polynomial(2, 3, 4)))),
    "roots 1 to 7": whole(lambda x: add(x, polynomial(*range(1, 8)))),
    "roots 1 to 12": whole(lambda x: add(x, polynomial(*range(1, 13)))),
    "roots 2, 3, 4 in a factor": whole(lambda x: mul(x, 1 + polynomial(2, 3, 4))),
    "roots 2, 3, 4 below": whole(lambda x: mul(x, power(1 + polynomial(2, 3, 4) ** 2, -1))),
    "roots in an exponent": whole(lambda x: mul(x, exp(polynomial(2, 3, 4, 5)))),
    "roots in a logarithm": whole(lambda x: add(x, log(1 + polynomial(2, 3, 4) ** 2))),
    "roots with a delta": by_index(lambda x, i: add(x, mul(polynomial(2, 3, 4), delta(i, 2)))),
    "roots of an index": by_index(lambda x, i: add(x, polynomial(1, 2, 3, 4, of=i))),
    "roots up to 6 of an index": by_index(lambda x, i: add(x, polynomial(*range(1, 7), of=i))),
    "roots within a sum": whole(lambda x: add(x, total(polynomial(1, 2, 3, 4, of=_K), _K))),
    "roots of the inputs": whole(lambda x: add(x, polynomial(2, 3, 4, of=D))),
    "powers of two": whole(lambda x: add(x, power(2, n), -(n**2), n - 2)),
    "term dropped": inside(Add, without_one),
    "term doubled": inside(Add, each_argument(lambda x: mul(2, x))),
    "term plus a bit": inside(Add, each_argument(lambda x: mul(Rational(10001, 10000), x))),
    "factor dropped": inside(Mul, without_one),
    "factor squared": inside(Mul, each_argument(lambda x: power(x, 2))),
    "factor inverted": inside(Mul, each_argument(lambda x: power(x, -1))),
    "index at 1": inside(Indexed, with_index(lambda _: Integer(1))),
    "index at 2": inside(Indexed, with_index(lambda _: Integer(2))),
    "index at n": inside(Indexed, with_index(lambda _: n)),
    "delta at 1": inside(KroneckerDelta, of_delta(lambda p, _: delta(p, 1))),
    "delta at 5": inside(KroneckerDelta, of_delta(lambda p, _: delta(p, 5))),
    "delta at n": inside(KroneckerDelta, of_delta(lambda p, _: delta(p, n))),
    "delta turned round": inside(KroneckerDelta, of_delta(lambda p, q: 1 - delta(p, q))),
    "delta doubled": inside(KroneckerDelta, of_delta(lambda p, q: 2 * delta(p, q))),
    "delta without 5": inside(
        KroneckerDelta, of_delta(lambda p, q: delta(p, q) * (1 - delta(p, 5)))
    ),
    "delta and delta at 6": inside(
        KroneckerDelta, of_delta(lambda p, q: delta(p, q) + delta(q, 6))
    ),
    "sum to 2": inside(Sum, with_limits(upper=2)),
    "sum to 5": inside(Sum, with_limits(upper=5)),
    "sum to 9": inside(Sum, with_limits(upper=9)),
    "sum from 2": inside(Sum, with_limits(lower=2)),
    "sum from 5": inside(Sum, with_limits(lower=5)),
    "sum to another limit": inside(Sum, with_limits(upper=D)),
    "sum doubled": inside(Sum, one(lambda e: mul(2, e))),
    "sum over n": inside(Sum, one(lambda e: mul(e, power(n, -1)))),
    "sum without 5": inside(
        Sum, one(lambda e: Sum(mul(1 - delta(e.limits[0][0], 5), e.function), *e.limits))
    ),
    "power raised": inside(Pow, one(lambda e: Pow(e.base, e.exp + 1, evaluate=False))),
    "power turned round": inside(Pow, one(lambda e: Pow(e.base, -e.exp, evaluate=False))),
    "exponent doubled": inside(exp, one(lambda e: exp(2 * e.args[0]))),
    "exponent negated": inside(exp, one(lambda e: exp(-e.args[0]))),
    "exponent alone": inside(exp, one(lambda e: e.args[0])),
    "logarithm left out": inside(log, one(lambda e: e.args[0])),
    "logarithm of a square": inside(log, one(lambda e: log(e.args[0] ** 2))),
    "a for y": inside(Indexed, instead(y, a)),
    "y for a": inside(Indexed, instead(a, y)),
    "z for a": inside(Indexed, instead(a, z)),
    "number one more": inside(Integer, number(lambda x: x + 1)),
    "number negated": inside(Integer, number(lambda x: -x)),
    "n one more": inside(Symbol, lambda e, _: iter([n + 1] if e == n else [])),
    "n as 3": inside(Symbol, lambda e, _: iter([Integer(3)] if e == n else [])),
    "T squared": inside(Symbol, lambda e, _: iter([T**2] if e == T else [])),
    "derivative by another": inside(Partial, other_index),
    "derivative twice": inside(Partial, one(lambda e: Partial(e, e.variable))),
    "derivative left out": inside(Partial, one(lambda e: e.quantity)),
    "condition at 5": inside(Piecewise, conditions(lambda c: Eq(c.args[0], 5))),
    "condition at n": inside(Piecewise, conditions(lambda c: Eq(c.args[0], n))),
    "condition turned round": inside(Piecewise, conditions(lambda c: Ne(*c.args))),
}
