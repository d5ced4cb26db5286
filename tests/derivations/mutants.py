"""Lines that are slightly wrong, made by walking the right one."""

from collections.abc import Iterator

from sympy import Add, Expr, Indexed, KroneckerDelta, Mul, Piecewise, Pow, Rational, Sum, Symbol
from sympy.functions.elementary.piecewise import ExprCondPair

from derivations import Derivation
from derivations.symbols import upper_limit

Path = tuple[int, ...]


def mutants(line: Expr, derivation: Derivation) -> Iterator[tuple[str, Expr]]:
    """Yield (what was done, the line after it); some may equal the line after all."""
    yield "factor 1.001", Mul(Rational(1001, 1000), line, evaluate=False)
    yield "sign of the line", Mul(-1, line, evaluate=False)
    for path, node, scope in _walk(line, (), derivation.indices):
        for name, new in _changed(node, scope):
            yield f"{name} at {'.'.join(map(str, path)) or 'top'}", _put(line, path, new)


def _walk(
    e: Expr, path: Path, scope: tuple[Symbol, ...]
) -> Iterator[tuple[Path, Expr, tuple[Symbol, ...]]]:
    """Every node with its path and the indices it may use; limits and conditions stay as is."""
    yield path, e, scope
    if isinstance(e, Indexed | KroneckerDelta):
        return
    if isinstance(e, Sum):
        yield from _walk(e.args[0], (*path, 0), (*scope, *(x[0] for x in e.limits)))
    elif isinstance(e, ExprCondPair):
        yield from _walk(e.args[0], (*path, 0), scope)
    else:
        for place, part in enumerate(e.args):
            yield from _walk(part, (*path, place), scope)


def _changed(e: Expr, scope: tuple[Symbol, ...]) -> Iterator[tuple[str, Expr]]:
    if isinstance(e, Add):
        for place, term in enumerate(e.args):
            flipped = [*e.args[:place], -term, *e.args[place + 1 :]]
            yield f"sign of term {place}", Add(*flipped, evaluate=False)
    if isinstance(e, Indexed):
        for place, index in enumerate(e.indices):
            for other in scope:
                if other != index and upper_limit(other) == upper_limit(index):
                    swapped = [*e.indices[:place], other, *e.indices[place + 1 :]]
                    yield f"index {index} to {other}", e.base[tuple(swapped)]
    if isinstance(e, KroneckerDelta):
        yield "delta dropped", Rational(1)
        for other in scope:
            if other not in e.args and upper_limit(other) == upper_limit(e.args[0]):
                yield f"delta to {other}", KroneckerDelta(e.args[0], other)
    if isinstance(e, Sum):
        inside = [x[0] for x in e.limits]
        for other in scope:
            if other not in inside and upper_limit(other) == upper_limit(inside[0]):
                yield f"sum replaced by its term {other}", e.function.xreplace({inside[0]: other})
        yield "sum replaced by its first term", e.function.xreplace(dict.fromkeys(inside, 1))
    if isinstance(e, Pow) and e.exp == 2:
        yield "square dropped", e.base
    if isinstance(e, Piecewise):
        values = [x.args[0] for x in e.args]
        conditions = [x.args[1] for x in e.args]
        swapped_cases = zip(reversed(values), conditions, strict=True)
        yield "cases swapped", Piecewise(*swapped_cases, evaluate=False)


def _put(e: Expr, path: Path, new: Expr) -> Expr:
    if not path:
        return new
    args = list(e.args)
    args[path[0]] = _put(args[path[0]], path[1:], new)
    if isinstance(e, Add | Mul | Pow) and type(e) in (Add, Mul, Pow):
        return e.func(*args, evaluate=False)
    return e.func(*args)
