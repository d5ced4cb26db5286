"""Normal form of lines with sums, Kronecker deltas and exponentials, for a symbolic upper limit.

Input: what `unfold` returns, free indices pairwise different (the cases are made in `proof`).
Output: a sum of products in which no delta is left, what does not depend on a bound index stands
outside its sum, sums that share no index are apart, and bound indices have names of their own.
Two lines of one normal form are equal for every n; two that differ in form may still be equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Any

from sympy import (
    Add,
    Dummy,
    Expr,
    Float,
    Indexed,
    Integer,
    KroneckerDelta,
    Mul,
    Piecewise,
    Pow,
    Rational,
    Sum,
    Symbol,
    exp,
    expand_mul,
    log,
    sympify,
)
from sympy.core.numbers import Exp1
from sympy.core.relational import Eq, Ne

from derivations.proving.sum_products import components, logarithm, named_sum, opened
from derivations.symbols import SIZES, bound, upper_limit

_MOST_TERMS = 60  # of a sum that is written out


class NoNormalFormError(ValueError):
    """An expression outside what the normal form knows."""


class NormalForm:
    """Callable that brings an expression to normal form.

    sizes      upper limits that are numbers, such as {n: 2}: their sums are written out
    unit_sums  arrays whose sum over the last index is 1
    """

    def __init__(self, sizes: Mapping[Symbol, int], unit_sums: Iterable[Any]) -> None:
        self.sizes = dict(sizes)
        self.unit_sums = frozenset(unit_sums)
        self._upper: dict[Any, Any] = {}  # of the bound indices that were made here
        # exp before Pow, which it may count as.
        self._rules: Mapping[Any, Callable[[Any], Any]] = {
            Rational: lambda e: e,
            Float: Rational,
            Exp1: lambda e: e,
            Symbol: lambda e: Integer(self.sizes[e]) if e in self.sizes else e,
            Indexed: self._indexed,
            Add: lambda e: Add(*map(self, e.args)),
            Mul: lambda e: self._product(map(self, e.args)),
            exp: lambda e: Mul(*(exp(x) for x in Add.make_args(self(e.args[0])))),
            Pow: lambda e: self._power(self(e.base), self(e.exp)),
            log: lambda e: logarithm(self(e.args[0])),
            KroneckerDelta: lambda e: self._delta(*e.args),
            Piecewise: lambda e: self(self._as_deltas(e)),
            Sum: self._sum,
        }

    def __call__(self, e: Any) -> Any:
        """Return the normal form; NoNormalFormError where there is none."""
        rule = next((y for x, y in self._rules.items() if isinstance(e, x)), None)
        if rule is None:
            raise NoNormalFormError(f"{type(e).__name__} has no normal form")
        return rule(e)

    def _indexed(self, e: Indexed) -> Any:
        e = e.base[tuple(map(self._index, e.indices))]
        *others, last = e.indices
        upper = e.base.shape[-1] if e.base.shape else None
        if e.base not in self.unit_sums or not last.is_Integer or last != self.sizes.get(upper):
            return e
        # Written out, entries that sum to 1 leave the last one no choice.
        return 1 - Add(*(e.base[(*others, x)] for x in range(1, int(last))))

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
            raise NoNormalFormError("power of a delta, or of zero")
        return Pow(base, exponent)

    def _sum(self, e: Sum) -> Any:
        # Outermost first: an inner limit may be an outer index, once that is a number.
        *inner, (index, lower, upper) = e.limits
        size = upper if upper.is_Integer else self.sizes.get(upper)
        if lower.is_Integer and size is not None:
            rest = Sum(e.function, *inner) if inner else e.function
            values = range(int(lower), int(size) + 1)
            if len(values) > _MOST_TERMS:
                raise NoNormalFormError("a sum too long to be written out")
            return Add(*(self(rest.xreplace({index: Integer(x)})) for x in values))
        function, bounds = e.function, {}
        for index, lower, upper in e.limits:
            if lower != 1 or not isinstance(upper, Symbol) or isinstance(upper, Dummy):
                raise NoNormalFormError("a sum that does not run from 1 to n")
            fresh = bound()
            self._upper[fresh] = upper
            function = function.xreplace({index: fresh})
            if upper in self.sizes:
                values = range(1, self.sizes[upper] + 1)
                function = Add(*(function.xreplace({fresh: Integer(x)}) for x in values))
            else:
                bounds[fresh] = upper
        terms = Add.make_args(self(function))
        return Add(*(self._sum_of_product(term, bounds) for term in terms))

    def _sum_of_product(self, term: Any, bounds: Mapping[Any, Any]) -> Any:
        """Sum over all `bounds` of one product that is in normal form."""
        bounds = dict(bounds)
        deltas = [x for x in Mul.make_args(term) if isinstance(x, KroneckerDelta)]
        if term.atoms(KroneckerDelta) - set(deltas):
            raise NoNormalFormError("a delta within a function, where it is no factor")
        for x in deltas:
            for index, other in (x.args, x.args[::-1]):
                if index in bounds and other != index:
                    if not self._within(other, bounds.pop(index)):
                        raise NoNormalFormError("a delta between indices of different range")
                    rest = term.xreplace({x: Integer(1)}).xreplace({index: other})
                    terms = Add.make_args(self(rest))
                    return Add(*(self._sum_of_product(part, bounds) for part in terms))
        factors = list(opened(term, bounds))
        for index in list(bounds):
            holders = [x for x in factors if x.has(index)]
            if len(holders) == 1 and self._sums_to_one(holders[0], index, bounds[index]):
                factors.remove(holders[0])
                del bounds[index]
        result: Any = Integer(1)
        for group, indices in components(factors, bounds):
            result *= named_sum(group, {x: bounds[x] for x in indices})
        return result

    def _sums_to_one(self, x: Any, index: Any, upper: Any) -> bool:
        if not isinstance(x, Indexed) or x.base not in self.unit_sums or upper != x.base.shape[-1]:
            return False
        return bool(x.indices[-1] == index and not any(y.has(index) for y in x.indices[:-1]))

    def _index(self, x: Any) -> Any:
        """Return an index, the last class as a number where n is one; refuse k + 1 and the like."""
        x = sympify(self.sizes.get(x, x))
        if x.is_Integer or (isinstance(x, Symbol) and x.is_integer):
            return x
        raise NoNormalFormError("what is no index")

    def _within(self, index: Any, upper: Any) -> bool:
        """Whether an index is sure to be among those of a sum from 1 to `upper`."""
        if index.is_Integer:  # where n is below it, `proof` looks at numbers
            return upper in SIZES
        own = index if index in SIZES else upper_limit(index)
        return bool(self._upper.get(index, own) == upper)

    def _delta(self, p: Any, q: Any) -> Any:
        p, q = map(self._index, (p, q))
        if p == q:
            return Integer(1)
        if isinstance(p, Dummy) or isinstance(q, Dummy):
            return KroneckerDelta(p, q)
        # Two that differ: a case was made of everything that an index meets.
        sizes = [x in SIZES for x in (p, q)]
        if not (p.is_Integer or q.is_Integer or any(sizes)) and upper_limit(p) != upper_limit(q):
            raise NoNormalFormError("a delta between indices of different range")
        if all(sizes):
            raise NoNormalFormError("a delta between n, D and N")
        return Integer(0)

    def _as_deltas(self, e: Piecewise) -> Expr:
        """Write cases as a sum: each value times 1 where its condition is the first that holds."""
        result, left = Integer(0), Integer(1)
        for value, condition in e.args:
            if isinstance(condition, Eq | Ne):
                holds = KroneckerDelta(*condition.args)
                holds = holds if isinstance(condition, Eq) else 1 - holds
            elif condition in (True, False):
                holds = Integer(int(bool(condition)))
            else:
                raise NoNormalFormError("a case that is no comparison of indices")
            result += left * holds * value
            left *= 1 - holds
        if self(left) != 0:
            raise NoNormalFormError("cases that leave one out")
        return result


def same(left: Any, right: Any, form: NormalForm) -> bool:
    """Whether two normal forms are equal, fractions with sums below the line included."""
    difference = expand_mul(left - right)
    if difference == 0:
        return True
    if not any(isinstance(x.base, Add) and x.exp.is_negative for x in difference.atoms(Pow)):
        return False
    numerator, _ = difference.as_numer_denom()
    return bool(form(numerator) == 0)
