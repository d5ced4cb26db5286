"""Judging a typed line: numbers first, then the proof, and the slip where it is wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from sympy import Expr

from derivations.evaluating.line_numbers import Raw
from derivations.judging.cost import cost
from derivations.judging.points import PRECISION, Point, as_float, differ
from derivations.judging.proof import prove
from derivations.judging.reference import Values, free_letters, reference
from derivations.judging.slips import slip_of
from derivations.judging.steps import OutOfSteps, at_most
from derivations.judging.typed_line import read_line
from derivations.model import COUNTEREXAMPLE, UNDECIDED, Counterexample, Derivation, Verdict

_STEPS_TO_READ, _STEPS_TO_PROVE = 120_000, 150_000  # calls in SymPy: 0.2 s together
_MOST_COST = 50_000  # of the numbers, in additions: 0.1 s
# What SymPy raises, too, where a formula makes no sense, such as 1/log(log(e)).
_SYMPY_FAILS = (ArithmeticError, AttributeError, NotImplementedError, TypeError, ValueError)
_PRECISE = 5 * PRECISION  # a difference has to be there with so many bits, too


def judge(derivation: Derivation, line: int, text: str) -> Verdict:
    """Decide whether a typed line equals a line of a derivation.

    line  its place in `derivation.lines`; negative ones count from the end
    text  what `parse` reads, with the derivation's own names

    Equal means: under the derivation's definitions and assumptions, at every setting of its free
    indices. Indices that sums run over may have any letters. First both lines are computed at fixed
    sets of numbers. Where they differ, ok is False, the counterexample is the simplest of them, and
    the misconception is the slip that gives the same line, in whatever form. Else the proof is
    tried, as `verify` does: ok is True, and the method "every n", "n = 2, 3, 4" or "n = 2". Where
    a bounded number of steps does not find it, ok is None, and the method "N points" says at how
    many sets the two agree; it is "undecided" where the typed line has a value at none of them.

    Raises ParseError for what cannot be read, and IndexError for a line that is not there.
    """
    place = range(len(derivation.lines))[line]
    typed = read_line(derivation, text)
    return replace(_judged(derivation, place, typed), line=typed)


@lru_cache(maxsize=256)
def _judged(derivation: Derivation, place: int, typed: Expr) -> Verdict:
    right = _right(derivation, place)
    try:
        with at_most(_STEPS_TO_READ):
            plain = right.meant.plain(typed)
    except (OutOfSteps, *_SYMPY_FAILS):
        return Verdict(ok=None, method=UNDECIDED)
    found, agreed = right.compare(plain)
    if found is not None:
        slip = slip_of(plain, derivation)
        return Verdict(ok=False, method=COUNTEREXAMPLE, counterexample=found, misconception=slip)
    if not agreed:
        return Verdict(ok=None, method=UNDECIDED)
    try:
        with at_most(_STEPS_TO_PROVE):
            verdict = prove(derivation, place, typed)
    except (OutOfSteps, *_SYMPY_FAILS):
        verdict = None
    if verdict is None or verdict.ok is None:
        return Verdict(ok=None, method=f"{agreed} points")
    return verdict


class _Right:
    """The line that a typed one is compared with, and its values."""

    def __init__(self, derivation: Derivation, place: int) -> None:
        self.meant = reference(derivation)
        self.line = derivation.lines[place]
        self.plain = self.meant.plain(self.line)
        self.indices = tuple(dict.fromkeys((*derivation.indices, *free_letters(self.plain))))
        self._known: dict[Point, Values] = {}

    def compare(self, typed: Expr) -> tuple[Counterexample | None, int]:
        """Compare with a plain line at the sets of numbers, as many as it does not take too long.

        Returns the first difference, and at how many sets there were values that agree.
        """
        indices = tuple(dict.fromkeys((*self.indices, *free_letters(typed))))
        agreed, left = 0, _MOST_COST
        for place, point in enumerate(self.meant.points):
            left -= cost(typed, indices, point.sizes)
            if left < 0 and place:
                break
            values = self.meant.values(typed, point, indices)
            at = next((x for x, value in values.items() if differ(self._at(point, x), value)), None)
            if at is not None and self._is_difference(typed, point, indices, at):
                shown = self.meant.shown(point, self.plain, typed)
                shown |= {x.name: y for x, y in zip(indices, at, strict=True)}
                numbers = Counterexample(shown, as_float(self._at(point, at)), as_float(values[at]))
                return numbers, agreed
            agreed += any(x is not None for x in values.values())
        return None, agreed

    def _at(self, point: Point, at: tuple[int, ...]) -> Raw | None:
        if point not in self._known:
            self._known[point] = self.meant.values(self.plain, point, self.indices)
        return self._known[point][at[: len(self.indices)]]

    def _is_difference(self, typed: Expr, point: Point, indices: Any, at: tuple[int, ...]) -> bool:
        """Whether two values differ when they are computed with more bits, too."""
        right = self.meant.values(self.plain, point, self.indices, _PRECISE)
        other = self.meant.values(typed, point, indices, _PRECISE)
        return differ(right[at[: len(self.indices)]], other[at])


@lru_cache(maxsize=512)
def _right(derivation: Derivation, place: int) -> _Right:
    return _Right(derivation, place)
