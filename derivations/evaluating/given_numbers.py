"""What a caller of `evaluate` gives: names, shapes and numbers, checked and made exact."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import index as whole
from typing import Any, NoReturn

from mpmath import libmp
from sympy import Expr, Symbol

from derivations.symbols import D, N, entries, free_symbols, n, shape_of

QUANTITIES = ("z", "y", "g", "v", "w", "b", "o", "T", "c", "l2")
NEUTRAL = {"T": Fraction(1), "c": Fraction(0), "l2": Fraction(0), "b": Fraction(0)}


@dataclass(frozen=True)
class Given:
    """Exact numbers by name, and the upper limits they imply."""

    values: Mapping[str, Any]
    sizes: Mapping[Symbol, int]

    def raw(self, precision: int) -> dict[str, Any]:
        """Convert the numbers to mpmath's raw ones."""
        return {name: _raw(value, precision) for name, value in self.values.items()}


@dataclass(frozen=True)
class Wanted:
    """What lines use, known before any number is: `read` checks the numbers against it.

    shapes   upper limits of each array's indices, by the array's name
    scalars  names of the other quantities
    needed   names without which the line itself has no value
    sizes    upper limits that are fixed, such as {n: 2}
    """

    shapes: Mapping[str, tuple[Symbol, ...]]
    scalars: frozenset[str]
    needed: tuple[str, ...]
    sizes: Mapping[Symbol, int]


def wanted(line: Expr, start: Expr, sizes: Mapping[Symbol, int]) -> Wanted:
    """List what an unfolded line uses; the start of its derivation settles the shapes, too."""
    arrays = {str(x.base.label): shape_of(x) for e in (line, start) for x in entries(e)}
    symbols = free_symbols(line) | free_symbols(start)
    needed = {str(x.base.label) for x in entries(line)}
    needed |= {x.name for x in free_symbols(line) if x.name in QUANTITIES}
    scalars = frozenset(x.name for x in symbols if not x.is_integer)
    return Wanted(arrays, scalars, tuple(sorted(needed)), sizes)


def joined(several: Iterable[Wanted]) -> Wanted:
    """List what any of several lines of one derivation uses."""
    uses = tuple(several)
    shapes = {name: shape for use in uses for name, shape in use.shapes.items()}
    scalars = frozenset(name for use in uses for name in use.scalars)
    needed = sorted({name for use in uses for name in use.needed})
    return Wanted(shapes, scalars, tuple(needed), uses[0].sizes)


def read(numbers: Mapping[str, Any], use: Wanted) -> Given:
    """Check the numbers against the names and shapes that are wanted.

    What is not given and has a neutral value gets it: T = 1, c = 0, b = 0, l2 = 0. Names that the
    lines do not use are passed over.

    Raises ValueError for a number that is not finite, a shape that does not fit or disagrees with
    another, and a temperature that is not above 0.
    """
    shapes, scalars = use.shapes, use.scalars
    sizes, values = dict(use.sizes), {}
    for size in (n, D, N):
        if size.name in numbers:
            _fit(sizes, size, whole(numbers[size.name]), size.name)
    for name in QUANTITIES:
        if name in numbers and (name in shapes or name in scalars):
            shape = shapes.get(name, ())
            values[name] = _array(numbers[name], name, shape, sizes)
    for name, neutral in NEUTRAL.items():
        if name not in values and (name in shapes or name in scalars):
            counts = [sizes.get(x, 0) for x in shapes.get(name, ())]
            values[name] = [neutral] * counts[0] if counts else neutral
    for name in use.needed:
        if name not in values:
            refuse(name, "this line needs it")
    if values.get("T", 1) <= 0:
        refuse("T", "a temperature is above 0")
    return Given(values, sizes)


def read_index(value: Any, name: str, size: int) -> int:
    """Check an index, which counts from 1; ValueError where it is none."""
    try:
        at = whole(value)
    except TypeError:
        refuse(name, f"{value!r} is no whole number")
    if not 1 <= at <= size:
        refuse(name, f"{at} is not within 1 .. {size}")
    return at


def refuse(name: str, problem: str) -> NoReturn:
    """Raise ValueError for the argument `name`."""
    raise ValueError(f"{name}: {problem}")


def _array(value: Any, name: str, shape: Sequence[Symbol], sizes: dict[Symbol, int]) -> Any:
    if not shape:
        return _exact(value, name)
    if isinstance(value, str) or not hasattr(value, "__len__"):
        refuse(name, f"a list of {shape[0]} entries is needed, not {value!r}")
    _fit(sizes, shape[0], len(value), name)
    return [_array(x, name, shape[1:], sizes) for x in value]


def _fit(sizes: dict[Symbol, int], size: Symbol, found: int, name: str) -> None:
    if found < 1:
        refuse(name, "it is empty")
    if sizes.setdefault(size, found) != found:
        refuse(name, f"{size} = {found} here, but {size} = {sizes[size]} elsewhere")


def _exact(value: Any, name: str) -> Fraction:
    if hasattr(value, "_mpf_"):  # mpmath's and SymPy's floats
        _, man, exponent, _ = value._mpf_
        if man or not exponent:
            return Fraction(int(-man if value._mpf_[0] else man)) * Fraction(2) ** int(exponent)
    if hasattr(value, "p") and hasattr(value, "q"):
        return Fraction(int(value.p), int(value.q))
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, bool | str) or hasattr(value, "__len__"):
        refuse(name, f"{value!r} is no number")
    try:
        number = float(value)
    except (TypeError, ValueError):
        refuse(name, f"{value!r} is no number")
    if not math.isfinite(number):
        refuse(name, f"{number} stands in no formula: give finite numbers")
    return Fraction(number)


def _raw(value: Any, precision: int) -> Any:
    if isinstance(value, list):
        return [_raw(x, precision) for x in value]
    return libmp.from_rational(value.numerator, value.denominator, precision)
