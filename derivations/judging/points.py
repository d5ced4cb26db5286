"""The fixed sets of numbers at which two lines are compared, the simplest first."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from mpmath import libmp
from sympy import Sum, Symbol

from derivations.evaluating.line_numbers import Raw
from derivations.model import Derivation
from derivations.symbols import D, N, n

PRECISION = 500  # bits, of which a sum may lose half before a difference counts as rounding
_SCALARS = {"T": 2, "c": 1, "l2": 3, "L": 7}
_OTHER_SCALARS = {"T": 3, "c": 2, "l2": 2, "L": 5}
# One number a class, or a sample and class counted on: small, and no two relations alike.
_SMALL = {
    "z": (0, 1, -1, 2, -2, 3),
    "u": (0, 1, -1, 2, -2, 3),
    "g": (1, 2, -1, 3, 0, -2),
    "w": (1, -1, 2, 0, 3, -2, 4),
    "o": (1, 2, -1, 3, -2, 0),
    "b": (0, 1, -1, 2, 1, 0),
    "v": (1, -1, 2, 0, -2, 3),
}
_OTHER_Z = (1, 2, -1, 3, 0, -2)
_EXTREME = (20, -20, 0, 10, -10, 5)
_LARGE = 5  # n from which on there are fewer sets
_Entry: TypeAlias = Callable[[str, tuple[int, ...], tuple[int, ...]], Fraction]


@dataclass(frozen=True, eq=False)
class Point:
    """Exact numbers by name (arrays are nested lists) and the upper limits n, D, N."""

    numbers: Mapping[str, Any]
    sizes: Mapping[Symbol, int]

    def raw(self, precision: int) -> dict[str, Any]:
        """Convert the numbers to mpmath's raw ones."""
        return _raw_numbers(self, precision)

    @property
    def shown(self) -> dict[str, Any]:
        """The numbers as integers and floats."""
        return {name: _plain(value) for name, value in self.numbers.items()}


@lru_cache(maxsize=64)
def points(derivation: Derivation) -> tuple[Point, ...]:
    """List the sets of numbers for a derivation.

    n = 2 to 6 (2 alone where it is assumed). First, by size, small integers: with a one-hot target,
    with a target of fractions, with tied logits. Then fractions at random, extreme logits, and
    small integers with a target that sums to 1 only where the derivation assumes it. D and N are
    and are not equal to n.
    """
    equations = [x.args for x in derivation.assumptions]
    fixed = [int(size) for left, size in equations if left == n]
    unit = any(isinstance(left, Sum) and value == 1 for left, value in equations)
    batch = any("s" in map(str, x.free_symbols) for x in derivation.definitions)
    sizes = fixed or range(2, 7)
    seeds = range(3 if fixed else 1)
    sets: list[tuple[_Entry, int, int, int]] = []
    for size in sizes:
        sets += [(_small, size, 2, 2), (_soft, size, size, 3)]
        sets += [(_tied, size, 3, 2)] if size < _LARGE else []
    sets += [(_random(seed), size, 3, 3) for size in sizes for seed in seeds]
    sets += [(_extreme, size, 1, 2) for size in sizes]
    sets += [(_any_target(unit=unit), size, 2, 2) for size in sizes if size < _LARGE - 1]
    return tuple(_point(kind, {n: size, D: d, N: q}, batch=batch) for kind, size, d, q in sets)


def differ(left: Raw | None, right: Raw | None) -> bool:
    """Whether two values differ by more than rounding; one that is not there differs from none."""
    if left is None or right is None:
        return False
    gap = libmp.mpf_abs(libmp.mpf_sub(left, right, PRECISION))
    scale = max((libmp.fone, libmp.mpf_abs(left), libmp.mpf_abs(right)), key=_order)
    return bool(libmp.mpf_gt(gap, libmp.mpf_shift(scale, -PRECISION // 2)))


def as_float(raw: Raw) -> float:
    """Round a value to a float."""
    return float(libmp.to_float(raw))


def _order(raw: Raw) -> int:
    return int(raw[2] + raw[3])


def _point(entry: _Entry, sizes: Mapping[Symbol, int], *, batch: bool) -> Point:
    shapes = {
        **dict.fromkeys("zyo", (N,) if batch else ()),
        **dict.fromkeys("ugvwb", ()),
    }
    own = {**dict.fromkeys("zyugvb", (n,)), "w": (n, D), "o": (D,)}
    numbers: dict[str, Any] = {name: entry(name, (), ()) for name in _SCALARS}
    for name, first in shapes.items():
        shape = tuple(sizes[x] for x in (*first, *own[name]))
        numbers[name] = _filled(entry, name, (), shape)
    return Point(numbers, sizes)


def _filled(entry: _Entry, name: str, at: tuple[int, ...], shape: tuple[int, ...]) -> Any:
    if len(at) == len(shape):
        return entry(name, at, shape)
    return [_filled(entry, name, (*at, x), shape) for x in range(shape[len(at)])]


def _small(name: str, at: tuple[int, ...], shape: tuple[int, ...]) -> Fraction:
    if not shape:
        return Fraction(_SCALARS[name])
    if name == "y":
        return Fraction(int(sum(at[:-1]) % shape[-1] == at[-1]))
    return Fraction(_in_row(_SMALL[name], at))


def _in_row(row: tuple[int, ...], at: tuple[int, ...]) -> int:
    return row[(at[-1] + sum(2 * x for x in at[:-1])) % len(row)]


def _soft(name: str, at: tuple[int, ...], shape: tuple[int, ...]) -> Fraction:
    if not shape:
        return Fraction(_OTHER_SCALARS[name])
    if name == "y":
        size = shape[-1]
        return Fraction((at[-1] + sum(at[:-1])) % size + 1, size * (size + 1) // 2)
    return Fraction(_in_row(_OTHER_Z, at)) if name == "z" else _small(name, at, shape)


def _tied(name: str, at: tuple[int, ...], shape: tuple[int, ...]) -> Fraction:
    if name == "y":
        return Fraction(1, shape[-1])
    if name == "z":
        return Fraction(int(at[-1] > 1))
    return _small(name, at, shape)


def _extreme(name: str, at: tuple[int, ...], shape: tuple[int, ...]) -> Fraction:
    if name == "z":
        return Fraction(_EXTREME[sum(at) % len(_EXTREME)])
    return _soft(name, at, shape) if name == "y" else _small(name, at, shape)


def _any_target(*, unit: bool) -> _Entry:
    def entry(name: str, at: tuple[int, ...], shape: tuple[int, ...]) -> Fraction:
        if name == "y":
            total = shape[-1] * (shape[-1] + 1) // 2
            return _soft(name, at, shape) * (1 if unit else total)
        return _small(name, at, shape)

    return entry


def _random(seed: int) -> _Entry:
    def entry(name: str, at: tuple[int, ...], shape: tuple[int, ...]) -> Fraction:
        rng = random.Random(f"{seed} {name} {at[:-1]} {shape}")  # noqa: S311
        row = [
            Fraction(rng.randint(2, 9), rng.randint(2, 5))
            for _ in range(max(shape[-1:], default=1))
        ]
        if name == "y":
            return row[at[-1]] / sum(row)
        signs = [rng.choice((-1, 1)) for _ in row]
        return row[at[-1]] * signs[at[-1]] if shape else row[0]

    return entry


@lru_cache(maxsize=2048)
def _raw_numbers(point: Point, precision: int) -> dict[str, Any]:
    return {name: _raw(value, precision) for name, value in point.numbers.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(x) for x in value]
    return int(value) if value.denominator == 1 else float(value)


def _raw(value: Any, precision: int) -> Any:
    if isinstance(value, list):
        return [_raw(x, precision) for x in value]
    return libmp.from_rational(value.numerator, value.denominator, precision)
