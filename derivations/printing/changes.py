"""What a step changes: two lines compared term by term and factor by factor, as expressions.

The order of terms and factors does not count, nor does how sums and products are nested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sympy import Add, Expr, Mul, Pow, Sum, exp, log

from derivations.printing.expression_forms import excluded, is_fraction, is_simple, split_sign
from derivations.printing.mark import Mark
from derivations.symbols import Partial

Path: TypeAlias = tuple[int, ...]  # from a line down to a part of it: which argument, each time
Part: TypeAlias = tuple[Path, Any]
_MARK = 1  # what one more mark costs, in nodes: few large ones are read more easily


@dataclass(frozen=True)
class Change:
    """Parts of a line, and what stands in their place in the next; none where they are gone."""

    before: tuple[Path, ...]
    after: tuple[Path, ...]


_Found: TypeAlias = tuple[int, tuple[Change, ...]]  # how many nodes are marked, and what


@lru_cache(maxsize=1024)
def changes(before: Expr, after: Expr) -> tuple[Change, ...]:
    """Find the smallest parts of two lines such that all else of one stands in the other, too."""
    return _compared(((), before), ((), after))[1]


def at_path(line: Any, path: Path) -> Any:
    """Return the part of a line that a path leads to."""
    for place in path:
        line = line.args[place]
    return line


def marked(line: Any, paths: Iterable[Path], depth: int = 0) -> Any:
    """Mark the parts that the paths lead to; of a factor below a stroke, what stands there.

    depth   how many fractions the line itself stands in
    """
    places = list(paths)
    if () in places:
        if isinstance(line, Pow) and line.exp == -1:
            return Pow(Mark(line.base, depth), -1, evaluate=False)
        return Mark(line, depth)
    if not places:
        return line
    args = [
        marked(x, [path[1:] for path in places if path[0] == k], depth + _has_stroke(line))
        for k, x in enumerate(line.args)
    ]
    if isinstance(line, Sum | Partial):
        return line.func(*args)
    return line.func(*args, evaluate=False)


def _has_stroke(e: Any) -> bool:
    """Whether its parts stand above and below a stroke."""
    if isinstance(e, Partial):
        inner = e.quantity.args[0] if isinstance(e.quantity, log) else e.quantity
        return is_simple(inner)
    return isinstance(e, Mul) and is_fraction(e)


def _compared(a: Part, b: Part) -> _Found:
    if a[1] == b[1]:
        return 0, ()
    return min([*_inside(a, b), _replaced([a], [b])], key=lambda found: found[0])


def _replaced(before: list[Part], after: list[Part]) -> _Found:
    if not before and not after:
        return 0, ()
    cost = sum(_size(e) + _MARK for _, e in before + after)
    return cost, (Change(tuple(path for path, _ in before), tuple(path for path, _ in after)),)


def _inside(a: Part, b: Part) -> Iterator[_Found]:
    """Compare the parts of two expressions; nothing where only the whole can be compared."""
    (p, x), (q, y) = a, b
    if isinstance(x, Mul) and isinstance(y, Mul):
        yield from _gathered(_arguments(a), _arguments(b))
    for kind in (Add, Mul):
        if isinstance(x, kind) or isinstance(y, kind):
            yield from _gathered(_flat(a, kind), _flat(b, kind))
    if _surroundings(x) is not None and _surroundings(x) == _surroundings(y):
        yield _compared(((*p, 0), x.args[0]), ((*q, 0), y.args[0]))


def _surroundings(e: Any) -> Any:
    """Describe what is around the first argument, where that can be compared by itself."""
    if isinstance(e, Sum):
        factors = Mul.make_args(e.function)
        return Sum, e.limits, excluded(factors[0], e.limits[0][0])
    if isinstance(e, Partial) and not isinstance(e.quantity, Partial):
        return Partial, e.variable
    if isinstance(e, Pow) and not isinstance(e, exp):
        return Pow, e.exp
    return (log,) if isinstance(e, log) else None


def _arguments(part: Part) -> list[Part]:
    path, e = part
    return [((*path, k), x) for k, x in enumerate(e.args)]


def _flat(part: Part, kind: Any) -> list[Part]:
    """List terms, or factors other than 1; a factor below zero stands in brackets and stays one."""
    path, e = part
    if not isinstance(e, kind):
        return [part]
    parts = []
    for k, inner in enumerate(e.args):
        closed = kind is Mul and k > 0 and split_sign(inner)[0]
        below = ((*path, k), inner)
        parts += [below] if closed else _flat(below, kind)
    return [x for x in parts if kind is Add or x[1] != 1]


def _gathered(before: list[Part], after: list[Part]) -> Iterator[_Found]:
    """Take away what both have; as many as are left over are paired, else replaced together."""
    left, right = _without_common(before, after)
    if any(x == -1 for _, x in left + right):  # a sign belongs to its whole term
        return
    some_common = len(left) < len(before)
    if len(left) == len(right) > 0:
        found = _paired(left, right)
        if some_common or found[0] < _replaced(left, right)[0]:
            yield found
    elif some_common:
        yield _replaced(left, right)


def _without_common(before: list[Part], after: list[Part]) -> tuple[list[Part], list[Part]]:
    left, right = [], list(after)
    for part in before:
        same = next((x for x in right if x[1] == part[1]), None)
        if same is None:
            left.append(part)
        else:
            right.remove(same)
    return left, right


def _paired(left: list[Part], right: list[Part]) -> _Found:
    """Pair the parts so that as few nodes as possible are marked."""
    if not left:
        return 0, ()
    first, *others = left
    found = []
    for k, part in enumerate(right):
        cost, changed = _compared(first, part)
        more, and_changed = _paired(others, [*right[:k], *right[k + 1 :]])
        found.append((cost + more, changed + and_changed))
    return min(found, key=lambda one: one[0])


@lru_cache(maxsize=4096)
def _size(e: Any) -> int:
    return 1 + sum(map(_size, e.args))
