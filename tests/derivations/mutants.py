"""Lines that are slightly wrong, made by walking the right one."""

from collections.abc import Iterator

from sympy import (
    Add,
    Expr,
    Indexed,
    Integer,
    KroneckerDelta,
    Mul,
    Piecewise,
    Pow,
    Rational,
    Sum,
    Symbol,
)
from sympy.functions.elementary.piecewise import ExprCondPair

from derivations import Derivation
from derivations.symbols import upper_limit

Path = tuple[int, ...]
KINDS = (
    "factor 1.001",
    "sign of the line",
    "sign of a term",
    "index swapped",
    "delta dropped",
    "delta swapped",
    "sum missing",
    "square dropped",
    "cases swapped",
)


def mutants(line: Expr, derivation: Derivation) -> Iterator[tuple[str, str, Expr]]:
    """Yield (kind, what was done where, the line after it); some equal the line after all."""
    yield "factor 1.001", "", Mul(Rational(1001, 1000), line, evaluate=False)
    yield "sign of the line", "", Mul(-1, line, evaluate=False)
    for path, node, scope in walk(line, (), derivation.indices):
        for kind, detail, new in _changed(node, scope):
            yield kind, f"{detail} at {path}", put(line, path, new)


def walk(
    e: Expr, path: Path, scope: tuple[Symbol, ...]
) -> Iterator[tuple[Path, Expr, tuple[Symbol, ...]]]:
    """Every node with its path and the indices it may use; limits and conditions stay as is."""
    yield path, e, scope
    if isinstance(e, Indexed | KroneckerDelta):
        return
    if isinstance(e, Sum):
        yield from walk(e.args[0], (*path, 0), (*scope, *(x[0] for x in e.limits)))
    elif isinstance(e, ExprCondPair):
        yield from walk(e.args[0], (*path, 0), scope)
    else:
        for place, part in enumerate(e.args):
            yield from walk(part, (*path, place), scope)


def _changed(e: Expr, scope: tuple[Symbol, ...]) -> Iterator[tuple[str, str, Expr]]:
    for kind, changes in _CHANGES.items():
        if isinstance(e, kind):
            yield from changes(e, scope)


def _of_add(e: Add, _scope: object) -> Iterator[tuple[str, str, Expr]]:
    for place, term in enumerate(e.args):
        flipped = [*e.args[:place], -term, *e.args[place + 1 :]]
        yield "sign of a term", f"term {place}", Add(*flipped, evaluate=False)


def _of_indexed(e: Indexed, scope: tuple[Symbol, ...]) -> Iterator[tuple[str, str, Expr]]:
    for place, index in enumerate(e.indices):
        for other in _like(index, scope):
            swapped = [*e.indices[:place], other, *e.indices[place + 1 :]]
            yield "index swapped", f"{index} to {other}", e.base[tuple(swapped)]


def _of_delta(e: KroneckerDelta, scope: tuple[Symbol, ...]) -> Iterator[tuple[str, str, Expr]]:
    yield "delta dropped", "", Integer(1)
    for other in _like(e.args[0], scope):
        if other != e.args[1]:
            yield "delta swapped", f"to {other}", KroneckerDelta(e.args[0], other)


def _of_sum(e: Sum, scope: tuple[Symbol, ...]) -> Iterator[tuple[str, str, Expr]]:
    inside = [x[0] for x in e.limits]
    for other in _like(inside[0], scope):
        if other not in inside:
            yield "sum missing", f"its term {other}", e.function.xreplace({inside[0]: other})
    first = dict.fromkeys(inside, Integer(1))
    yield "sum missing", "its first term", e.function.xreplace(first)


def _of_power(e: Pow, _scope: object) -> Iterator[tuple[str, str, Expr]]:
    if e.exp == 2:
        yield "square dropped", "", e.base


def _of_cases(e: Piecewise, _scope: object) -> Iterator[tuple[str, str, Expr]]:
    values, conditions = zip(*(x.args for x in e.args), strict=True)
    swapped = zip(reversed(values), conditions, strict=True)
    yield "cases swapped", "", Piecewise(*swapped, evaluate=False)


def _like(index: Expr, scope: tuple[Symbol, ...]) -> list[Symbol]:
    return [x for x in scope if x != index and upper_limit(x) == upper_limit(index)]


_CHANGES = {
    Add: _of_add,
    Indexed: _of_indexed,
    KroneckerDelta: _of_delta,
    Sum: _of_sum,
    Pow: _of_power,
    Piecewise: _of_cases,
}


def put(e: Expr, path: Path, new: Expr) -> Expr:
    if not path:
        return new
    args = list(e.args)
    args[path[0]] = put(args[path[0]], path[1:], new)
    if type(e) in (Add, Mul, Pow):
        return e.func(*args, evaluate=False)
    return e.func(*args)
