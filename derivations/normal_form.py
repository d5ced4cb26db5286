"""Normal form of lines with sums, Kronecker deltas and exponentials, for a symbolic upper limit.

Input: what `unfold` returns, free indices pairwise different (the cases are made in `proof`).
Output: a sum of products in which no delta is left, what does not depend on a bound index stands
outside its sum, sums that share no index are apart, and bound indices have names of their own.
Two lines of one normal form are equal for every n; two that differ in form may still be equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import permutations, product
from typing import Any

from sympy import Add, Dummy, Expr, Indexed, Integer, KroneckerDelta, Mul, Piecewise, Pow
from sympy import Rational, Sum, Symbol, default_sort_key, exp, expand_mul, log
from sympy.core.relational import Eq, Ne

from derivations.symbols import bound, upper_limit


class NoNormalForm(ValueError):
    """An expression outside what the normal form knows."""


class NormalForm:
    """Callable that brings an expression to normal form.

    sizes      upper limits that are numbers, such as {n: 2}: their sums are written out
    unit_sums  arrays whose sum over the last index is 1
    """

    def __init__(
        self, sizes: Mapping[Symbol, int] | None = None, unit_sums: Iterable[Any] = ()
    ) -> None:
        self.sizes = dict(sizes or {})
        self.unit_sums = frozenset(unit_sums)

    def __call__(self, e: Any) -> Any:
        """Return the normal form; NoNormalForm where there is none."""
        if e.is_Number:
            return Rational(e)
        if isinstance(e, Symbol):
            return Integer(self.sizes[e]) if e in self.sizes else e
        if isinstance(e, Indexed):
            return e
        if isinstance(e, Add):
            return Add(*map(self, e.args))
        if isinstance(e, Mul):
            return self._product(map(self, e.args))
        if isinstance(e, Pow) and not isinstance(e, exp):
            return self._power(self(e.base), self(e.exp))
        if isinstance(e, exp):
            return Mul(*(exp(x) for x in Add.make_args(self(e.args[0]))))
        if isinstance(e, log):
            return _logarithm(self(e.args[0]))
        if isinstance(e, KroneckerDelta):
            return _delta(*e.args)
        if isinstance(e, Piecewise):
            return self(_as_deltas(e))
        if isinstance(e, Sum):
            return self._sum(e)
        raise NoNormalForm(f"{type(e).__name__} has no normal form")

    def _product(self, factors: Iterable[Any]) -> Any:
        result: Any = Integer(1)
        for factor in factors:
            pairs = product(Add.make_args(result), Add.make_args(factor))
            result = Add(*(x * y for x, y in pairs))
        return result

    def _power(self, base: Any, exponent: Any) -> Any:
        if isinstance(base, Add) and exponent.is_Integer and exponent > 0:
            return self._product([base] * int(exponent))
        if base.is_zero or base.has(KroneckerDelta):
            raise NoNormalForm("power of a delta, or of zero")
        return Pow(base, exponent)

    def _sum(self, e: Sum) -> Any:
        function, bounds = e.function, {}
        for index, lower, upper in e.limits:
            size = upper if upper.is_Integer else self.sizes.get(upper)
            if lower.is_Integer and size is not None:
                values = range(int(lower), int(size) + 1)
                function = Add(*(function.xreplace({index: Integer(x)}) for x in values))
            elif lower == 1 and isinstance(upper, Symbol) and not isinstance(upper, Dummy):
                fresh = bound()
                function = function.xreplace({index: fresh})
                bounds[fresh] = upper
            else:
                raise NoNormalForm("a sum that does not run from 1 to n")
        terms = Add.make_args(self(function))
        return Add(*(self._sum_of_product(term, bounds) for term in terms))

    def _sum_of_product(self, term: Any, bounds: Mapping[Any, Any]) -> Any:
        """Sum over all `bounds` of one product that is in normal form."""
        bounds = dict(bounds)
        for x in term.atoms(KroneckerDelta):
            for index, other in (x.args, x.args[::-1]):
                if index in bounds and other != index:
                    if bounds.pop(index) != bounds.get(other, upper_limit(other)):
                        raise NoNormalForm("a delta between indices of different range")
                    rest = term.xreplace({x: Integer(1)}).xreplace({index: other})
                    terms = Add.make_args(self(rest))
                    return Add(*(self._sum_of_product(part, bounds) for part in terms))
        factors = list(_opened(term, bounds))
        for index in list(bounds):
            holders = [x for x in factors if x.has(index)]
            if len(holders) == 1 and self._sums_to_one(holders[0], index):
                factors.remove(holders[0])
                del bounds[index]
        result: Any = Integer(1)
        for group, indices in _components(factors, bounds):
            result *= _named(group, {x: bounds[x] for x in indices})
        return result

    def _sums_to_one(self, x: Any, index: Any) -> bool:
        if not isinstance(x, Indexed) or x.base not in self.unit_sums:
            return False
        return bool(x.indices[-1] == index and not any(y.has(index) for y in x.indices[:-1]))


def same(left: Any, right: Any, form: NormalForm) -> bool:
    """Whether two normal forms are equal, fractions with sums below the line included."""
    difference = expand_mul(left - right)
    if difference == 0:
        return True
    if not any(isinstance(x.base, Add) and x.exp.is_negative for x in difference.atoms(Pow)):
        return False
    numerator, _ = difference.as_numer_denom()
    return bool(form(numerator) == 0)


def _delta(p: Any, q: Any) -> Any:
    if p == q:
        return Integer(1)
    if isinstance(p, Dummy) or isinstance(q, Dummy):
        return KroneckerDelta(p, q)
    if all(isinstance(x, Symbol) or x.is_Integer for x in (p, q)):
        return Integer(0)
    raise NoNormalForm("a delta of something that is no index")


def _as_deltas(e: Piecewise) -> Expr:
    """Write cases as a sum: each value times 1 where its condition is the first that holds."""
    result, left = Integer(0), Integer(1)
    for value, condition in e.args:
        if isinstance(condition, Eq | Ne):
            holds = KroneckerDelta(*condition.args)
            holds = holds if isinstance(condition, Eq) else 1 - holds
        elif condition in (True, False):
            holds = Integer(int(bool(condition)))
        else:
            raise NoNormalForm("a case that is no comparison of indices")
        result += left * holds * value
        left *= 1 - holds
    return result


def _logarithm(x: Any) -> Any:
    """Take apart the logarithm of a product of exponentials and sums of exponentials."""
    result, rest = Integer(0), Integer(1)
    for factor in Mul.make_args(x):
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


def _opened(term: Any, bounds: Mapping[Any, Any]) -> Iterable[Any]:
    """Yield the factors, with inner sums opened where a bound index reaches into them.

    Opening adds the inner sum's own indices to `bounds`.
    """
    for factor in Mul.make_args(term):
        body, exponent = factor.as_base_exp()
        if not (isinstance(body, Sum) and exponent.is_Integer and exponent > 0 and bounds):
            yield factor
        elif not any(body.has(x) for x in bounds):
            yield factor
        else:
            for _ in range(int(exponent)):
                fresh = {x[0]: bound() for x in body.limits}
                bounds.update({fresh[x[0]]: x[2] for x in body.limits})  # type: ignore[attr-defined]
                yield from _opened(body.function.xreplace(fresh), {})


def _components(
    factors: list[Any], bounds: Mapping[Any, Any]
) -> Iterable[tuple[list[Any], frozenset[Any]]]:
    """Group factors that share bound indices; an index in no factor is a group of its own."""
    groups: list[tuple[list[Any], frozenset[Any]]] = [([], frozenset({x})) for x in bounds]
    for factor in factors:
        own = frozenset(x for x in bounds if factor.has(x))
        touched = [x for x in groups if x[1] & own]
        groups = [x for x in groups if not x[1] & own]
        joined = [y for x in touched for y in x[0]]
        groups.append(([*joined, factor], own.union(*(x[1] for x in touched))))
    return groups


def _named(group: list[Any], bounds: Mapping[Any, Any]) -> Any:
    """Sum a connected group over its indices, under names that depend on nothing but its form."""
    if not bounds:
        return Mul(*group)
    if not group:
        return Mul(*bounds.values())
    body = Mul(*group)
    level = 1 + max((int(x.name[1:].split(".")[0]) for x in body.atoms(_Name)), default=0)
    forms = []
    for order in permutations(bounds):
        names = {x: _Name(f"#{level}.{place}", integer=True) for place, x in enumerate(order)}
        limits = [(names[x], 1, bounds[x]) for x in order]
        forms.append(Sum(body.xreplace(names), *limits))
    return min(forms, key=default_sort_key)


class _Name(Symbol):  # type: ignore[misc]
    """Name of a bound index in normal form."""
