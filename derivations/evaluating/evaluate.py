"""A line of a derivation at numbers of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from mpmath import libmp, mp
from sympy import Basic, Expr, Float, Symbol

from derivations.evaluating.binary_arithmetic import value_of
from derivations.evaluating.given_numbers import (
    QUANTITIES,
    Given,
    Wanted,
    joined,
    read,
    read_index,
    refuse,
    wanted,
)
from derivations.evaluating.line_numbers import Numbers
from derivations.evaluating.unfolding import unfold
from derivations.model import Derivation
from derivations.symbols import Partial, a, free_indices, n, upper_limit, y
from derivations.symbols import j as _j
from derivations.writing import equation, ln, mul, neg, total

# With so many extra bits every double is right, factors of 1e308 before it included; with `digits`
# the limit only bounds the time.
_MOST_EXTRA_BITS, _MOST_WITH_DIGITS = 2200, 20_000
_HARMLESS = 20  # bits that a sum may lose: some such sums in one another leave enough


def evaluate(
    derivation: Derivation, line: int | Expr, *, digits: int | None = None, **numbers: Any
) -> Any:
    """Compute one line: a float, or nested lists over the free indices that are not given.

    line      its place in `derivation.lines` (0 is the start, -1 the result), or a line itself
    digits    None for floats; else SymPy Floats with this many digits
    numbers   z, y, g, v, w, b, o (lists; in a batch samples come first), T, c, l2, and the free
              indices i, j, k, d, s, t, which count from 1. b, c, l2 are 0 and T is 1 unless given.

    Free indices not given are run over in the order of `derivation.indices`. Where the loss is
    left free, g is dL/da; with y in its place the loss is cross-entropy. For a one-hot target
    either t or y says which class. Derivatives are taken by SymPy; the value is right to double
    precision at logits of +-1e4, too.

    Raises ValueError for a name that is missing or unknown, a shape or an index that does not
    fit, and numbers that are not finite (a masked logit has no place in these formulas).
    """
    return evaluate_each(derivation, (line,), digits=digits, **numbers)[0]


def evaluate_each(
    derivation: Derivation,
    lines: Sequence[int | Expr],
    *,
    digits: int | None = None,
    **numbers: Any,
) -> list[Any]:
    """Compute several lines at the same numbers, each as `evaluate` does; what they share, once."""
    expressions = tuple(x if isinstance(x, Basic) else derivation.lines[x] for x in lines)
    plans = _plans(expressions, derivation, any_loss="g" in numbers or "y" not in numbers)
    for name in numbers:
        if not any(name in plan.known for plan in plans.each):
            refuse(name, f"no such name here; known are {', '.join(plans.each[0].known)}")
    given = read(numbers, plans.wanted)
    chosen = [_chosen(plan, numbers, given) for plan in plans.each]
    return _values(plans, chosen, given, digits)


@dataclass(frozen=True)
class _Plan:
    """What an evaluation needs to know that does not depend on the numbers.

    line     the line, unfolded
    indices  the derivation's free indices and any others of the line
    own      those of them that the result may run over: the derivation's
    labels   those that say which class a one-hot target is
    known    every name that may be given
    wanted   names and shapes to check the numbers against
    """

    line: Expr
    indices: tuple[Symbol, ...]
    own: tuple[Symbol, ...]
    labels: tuple[Symbol, ...]
    known: tuple[str, ...]
    wanted: Wanted


# By equality of the whole derivation, never by its id. Bounded, as learners' own lines come here.
@lru_cache(maxsize=512)
def _plan(line: Expr, derivation: Derivation, *, any_loss: bool) -> _Plan:
    derivation, start = _start(derivation, any_loss=any_loss)
    unfolded = unfold(line, derivation)
    indices = tuple(dict.fromkeys((*derivation.indices, *free_indices(unfolded))))
    equations = [x.args for x in derivation.assumptions]
    one_hot = [x for x in equations if getattr(x[0], "base", None) == y]
    return _Plan(
        unfolded,
        indices,
        derivation.indices,
        tuple(next(x for x in at.free_symbols if x not in left.indices) for left, at in one_hot),
        (*QUANTITIES, "n", "D", "N", *(x.name for x in indices)),
        wanted(
            unfolded,
            start,
            {left: int(size) for left, size in equations if left == n},
        ),
    )


@lru_cache(maxsize=64)
def _start(derivation: Derivation, *, any_loss: bool) -> tuple[Derivation, Expr]:
    """Return a derivation with its loss settled, and its first line unfolded."""
    settled = derivation if any_loss else _with_cross_entropy(derivation)
    return settled, unfold(settled.start, settled)


@dataclass(frozen=True)
class _Plans:
    """Plans of several lines, and all the names that any of them wants."""

    each: tuple[_Plan, ...]
    wanted: Wanted


@lru_cache(maxsize=512)
def _plans(lines: tuple[Expr, ...], derivation: Derivation, *, any_loss: bool) -> _Plans:
    each = tuple(_plan(line, derivation, any_loss=any_loss) for line in lines)
    return _Plans(each, joined(plan.wanted for plan in each))


def _values(
    plans: _Plans, chosen: Sequence[Mapping[Symbol, int]], given: Given, digits: int | None
) -> list[Any]:
    """Evaluate with more and more bits, until that changes nothing.

    At saturated logits 1 - a loses nearly all its bits, and a difference of such differences twice
    as many. Where no sum lost much, the first values are right.
    """

    def values(bits: int) -> tuple[list[Any], int]:
        numbers = Numbers(given.raw(bits), given.sizes, bits)
        found = [
            _over(plan.line, plan.indices, dict(at), numbers)
            for plan, at in zip(plans.each, chosen, strict=True)
        ]
        return found, max(numbers.lost, numbers.spread) if numbers.lost > _HARMLESS else 0

    fewest = int((digits or 17) * 3.33) + 80
    most = fewest + (_MOST_EXTRA_BITS if digits is None else _MOST_WITH_DIGITS)
    bits = fewest
    found, needed = values(bits)
    while needed and bits < most:
        before, bits = found, min(bits + 4 * needed + 64, most)
        found, needed = values(bits)
        if _agree(before, found, fewest - 80 + 4):
            break
    return [_rounded(x, digits) for x in found]


def _agree(before: Any, after: Any, bits: int) -> bool:
    """Whether nested values are the same but for what lies so many bits below them."""
    if isinstance(after, list):
        return all(_agree(x, y, bits) for x, y in zip(before, after, strict=True))
    gap = libmp.mpf_abs(libmp.mpf_sub(before, after))
    return bool(libmp.mpf_le(libmp.mpf_shift(gap, bits), libmp.mpf_abs(after)))


def _rounded(value: Any, digits: int | None) -> Any:
    if isinstance(value, list):
        return [_rounded(x, digits) for x in value]
    if digits is None:
        return libmp.to_float(value, rnd=libmp.round_nearest) + 0.0  # no -0
    return Float(mp.make_mpf(value), digits)


def _over(line: Expr, indices: tuple[Symbol, ...], env: dict[Any, int], numbers: Numbers) -> Any:
    left = [x for x in indices if x not in env]
    if not left:
        return value_of(line, numbers, env)
    ats = range(1, numbers.sizes[upper_limit(left[0])] + 1)
    return [_over(line, indices, {**env, left[0]: at}, numbers) for at in ats]


def _chosen(plan: _Plan, numbers: Mapping[str, Any], given: Given) -> dict[Symbol, int]:
    """Entries that were picked, and the class of a one-hot target."""
    chosen = {}
    for index in plan.indices:
        size = upper_limit(index)
        if size not in given.sizes:
            refuse(str(size), "no array says how large it is")
        if index.name in numbers:
            chosen[index] = read_index(numbers[index.name], index.name, given.sizes[size])
        elif index not in plan.own:
            refuse(index.name, "this index of the line is needed")
    for label in plan.labels if "y" in numbers else ():
        at = _hot_class(numbers["y"], given.sizes[n])
        if chosen.setdefault(label, at) != at:
            refuse("y", f"its class is {at}, but {label} = {chosen[label]}")
    return chosen


def _hot_class(target: Any, size: int) -> int:
    entries = [float(x) for x in target]
    if len(entries) != size or sorted(entries) != [0.0] * (size - 1) + [1.0]:
        refuse("y", f"a target that is 1 for one of {size} classes and 0 for the others is needed")
    return entries.index(1.0) + 1


def _with_cross_entropy(derivation: Derivation) -> Derivation:
    """Put cross-entropy in the place of a loss that is left free."""
    defined = {x.args[0] for x in derivation.definitions}
    free = [
        x.args[1].quantity
        for x in derivation.definitions
        if isinstance(x.args[1], Partial) and x.args[1].quantity not in defined
    ]
    loss = neg(total(mul(y[_j], ln(a[_j])), _j))
    more = tuple(equation(x, loss) for x in free)
    return replace(derivation, definitions=(*derivation.definitions, *more))
