"""A derivation as typed lines are compared with it: its names, and their values at the points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache, reduce
from typing import Any, NamedTuple, TypeAlias

from sympy import Add, Expr, Indexed, IndexedBase, Mul, Pow, Sum, Symbol

from derivations.evaluating.binary_arithmetic import value_of
from derivations.evaluating.line_numbers import NoValueError, Numbers, Raw
from derivations.evaluating.unfolding import base, unfold, with_fresh_bounds
from derivations.judging.places import everywhere
from derivations.judging.points import PRECISION, Point, points
from derivations.model import Derivation
from derivations.proving.counterexamples import settings
from derivations.symbols import (
    SIZES,
    Partial,
    Shifted,
    a,
    batch_a,
    batch_z,
    bound,
    free_indices,
    g,
    k,
    loss,
    sample_losses,
    shape_of,
    z,
)
from derivations.typed.tidying import letters
from derivations.writing import add, equation, mul, power

# Values of a line by where its indices are; None where it has none.
Values: TypeAlias = Mapping[tuple[int, ...], Raw | None]


class _Meaning(NamedTuple):
    """What a name stands for, in logits or what these are made of; indices and their limits."""

    indices: tuple[Symbol, ...]
    limits: tuple[Symbol, ...]
    line: Expr


class Reference:
    """What lines of a derivation mean, without putting in the definitions where numbers will do.

    A quantity that is defined, such as a, and a derivative of one name by another, such as da/dz,
    is an array like any other here, of which the values at each point are known.
    """

    def __init__(self, derivation: Derivation) -> None:
        self.derivation = _with_upstream(derivation)
        self.points = points(derivation)
        # None for a name that also depends on an index which it does not have.
        self._meanings: dict[str, _Meaning | None] = {}
        self._arrays: dict[tuple[str, Point, int], Any] = {}
        lefts = [x.args[0] for x in self.derivation.definitions + derivation.assumptions]
        # The loss of a batch has the name of its samples' losses, which are an array.
        self._is_batch = any(base(x) == sample_losses for x in lefts)
        for left in lefts:
            if base(left) is not None and left not in SIZES:
                self._define(self._total.name if left == loss else _name(left), left)
        for line in derivation.lines:
            self.named(line)

    @property
    def _total(self) -> Symbol:
        return Symbol("L of the batch", real=True) if self._is_batch else loss

    def named(self, line: Expr) -> Expr | None:
        """Put arrays in the place of derivatives by name; None where that leaves some."""
        line = everywhere(line, lambda e: self._total if e == loss else self._named_derivative(e))
        unsettled = {name for name, meaning in self._meanings.items() if meaning is None}
        is_plain = not line.has(Partial, Shifted) and unsettled.isdisjoint(names_of(line))
        return line if is_plain else None

    def plain(self, line: Expr) -> Expr:
        """Rewrite a line in names that have values at the points, with no derivative left.

        Raises NotUnfoldableError for a derivative that the definitions do not settle.
        """
        named = self.named(line)
        if named is None:
            kept = next((x for x in (a, batch_a) if line.has(x)), None)
            return unfold(line, self.derivation, kept)
        return named

    def values(
        self, line: Expr, point: Point, indices: tuple[Symbol, ...], precision: int = PRECISION
    ) -> Values:
        """Compute a plain line at every setting of the indices."""
        numbers = self._numbers(line, point, precision)
        return {
            tuple(env.values()): _value(line, numbers, env)
            for env in settings(indices, point.sizes)
        }

    def _numbers(self, line: Expr, point: Point, precision: int) -> Numbers:
        known = {x: self._array(x, point, precision) for x in names_of(line) if x in self._meanings}
        return Numbers(point.raw(precision) | known, point.sizes, precision)

    def shown(self, point: Point, *lines: Expr) -> dict[str, Any]:
        """Return the numbers of a point that plain lines depend on."""
        names = {y for line in lines for x in names_of(line) for y in self._basic(x)}
        sizes = {x.name: point.sizes[x] for x in SIZES if x.name in names}
        return {name: x for name, x in point.shown.items() if name in names} | sizes

    def _basic(self, name: str) -> set[str]:
        """Names that no definition explains, of which this one is made."""
        meaning = self._meanings.get(name)
        if meaning is None:
            return {name}
        return {y for x in names_of(meaning.line) for y in self._basic(x)}

    def _named_derivative(self, e: Any) -> Expr | None:
        if not isinstance(e, Partial):
            return None
        atoms = _atoms(e)
        if None in map(base, atoms):
            spread = self._spread(with_fresh_bounds(e.quantity), e.variable)
            return e if spread is None else spread  # else it has to stay what it is
        name = "/".join(f"d{_name(x)}{len(getattr(x, 'indices', ()))}" for x in atoms)
        if name not in self._meanings:
            self._define(name, e)
        meaning = self._meanings[name]
        if meaning is None:
            return e
        at = tuple(x for atom in atoms for x in getattr(atom, "indices", ()))
        return IndexedBase(name, shape=meaning.limits, real=True)[at] if at else Symbol(name)

    def _spread(self, quantity: Any, variable: Any) -> Expr | None:
        """Differentiate sums, multiples and powers of names, by the derivatives of the names."""
        if base(quantity) is not None:
            by_name = self._named_derivative(Partial(quantity, variable))
            return None if by_name is None or by_name.has(Partial) else by_name
        if isinstance(quantity, Add):
            terms = [self._spread(x, variable) for x in quantity.args]
            return None if None in terms else add(*terms)
        if isinstance(quantity, Sum):
            inside = self._spread(quantity.function, variable)
            return None if inside is None else Sum(inside, *quantity.limits)
        if isinstance(quantity, Pow) and quantity.exp.is_Integer:
            inside = self._spread(quantity.base, variable)
            outside = power(quantity.base, quantity.exp - 1)
            return None if inside is None else mul(quantity.exp, outside, inside)
        if isinstance(quantity, Mul):
            varying = [x for x in quantity.args if not self._is_constant(x, variable)]
            inside = self._spread(varying[0], variable) if len(varying) == 1 else None
            constants = (x for x in quantity.args if x not in varying)
            return None if inside is None else mul(*constants, inside)
        return None

    def _is_constant(self, e: Any, variable: Any) -> bool:
        names = names_of(e)
        return not e.has(Indexed, Partial, Shifted, variable) and names.isdisjoint(self._meanings)

    def _define(self, name: str, left: Expr) -> None:
        atoms = _atoms(left)
        own = [[bound() for _ in getattr(x, "indices", ())] for x in atoms]
        fresh = [x.base[tuple(at)] if at else x for x, at in zip(atoms, own, strict=True)]
        e = reduce(Partial, fresh)
        logits = next((x for x in (z, batch_z) if left.has(x)), z)
        line = unfold(e, self.derivation, None if base(left) == logits else logits)
        if line != e:
            indices = tuple(x for at in own for x in at)
            limits = tuple(y for x in atoms if isinstance(x, Indexed) for y in shape_of(x))
            settled = set(indices).issuperset(free_indices(line))
            self._meanings[name] = _Meaning(indices, limits, line) if settled else None

    def _array(self, name: str, point: Point, precision: int) -> Any:
        key = name, point, precision
        if key not in self._arrays:
            meaning = self._meanings[name]
            if meaning is None:
                return None
            numbers = self._numbers(meaning.line, point, precision)
            self._arrays[key] = _filled(meaning, numbers, {})
        return self._arrays[key]


@lru_cache(maxsize=64)
def reference(derivation: Derivation) -> Reference:
    """Make the reference of a derivation once; by equality of the derivation, never by its id."""
    return Reference(derivation)


def _with_upstream(derivation: Derivation) -> Derivation:
    """Let g_k stand for dL/da_k where the derivation has a loss and no g."""
    defined = [x.args[0] for x in derivation.definitions]
    if (
        loss not in defined
        or a[k] in defined
        or not any(x.has(a) for x in defined)
        or g[k] in defined
    ):
        return derivation
    more = equation(g[k], Partial(loss, a[k]))
    return replace(derivation, definitions=(*derivation.definitions, more))


def _filled(meaning: _Meaning, numbers: Numbers, env: dict[Any, int]) -> Any:
    if len(env) == len(meaning.indices):
        return _value(meaning.line, numbers, env)
    index, size = meaning.indices[len(env)], numbers.sizes[meaning.limits[len(env)]]
    return [_filled(meaning, numbers, {**env, index: at}) for at in range(1, size + 1)]


def _value(line: Expr, numbers: Numbers, env: Mapping[Any, int]) -> Raw | None:
    try:
        return value_of(line, numbers, env)
    except NoValueError:
        return None


def _atoms(e: Any) -> list[Any]:
    """List what is differentiated, and by what in turn."""
    return [*_atoms(e.quantity), e.variable] if isinstance(e, Partial) else [e]


def _name(atom: Any) -> str:
    return str(getattr(base(atom), "label", atom))


def free_letters(line: Expr) -> list[Any]:
    """List the free indices of a plain line, and work nothing out to find them."""
    return sorted(letters(line) - {*SIZES}, key=str)


@lru_cache(maxsize=1024)
def names_of(line: Expr) -> frozenset[str]:
    """Names of the arrays and symbols in a line, n, D and N among them; not those of indices."""
    return frozenset(x.name for x in line.atoms(Symbol) if x in SIZES or not x.is_integer)
