"""Putting definitions in and letting SymPy differentiate."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain
from typing import Any

from sympy import Dummy, Expr, Indexed, Sum, Symbol, diff, sympify
from sympy.core.relational import Eq
from sympy.tensor.indexed import IndexedBase

from derivations.model import Derivation
from derivations.symbols import Partial, Shifted, bound


class NotUnfoldableError(ValueError):
    """A derivative that the definitions do not settle, such as a second one of a loss left free."""


def unfold(line: Expr, derivation: Derivation, kept: Any = None) -> Expr:
    """Rewrite a line in the quantities that no definition explains, with no derivative left.

    A derivative with respect to a quantity q is taken with everything unfolded except q itself,
    by `sympy.diff`: dL/da_j takes L as a function of a, da_j/dz_i takes a as a function of z.
    Every bound index of the outcome is a Dummy of its own. A quantity that is `kept`, such as the
    array a, is not explained where it is not differentiated.

    Raises NotUnfoldableError where a derivative is not settled by the definitions.
    """
    return _unfolded(sympify(line), derivation.definitions + derivation.assumptions, kept)


@lru_cache(maxsize=1024)
def _unfolded(line: Expr, equations: tuple[Eq, ...], kept: Any) -> Expr:
    return _Unfolder(equations).unfold(line, kept)


class _Unfolder:
    """Definitions by name; `keep` is the quantity to be left alone while it is a variable."""

    def __init__(self, equations: tuple[Eq, ...]) -> None:
        self.equations = equations
        self.meaning: dict[Any, tuple[tuple[Any, ...], Expr]] = {}
        self.free_losses: dict[Any, tuple[Any, Any]] = {}
        pairs = [equation.args for equation in equations]
        defined = {left for left, _ in pairs}
        for left, right in pairs:
            if isinstance(right, Partial) and right.quantity not in defined:
                self.free_losses[right.quantity] = left.base, right.variable.base
            elif isinstance(left, Indexed):
                self.meaning[left.base] = left.indices, right
            elif isinstance(left, Symbol) and not left.is_integer:
                self.meaning[left] = (), right

    def unfold(self, e: Expr, keep: Any) -> Any:
        name = base(e)
        if name is not None and name != keep and name in self.meaning:
            parameters, right = self.meaning[name]
            given = dict(zip(parameters, getattr(e, "indices", ()), strict=True))
            return self.unfold(with_fresh_bounds(right).xreplace(given), keep)
        if name is not None or not e.args:
            return e
        if isinstance(e, Partial):
            return self._derivative(e, keep)
        if isinstance(e, Shifted):
            quantity, array, amount = e.args
            body = self.unfold(quantity, array)
            moved = {x: x + amount for x in body.atoms(Indexed) if x.base == array}
            return self.unfold(body.xreplace(moved), keep)
        if isinstance(e, Sum):
            fresh = with_fresh_bounds(e, deep=False)
            return Sum(self.unfold(fresh.function, keep), *fresh.limits)
        return e.func(*(self.unfold(x, keep) for x in e.args))

    def _derivative(self, e: Partial, keep: Any) -> Any:
        bases = base(e.quantity), base(e.variable)
        if None in bases:
            return self.unfold(self.differentiate(e), keep)
        given = [getattr(x, "indices", ()) for x in e.args]
        own, found = _by_name(self.equations, *bases, *map(len, given), keep)
        bounds = {x[0]: bound(x[0].name) for part in found.atoms(Sum) for x in part.limits}
        return found.xreplace(bounds | dict(zip(own, chain(*given), strict=True)))

    def differentiate(self, e: Partial) -> Expr:
        """Take a derivative of what the quantity stands for; some of it may not be unfolded yet."""
        variable = e.variable
        body = self.unfold(e.quantity, base(variable))
        for gradient, _ in self.free_losses.values():
            if any(x.base == gradient for x in body.atoms(Indexed)):
                raise NotUnfoldableError(f"{gradient} changes in a way that is left free")
        try:
            result = diff(body, variable)
            for loss, (gradient, array) in self.free_losses.items():
                if body.has(loss) and loss != variable:
                    # A loss left free is known by its gradient g only. To first order it is
                    # sum_k g_k a_k with g held fixed, which is all that a derivative sees of it.
                    at = bound()
                    first_order = Sum(gradient[at] * array[at], (at, 1, array.shape[0]))
                    inner = diff(self.unfold(first_order, base(variable)), variable)
                    result += diff(body, loss) * inner
            return result
        except ValueError as refusal:
            raise NotUnfoldableError(str(refusal)) from refusal


@lru_cache(maxsize=1024)
def _by_name(
    equations: tuple[Eq, ...], quantity: Any, variable: Any, indices: int, others: int, keep: Any
) -> tuple[list[Any], Any]:
    """Unfold the derivative of a named quantity by another once, at indices of its own."""
    own = [bound() for _ in range(indices + others)]
    atoms = (
        x[tuple(at)] if at else x
        for x, at in ((quantity, own[:indices]), (variable, own[indices:]))
    )
    unfolder = _Unfolder(equations)
    return own, unfolder.unfold(unfolder.differentiate(Partial(*atoms)), keep)


def base(e: Any) -> Any:
    """Find the name of an atom: the array of an Indexed, a symbol itself; None for other things."""
    if isinstance(e, Indexed):
        return e.base
    return e if isinstance(e, Symbol | IndexedBase) else None


def with_fresh_bounds(e: Any, *, deep: bool = True) -> Any:
    """Rename bound indices, so that nothing put in later can be caught by a sum."""
    if isinstance(e, Sum):
        fresh = {x[0]: bound(x[0].name) for x in e.limits if not isinstance(x[0], Dummy)}
        function = e.function.xreplace(fresh)
        limits = [(fresh.get(x[0], x[0]), *(y.xreplace(fresh) for y in x[1:])) for x in e.limits]
        return Sum(with_fresh_bounds(function) if deep else function, *limits)
    if not deep or not e.args or base(e) is not None:
        return e
    return e.func(*map(with_fresh_bounds, e.args))
