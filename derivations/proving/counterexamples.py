"""Looking for numbers at which two lines differ: the only ground on which to call a step wrong."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from mpmath import libmp
from sympy import Expr, Symbol

from derivations.evaluating.binary_arithmetic import value_of
from derivations.evaluating.line_numbers import NoValueError, Numbers
from derivations.model import Counterexample
from derivations.symbols import SIZES, entries, free_indices, free_symbols, n, shape_of, upper_limit

SEED = 20240229
PRECISION = 200
_MOST_SETTINGS = 128  # of the free indices, in one sample


class Samples:
    """Seeded samples of two unfolded lines, and whether the lines differ at them.

    sizes      upper limits that are fixed, such as {n: 2}
    unit_sums  arrays whose sum over the last index is 1
    met        what indices meet, such as the 5 of delta_i5: they are set to it in every sample
    compared   the values of n at which both lines had a value
    """

    def __init__(
        self,
        lines: tuple[Expr, Expr],
        sizes: Mapping[Symbol, int],
        unit_sums: frozenset[Any],
        met: Iterable[Any],
    ) -> None:
        self.lines = lines
        self.sizes = dict(sizes)
        self.unit_sums = unit_sums
        self.met = {int(x) for x in met if x.is_Integer}
        self.compared: set[int] = set()
        self.indices = free_indices(*lines)
        self._drawn = 0

    def counterexample(self, several: Iterable[tuple[int, ...]]) -> Counterexample | None:
        """Search samples with n, D, N of these sizes; None where no difference was found."""
        for sizes in several:
            found = self._differ_at(dict(zip(SIZES, sizes, strict=True)) | self.sizes)
            if found:
                return found
        return None

    def _differ_at(self, sizes: Mapping[Symbol, int]) -> Counterexample | None:
        rng = random.Random(SEED + self._drawn)  # noqa: S311
        self._drawn += 1
        exact = _sample(self.lines, sizes, self.unit_sums, rng)
        raw = {name: _raw(value) for name, value in exact.items()}
        numbers = Numbers(raw, sizes, PRECISION)
        for env in self._settings(sizes, rng):
            try:
                left, right = (value_of(x, numbers, env) for x in self.lines)
            except NoValueError:
                continue
            self.compared.add(sizes[n])
            if _differ(left, right):
                shown = {name: _plain(value) for name, value in exact.items()}
                shown |= {x.name: at for x, at in env.items()}
                used = frozenset().union(*map(free_symbols, self.lines))
                shown |= {x.name: sizes[x] for x in SIZES if x in used}
                return Counterexample(shown, _as_float(left), _as_float(right))
        return None

    def _settings(self, sizes: Mapping[Symbol, int], rng: random.Random) -> Iterable[Any]:
        """All settings of the free indices; of too many those with the ends and what is met."""
        ranges = [range(1, sizes[upper_limit(x)] + 1) for x in self.indices]
        if prod(map(len, ranges)) <= _MOST_SETTINGS:
            return settings(self.indices, sizes)
        likely = [sorted({1, 2, len(x), *self.met} & {*x}) for x in ranges]
        drawn = {tuple(map(rng.choice, likely)) for _ in range(_MOST_SETTINGS)}
        return (dict(zip(self.indices, x, strict=True)) for x in sorted(drawn))


def settings(indices: tuple[Symbol, ...], sizes: Mapping[Symbol, int]) -> Iterator[dict[Any, int]]:
    """Every setting of the free indices within their ranges."""
    ranges = [range(1, sizes[upper_limit(x)] + 1) for x in indices]
    for values in product(*ranges):
        yield dict(zip(indices, values, strict=True))


def _sample(
    lines: tuple[Expr, Expr],
    sizes: Mapping[Symbol, int],
    unit_sums: frozenset[Any],
    rng: random.Random,
) -> dict[str, Any]:
    """Exact numbers for every name in the lines."""
    arrays = {x.base: shape_of(x) for line in lines for x in entries(line)}
    scalars = {x for line in lines for x in free_symbols(line) if not x.is_integer}
    labels = {x.label for x in arrays}
    result: dict[str, Any] = {}
    for x in sorted(scalars - labels, key=str):
        result[x.name] = _number(x, rng)
    for x in sorted(arrays, key=str):
        shape = [int(sizes.get(size, size)) for size in arrays[x]]
        result[str(x.label)] = _array(x, shape, rng, unit=x in unit_sums)
    return result


def _array(x: Any, shape: list[int], rng: random.Random, *, unit: bool) -> Any:
    if len(shape) > 1:
        return [_array(x, shape[1:], rng, unit=unit) for _ in range(shape[0])]
    if not unit:
        return [_number(x.label, rng) for _ in range(shape[0])]
    whole = max(10, 2 * shape[0])
    cuts = sorted(rng.sample(range(1, whole), shape[0] - 1))
    return [Fraction(q - p, whole) for p, q in zip([0, *cuts], [*cuts, whole], strict=True)]


def _number(x: Any, rng: random.Random) -> Fraction:
    if x.is_positive or x.is_nonnegative:
        return Fraction(rng.randint(3, 9), 2)
    return Fraction(rng.choice([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]), rng.choice([1, 2]))


def _raw(value: Any) -> Any:
    if isinstance(value, list):
        return [_raw(x) for x in value]
    return libmp.from_rational(value.numerator, value.denominator, PRECISION)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(x) for x in value]
    return int(value) if value.denominator == 1 else float(value)


def _as_float(raw: Any) -> float:
    return float(libmp.to_float(raw))


def _differ(left: Any, right: Any) -> bool:
    """Whether two values differ by more than the rounding of 200 bits can explain."""
    gap = libmp.mpf_abs(libmp.mpf_sub(left, right, PRECISION))
    scale = max((libmp.fone, libmp.mpf_abs(left), libmp.mpf_abs(right)), key=libmp.to_float)
    return bool(libmp.mpf_gt(gap, libmp.mpf_shift(scale, -100)))
