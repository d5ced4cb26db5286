"""Names that every derivation shares, and the two kinds of expression SymPy has no node for.

An array knows its ranges by its shape: `z` is (n,), `w` is (n, D), samples come first in the
batch's own arrays (N, n). Indices count from 1.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sympy import Dummy, Expr, Indexed, IndexedBase, KroneckerDelta, Sum, Symbol, diff, sympify


def _index(name: str) -> Symbol:
    return Symbol(name, integer=True, positive=True)


n, D, N = map(_index, ("n", "D", "N"))
i, j, k, m, t, d, r, s, q = map(_index, "ijkmtdrsq")

T = Symbol("T", positive=True)
c = Symbol("c", real=True)
l2 = Symbol("l2", nonnegative=True)
loss = Symbol("L", real=True)

z = IndexedBase("z", shape=(n,), real=True)
u = IndexedBase("u", shape=(n,), real=True)
a = IndexedBase("a", shape=(n,), positive=True)
y = IndexedBase("y", shape=(n,), real=True)
g = IndexedBase("g", shape=(n,), real=True)
v = IndexedBase("v", shape=(n,), real=True)
w = IndexedBase("w", shape=(n, D), real=True)
b = IndexedBase("b", shape=(n,), real=True)
o = IndexedBase("o", shape=(D,), real=True)

batch_z = IndexedBase("z", shape=(N, n), real=True)
batch_a = IndexedBase("a", shape=(N, n), positive=True)
batch_y = IndexedBase("y", shape=(N, n), real=True)
batch_o = IndexedBase("o", shape=(N, D), real=True)
sample_losses = IndexedBase("L", shape=(N,), real=True)

_UPPER = {d: D, r: D, s: N, q: N}


def upper_limit(index: Expr) -> Symbol:
    """Range of a free index: d, r run over the D inputs, s, q over the N samples, others 1..n."""
    return _UPPER.get(index, n)


def delta(p: Any, q: Any) -> Expr:
    """Kronecker delta: 1 where p = q, else 0."""
    return KroneckerDelta(p, q)


def bound(hint: str = "k") -> Dummy:
    """Fresh bound index, equal to no other."""
    return Dummy(hint, integer=True, positive=True)


def shape_of(entry: Indexed) -> tuple[Symbol, ...]:
    """Upper limits of an array's indices; n for each where the array does not say."""
    return tuple(entry.base.shape or (n,) * len(entry.indices))


class Partial(Expr):  # type: ignore[misc]
    """Derivative of a quantity that may depend on the variable through definitions.

    SymPy's own Derivative sees that `a[i]` does not mention `z[j]` and becomes 0 at once; this one
    waits until `derivations.evaluating.unfolding` has put the definitions in, and lets SymPy
    differentiate then.
    """

    is_commutative = True

    def __new__(cls, quantity: Any, variable: Any) -> Partial:
        """Keep both arguments as they are."""
        return Expr.__new__(cls, sympify(quantity), sympify(variable))  # type: ignore[no-any-return]

    @property
    def quantity(self) -> Expr:
        """What is differentiated."""
        return self.args[0]

    @property
    def variable(self) -> Expr:
        """What it is differentiated by."""
        return self.args[1]

    def _eval_derivative(self, variable: Any) -> Partial:
        return Partial(self, variable)

    def doit(self, **hints: Any) -> Expr:
        """Differentiate as it stands, without any definition: right for an explicit quantity."""
        return diff(self.quantity.doit(**hints), self.variable)


class Shifted(Expr):  # type: ignore[misc]
    """A quantity with the same amount added to every entry of an array: a_i(z + c)."""

    is_commutative = True

    def __new__(cls, quantity: Any, array: Any, amount: Any) -> Shifted:
        """Keep the three arguments as they are."""
        return Expr.__new__(cls, *map(sympify, (quantity, array, amount)))  # type: ignore[no-any-return]


SIZES = (n, D, N)


@lru_cache(maxsize=4096)
def free_symbols(e: Any) -> frozenset[Symbol]:
    """Symbols in a line, labels and sizes of its arrays among them, that no sum runs over.

    SymPy's own `free_symbols` rewrites the body of every sum, again for each sum around it.
    """
    if isinstance(e, Symbol):
        return frozenset((e,))
    if isinstance(e, Sum):
        found = free_symbols(e.function)
        for index, *limits in e.limits:
            found = (found - {index}).union(*map(free_symbols, limits))
        return found
    return frozenset().union(*map(free_symbols, e.args))


@lru_cache(maxsize=1024)
def entries(line: Expr) -> frozenset[Indexed]:
    """Entries of arrays in a line."""
    return frozenset(line.atoms(Indexed))


def free_indices(*lines: Expr) -> tuple[Symbol, ...]:
    """Free index symbols of unfolded lines, by name."""
    indices = {x for line in lines for x in free_symbols(line) if x.is_integer}
    return tuple(sorted(indices - {*SIZES}, key=str))
