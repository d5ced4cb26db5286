"""Derivations with one line changed by a slip, each shown to be wrong by numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from derivations import Counterexample, Derivation, Step, evaluate, slips_at, verify
from pages.derivation.lines import FAMILY
from pages.practice.draws import Draws
from pages.practice.exercises import Exercise
from pages.visit.practice import DERIVATIONS

MOST_LINES = 6  # that are shown at once


@dataclass(frozen=True, eq=False)
class SlippedLine:
    """Lines of a derivation, one of them wrong.

    derivation  that they are from
    first       its line that they begin with, from 0
    last        the one that they end with
    wrong       the place of the wrong one
    slip        that changed it, an id
    line        what stands there
    evidence    numbers at which it differs from the line before it
    """

    derivation: Derivation
    first: int
    last: int
    wrong: int
    slip: str
    line: Any
    evidence: Counterexample

    def shown(self, place: int) -> Any:
        """Return the line that is shown at a place of the derivation."""
        return self.line if place == self.wrong else self.derivation.lines[place]

    def value(self, place: int) -> float:
        """Return a line's value at the numbers of the evidence."""
        return float(evaluate(self.derivation, self.shown(place), **self.evidence.numbers))


@lru_cache(maxsize=256)
def slipped_line(exercise: Exercise) -> SlippedLine:
    """Return the exercise of a variant.

    Raises LookupError where no slip of the derivation can be shown to be wrong.
    """
    draws = Draws("slip", exercise.variant, exercise.derivation)
    one = FAMILY[exercise.derivation or draws.one(DERIVATIONS)]
    # By slip, then by line: the slips that can be made at many lines come no more often.
    made = slips_in(one.id)
    for slip in draws.several(tuple(made), len(made)):
        for place in draws.several(made[slip], len(made[slip])):
            line = slips_at(one, place)[slip]
            found = _evidence(one, place, line)
            if found is not None:
                first, last = _around(place, len(one.lines), draws)
                return SlippedLine(one, first, last, place, slip, line, found)
    raise LookupError(one.id)


@lru_cache(maxsize=32)
def slips_in(identifier: str) -> dict[str, tuple[int, ...]]:
    """Return, for each slip that can be made in a derivation, the lines where it can."""
    one = FAMILY[identifier]
    made: dict[str, list[int]] = {}
    for place in range(1, len(one.lines)):
        for slip in slips_at(one, place):
            made.setdefault(slip, []).append(place)
    return {slip: tuple(places) for slip, places in made.items()}


def _evidence(one: Derivation, place: int, line: Any) -> Counterexample | None:
    """Find numbers at which a line differs from the one before it."""
    step = Step(one.steps[place - 1].rule, line)
    alone = replace(one, start=one.lines[place - 1], steps=(step,))
    return verify(alone)[0].counterexample


def _around(place: int, lines: int, draws: Draws) -> tuple[int, int]:
    """Choose the lines that are shown, the one before the wrong one among them."""
    size = min(lines, MOST_LINES)
    first = draws.one([k for k in range(lines - size + 1) if k < place < k + size])
    return first, first + size - 1
