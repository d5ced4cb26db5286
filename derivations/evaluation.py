"""A line of a derivation at numbers of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mpmath import libmp, mp
from sympy import Basic, Expr, Float, Symbol

from derivations.arithmetic import value_of
from derivations.given import QUANTITIES, Given, read, read_index, refuse
from derivations.model import Derivation
from derivations.numbers import Numbers
from derivations.samples import free_indices
from derivations.symbols import Partial, a, n, upper_limit, y
from derivations.symbols import j as _j
from derivations.unfold import unfold
from derivations.writing import equation, ln, mul, neg, total

# Beyond these many extra bits a difference is below the smallest double; with `digits` the limit
# only bounds the time.
_EXTRA_BITS, _EXTRA_BITS_WITH_DIGITS = 1200, 20_000


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
    expression = line if isinstance(line, Basic) else derivation.lines[line]
    if "g" not in numbers and "y" in numbers:
        derivation = _with_cross_entropy(derivation)
    unfolded = unfold(expression, derivation)
    indices = dict.fromkeys((*derivation.indices, *free_indices(unfolded)))
    _check_names(numbers, indices)
    fixed = {x.args[0]: int(x.args[1]) for x in derivation.assumptions if x.args[0] == n}
    given = read(numbers, (unfolded, unfold(derivation.start, derivation)), fixed)
    chosen = _chosen(derivation, indices, numbers, given)
    return _value(unfolded, tuple(indices), chosen, given, digits)


def _value(
    line: Expr,
    indices: tuple[Symbol, ...],
    chosen: Mapping[Symbol, int],
    given: Given,
    digits: int | None,
) -> Any:
    """Evaluate; once more with more bits where exponentials of very different size meet."""
    bits = int((digits or 17) * 3.33) + 80
    limit = _EXTRA_BITS if digits is None else _EXTRA_BITS_WITH_DIGITS
    numbers = Numbers(given.raw(bits), given.sizes, bits)
    result = _over(line, indices, dict(chosen), numbers, digits)
    if numbers.spread > 60:
        bits += min(numbers.spread, limit)
        numbers = Numbers(given.raw(bits), given.sizes, bits)
        result = _over(line, indices, dict(chosen), numbers, digits)
    return result


def _over(
    line: Expr, indices: tuple[Symbol, ...], env: dict[Any, int], numbers: Numbers, digits: Any
) -> Any:
    left = [x for x in indices if x not in env]
    if left:
        ats = range(1, numbers.sizes[upper_limit(left[0])] + 1)
        return [_over(line, indices, {**env, left[0]: at}, numbers, digits) for at in ats]
    value = value_of(line, numbers, env)
    if digits is None:
        return libmp.to_float(value, rnd=libmp.round_nearest)
    return Float(mp.make_mpf(value), digits)


def _check_names(numbers: Mapping[str, Any], indices: Mapping[Symbol, Any]) -> None:
    known = (*QUANTITIES, "n", "D", "N", *(x.name for x in indices))
    for name in numbers:
        if name not in known:
            refuse(name, f"no such name here; known are {', '.join(known)}")


def _chosen(
    derivation: Derivation, indices: Mapping[Symbol, Any], numbers: Mapping[str, Any], given: Given
) -> dict[Symbol, int]:
    """Entries that were picked, and the class of a one-hot target."""
    chosen = {}
    for index in indices:
        size = upper_limit(index)
        if size not in given.sizes:
            refuse(str(size), "no array says how large it is")
        if index.name in numbers:
            chosen[index] = read_index(numbers[index.name], index.name, given.sizes[size])
        elif index not in derivation.indices:
            refuse(index.name, "this index of the line is needed")
    for equation_ in derivation.assumptions:
        left, right = equation_.args
        if getattr(left, "base", None) == y and "y" in numbers:
            label = next(x for x in right.free_symbols if x not in left.indices)
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
