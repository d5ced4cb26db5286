"""The lines of a derivation as a learner meets them: where they are, what is next, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sympy import Add, Indexed, KroneckerDelta, Mul, Piecewise, Pow, Sum, Symbol, exp, log
from sympy.concrete.expr_with_limits import ExprWithLimits

from derivations import Derivation, ParseError, as_typed, at_path, changes, read_line
from derivations.symbols import Partial

# What a line may hold more of than its result, in the order in which it is said.
KINDS = {
    "derivative": Partial,
    "sum": Sum,
    "logarithm": log,
    "exponential": exp,
    "delta": KroneckerDelta,
    "cases": Piecewise,
}
GAP = Symbol("gap")


@lru_cache(maxsize=1024)
def typed_line(one: Derivation, place: int) -> str | None:
    """Return a line of a derivation as one would type it; None where it cannot be typed."""
    try:
        text = as_typed(one.lines[place])
        read_line(one, text)
    except (ParseError, TypeError):
        return None
    return text


@lru_cache(maxsize=64)
def example_line(one: Derivation) -> str:
    """Return the shortest sum that a derivation is given, as one would type it."""
    given = (as_typed(equation.args[1]) for equation in one.definitions)
    return min((text for text in given if "sum(" in text), key=len)


def is_same(one: Any, other: Any) -> bool:
    """Whether two lines are the same but for the order of terms and factors."""
    return not changes(one, other)


def limits(one: Derivation) -> Mapping[str, int]:
    """Return how many parts of a kind the result may have, for the kinds that are to grow fewer.

    They are those of which some line of the derivation has more than its result has.
    """
    goal = _counts(one.result)
    return {x: most for x, most in goal.items() if any(_counts(y)[x] > most for y in one.lines)}


def left_over(line: Any, one: Derivation) -> list[str]:
    """Name what a line has more of than the goal allows: kinds of parts, or else letters."""
    mine = _counts(line)
    found = [name for name, most in limits(one).items() if mine[name] > most]
    if found:
        return found
    return ["letters"] if {*letters_of(line)} - {*letters_of(one.result)} else []


@lru_cache(maxsize=1024)
def _counts(line: Any) -> Mapping[str, int]:
    """Count the parts of each kind; fractions are there, 1, or not."""
    parts = _nodes(line)
    counts = {name: sum(isinstance(x, kind) for x in parts) for name, kind in KINDS.items()}
    return counts | {"fraction": int(_has_fraction(line))}


def _has_fraction(line: Any) -> bool:
    """Whether quantities of a class stand below a stroke."""
    return any(_is_reciprocal(x) and x.has(Indexed) for x in _nodes(line))


def _is_reciprocal(part: Any) -> bool:
    return isinstance(part, Pow) and not isinstance(part, exp) and part.exp == -1


def letters_of(line: Any) -> list[str]:
    """Name the quantities of a line, without their indices."""
    return sorted({str(x.base.label) for x in line.atoms(Indexed)})


def next_place(one: Derivation, at: int) -> int | None:
    """Return the next line of a derivation that can be typed; None after the last one."""
    places = range(at + 1, len(one.lines))
    return next((k for k in places if typed_line(one, k) is not None), None)


def place_of(one: Derivation, line: Any, at: int) -> int:
    """Return where in the derivation a right line is, at the earliest after a place.

    It is the line that is the same; or else the last one that still holds as much, by the number of
    derivatives and sums in it.
    """
    later = range(at, len(one.lines))
    same = next((k for k in later if is_same(one.lines[k], line)), None)
    if same is not None:
        return same
    holds = _holds(line)
    return max((k for k in later if _holds(one.lines[k]) >= holds), default=at)


def _holds(line: Any) -> tuple[int, int, int]:
    """Count the kinds of work that are left in a line."""
    derivatives = sum(1 for x in _nodes(line) if isinstance(x, Partial))
    sums = sum(1 for x in _nodes(line) if isinstance(x, ExprWithLimits))
    return derivatives, int(line.has(exp)), sums


def _nodes(line: Any) -> Sequence[Any]:
    """List every part of a line as often as it is there."""
    return [line, *(x for part in getattr(line, "args", ()) for x in _nodes(part))]


@lru_cache(maxsize=256)
def with_gap(before: Any, after: Any) -> Any:
    """Put a gap in the place of what a step brings in: at most half of the line."""
    paths = [path for one in changes(before, after) for path in one.after]
    size = len(_nodes(after))
    small = [p for p in paths if p and 2 * len(_nodes(at_path(after, p))) <= size]
    chosen = small or [_largest_part(after)]
    line = after
    for path in chosen:
        line = _replaced(line, path)
    return line


def _largest_part(line: Any) -> tuple[int, ...]:
    """Lead to the largest part of a line that is not more than half of it."""
    path: tuple[int, ...] = ()
    most, part = len(_nodes(line)) / 2, line
    while len(_nodes(part)) > most and isinstance(part, Add | Mul | Sum | Partial):
        parts = part.args[:1] if isinstance(part, Sum | Partial) else part.args
        place = max(range(len(parts)), key=lambda k: len(_nodes(parts[k])))
        path, part = (*path, place), parts[place]
    return path


def _replaced(line: Any, path: tuple[int, ...]) -> Any:
    if not path:
        return Pow(GAP, -1, evaluate=False) if _is_reciprocal(line) else GAP
    args = [_replaced(x, path[1:]) if k == path[0] else x for k, x in enumerate(line.args)]
    if isinstance(line, Sum | Partial | Piecewise):
        return line.func(*args)
    return line.func(*args, evaluate=False)
