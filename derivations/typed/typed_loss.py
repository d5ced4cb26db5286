"""A loss that a learner types: text -> L(a, y), its derivative dL/da_i, and both at numbers.

>>> loss = read_loss("sum((a_k - y_k)**2, k)/n")
>>> loss.value([0.25, 0.75], [0, 1])
0.0625
>>> loss.gradient([0.25, 0.75], [0, 1])
(0.25, -0.25)
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sympy import Expr, Indexed, KroneckerDelta, Sum, Symbol

from derivations.symbols import i, j, k, m, t
from derivations.typed.float_functions import Number, Trouble
from derivations.typed.float_point import Point
from derivations.typed.float_program import program
from derivations.typed.grammar import Reading
from derivations.typed.loss_gradient import gradient
from derivations.typed.parse_error import ParseError
from derivations.typed.parsing import read
from derivations.typed.tidying import renamed

MOST_CLASSES = 10
MOST_PARTS = 800  # of the derivative
_ARRAYS, _ALONE = {"a", "y", "delta"}, {"n", "e", "i", "j", "k", "m"}
_CLASSES = set("ijkmt0123456789")
# What an index called i is renamed to, so that dL/da_i has its i to itself; p is in no text.
_OTHERS = (k, m, j, Symbol("p", integer=True, positive=True))


class AtNumbers(NamedTuple):
    """A loss at numbers.

    value     L
    gradient  dL/da_1 .. dL/da_n
    trouble   why one of them is not finite (the loss, if it is not): an id; else None
    """

    value: float
    gradient: tuple[float, ...]
    trouble: Trouble | None


@dataclass(frozen=True)
class TypedLoss:
    """A loss L(a, y) as it was typed, and its derivative.

    expression   L, in the order in which it was typed
    derivative   dL/da_i for any class i
    """

    expression: Expr
    derivative: Expr

    def value(self, a: Sequence[Number], y: Sequence[float]) -> Any:
        """L at probabilities a and targets y, one number a class each; a may be complex.

        Conventions: 0 ln 0 = 0, and a target of 0 takes its term out. What has no value is nan,
        what is too large inf; `at` says why. Raises ValueError for lists of different length.
        """
        return _value(self.expression, _point(a, y))

    def gradient(self, a: Sequence[Number], y: Sequence[float]) -> tuple[Any, ...]:
        """dL/da_1 .. dL/da_n, as `value`; the derivative of |x| at x = 0 is taken as 0."""
        return _gradient(self.derivative, _point(a, y))

    def at(self, a: Sequence[float], y: Sequence[float]) -> AtNumbers:
        """Value and gradient, and what is wrong where one is not finite."""
        point = _point(a, y)
        value = _value(self.expression, point)
        trouble = _trouble([value], point)
        point.notes.clear()
        slopes = _gradient(self.derivative, point)
        return AtNumbers(value, slopes, trouble or _trouble(slopes, point))


@lru_cache(maxsize=256)
def read_loss(text: str) -> TypedLoss:
    """Read a loss of the probabilities a and the targets y, and differentiate it.

    It may use a, y, n, numbers, e, and t for the class of the target; the result is one number,
    so every other index is summed over or a class of its own, as in a_1.

    Raises ParseError for what `parse` refuses, for other names, for an index that is left free,
    for classes beyond the tenth, and for a loss whose derivative would be too long to read.
    """
    reading = read(text)
    _check(reading)
    expression = _with_i_left(reading.expr)
    derivative = gradient(expression)
    if _size(derivative) > MOST_PARTS:
        raise ParseError("gradient_too_long", 0)
    return TypedLoss(reading.expr, derivative)


def _check(reading: Reading) -> None:
    for token in reading.names:
        stem, mark, ending = token.text.partition("_")
        known = _ARRAYS if mark else _ALONE
        if stem not in known or not _CLASSES.issuperset(ending):
            raise ParseError("name_not_in_loss", token.at, token.text)
        if ending.isdigit() and stem != "delta" and int(ending) > MOST_CLASSES:
            raise ParseError("class_number", token.at, token.text, limit=MOST_CLASSES)
    for index, token in reading.free:
        if index != t:
            raise ParseError("free_index", token.at, token.text)


def _with_i_left(loss: Expr) -> Expr:
    """Rename an index i that the loss sums over to a letter that it does not use."""
    used = {x[0] for e in loss.atoms(Sum) for x in e.limits}
    other = next(x for x in _OTHERS if x not in used)
    return renamed(loss, i, other) if i in used else loss


def _size(e: Expr) -> int:
    if isinstance(e, Indexed | KroneckerDelta):
        return 1
    return 1 + sum(map(_size, e.args))


def _point(a: Sequence[Number], y: Sequence[float]) -> Point:
    if len(a) != len(y):
        raise ValueError(f"{len(a)} probabilities, but {len(y)} targets")
    targets = [float(x) for x in y]
    is_class = sorted(targets) == [0.0] * (len(targets) - 1) + [1.0]
    indices = {"t": targets.index(1.0) + 1 if is_class else 0}
    return Point([x if isinstance(x, complex) else float(x) for x in a], targets, indices)


def _value(loss: Expr, point: Point) -> Number:
    """Compute L; nan where it is finite only by way of something infinite, as 1/(1/0)."""
    value = program(loss)(point) + 0.0
    return math.nan if point.poles and cmath.isfinite(value) else value


def _gradient(derivative: Expr, point: Point) -> tuple[Number, ...]:
    run = program(derivative)
    slopes = []
    for at in range(1, len(point.a) + 1):
        point.indices["i"] = at
        slopes.append(run(point) + 0.0)
    return tuple(slopes)


def _trouble(numbers: Sequence[float], point: Point) -> Trouble | None:
    if all(map(math.isfinite, numbers)):
        return None
    if point.notes:
        return point.notes[0]
    return Trouble.UNDEFINED if any(map(math.isnan, numbers)) else Trouble.OVERFLOW
