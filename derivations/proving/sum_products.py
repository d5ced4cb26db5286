"""Products inside a sum: taken apart by the indices they share, and named by nothing but form."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Any

from sympy import Add, Integer, Mul, Sum, Symbol, default_sort_key, exp, log

from derivations.symbols import bound


class _Name(Symbol):  # type: ignore[misc]
    """Name of a bound index in normal form: # level . place."""


def opened(term: Any, bounds: dict[Any, Any]) -> Iterable[Any]:
    """Yield the factors, with inner sums opened where a bound index reaches into them.

    Opening adds the inner sum's own indices to `bounds`, index to upper limit.
    """
    for factor in Mul.make_args(term):
        body, exponent = factor.as_base_exp()
        is_power_of_sum = isinstance(body, Sum) and exponent.is_Integer and exponent > 0
        if is_power_of_sum and any(body.has(x) for x in bounds):
            for _ in range(int(exponent)):
                fresh = {x[0]: bound() for x in body.limits}
                bounds.update({fresh[x[0]]: x[2] for x in body.limits})
                yield from opened(body.function.xreplace(fresh), {})
        else:
            yield factor


def components(
    factors: Iterable[Any], bounds: Iterable[Any]
) -> list[tuple[list[Any], frozenset[Any]]]:
    """Group factors that share bound indices; an index in no factor is a group of its own."""
    groups: list[tuple[list[Any], frozenset[Any]]] = [([], frozenset({x})) for x in bounds]
    for factor in factors:
        own = frozenset(x for x in bounds if factor.has(x))
        touched = [x for x in groups if x[1] & own]
        groups = [x for x in groups if not x[1] & own]
        joined = [y for x in touched for y in x[0]]
        groups.append(([*joined, factor], own.union(*(x[1] for x in touched))))
    return groups


def named_sum(group: list[Any], bounds: dict[Any, Any]) -> Any:
    """Sum a connected group over its indices, under names that depend on nothing but its form."""
    if not bounds:
        return Mul(*group)
    if not group:
        return Mul(*bounds.values())
    body = Mul(*group)
    # One level above the names inside, so that no sum catches another's index.
    level = 1 + max((int(x.name[1:].split(".")[0]) for x in body.atoms(_Name)), default=0)
    forms = []
    for order in permutations(bounds):
        names = {x: _Name(f"#{level}.{place}", integer=True) for place, x in enumerate(order)}
        limits = [(names[x], 1, bounds[x]) for x in order]
        forms.append(Sum(body.xreplace(names), *limits))
    return min(forms, key=default_sort_key)


def logarithm(product: Any) -> Any:
    """Take apart the logarithm of a product of exponentials and sums of exponentials."""
    result, rest = Integer(0), Integer(1)
    for factor in Mul.make_args(product):
        body, exponent = (factor, 1) if isinstance(factor, exp) else factor.as_base_exp()
        if isinstance(body, exp):
            result += exponent * body.args[0]
        elif _positive(body) and body != 1:
            result += exponent * log(body)
        else:
            rest *= factor
    return result if rest == 1 else result + log(rest)


def _positive(x: Any) -> bool:
    if isinstance(x, Sum):
        return _positive(x.function)
    if isinstance(x, Add | Mul):
        return all(map(_positive, x.args))
    return bool(x.is_positive)
