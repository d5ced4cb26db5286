"""Derivations with one line changed by a slip, each shown to be wrong by numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from derivations import (
    Counterexample,
    Derivation,
    ParseError,
    Step,
    as_typed,
    judge,
    slips_at,
    verify,
)
from pages.derivation.lines import FAMILY
from pages.practice.draws import Draws
from pages.practice.exercises import Exercise
from pages.visit.practice import DERIVATIONS

MOST_LINES = 6  # that are shown at once
_SOFTMAX = ("sign_flipped", "diagonal_only", "missing_delta", "double_softmax")
_LOSS = (*_SOFTMAX, "own_path_only", "probability_not_logit_gradient")
# Known beforehand, as to find them all takes a second each.
SLIPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "logsumexp_gradient": ("sign_flipped", "double_softmax"),
        "log_softmax_gradient": (*_SOFTMAX, "log_softmax_as_softmax"),
        "softmax_jacobian": _SOFTMAX,
        "cross_entropy_gradient": (*_LOSS, "log_softmax_as_softmax"),
        "cross_entropy_one_hot": (
            *_SOFTMAX,
            "log_softmax_as_softmax",
            "probability_not_logit_gradient",
        ),
        "upstream_gradient": (*_LOSS, "cross_entropy_gradient_for_other_loss"),
        "mean_squared_error_gradient": (
            *_LOSS,
            "cross_entropy_gradient_for_other_loss",
            "missing_class_mean",
        ),
        "shift_invariance": ("sign_flipped", "double_softmax"),
        "temperature_gradient": (*_SOFTMAX, "missing_temperature"),
        "sigmoid_as_two_classes": ("sign_flipped", "double_softmax"),
        "layer_gradient": (
            "own_path_only",
            "cross_entropy_gradient_for_other_loss",
            "probability_not_logit_gradient",
            "sign_flipped",
        ),
        "batch_mean_gradient": (
            "missing_batch_mean",
            "own_path_only",
            "probability_not_logit_gradient",
            "log_softmax_as_softmax",
            "sign_flipped",
            "double_softmax",
            "transposed_weights",
            "wrong_axis",
        ),
        "cross_entropy_hessian": _SOFTMAX,
    }
)


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
        """Return a line's value at the numbers of the evidence: of right lines it is the same."""
        return self.evidence.after if place == self.wrong else self.evidence.before


def slip_of(exercise: Exercise) -> tuple[str, str]:
    """Draw the derivation of an exercise, and the slip that is to be found in it."""
    draws = Draws("slip", exercise.variant, exercise.derivation)
    derivation = exercise.derivation or draws.one(DERIVATIONS)
    return derivation, draws.one(SLIPS[derivation])


@lru_cache(maxsize=256)
def slipped_line(exercise: Exercise) -> SlippedLine:
    """Return the lines of an exercise.

    A slip that can be made in no line gives way to the next of its derivation.
    """
    identifier, drawn = slip_of(exercise)
    one, draws = FAMILY[identifier], Draws("slipped", exercise.variant)
    made = {k: slips_at(one, k) for k in range(1, len(one.lines))}
    for slip in dict.fromkeys((drawn, *SLIPS[identifier])):
        places = [k for k, found in made.items() if slip in found]
        for place in draws.several(places, len(places)):
            line = made[place][slip]
            evidence = _evidence(one, place, line)
            if evidence is not None:
                first, last = _around(place, len(one.lines), draws)
                return SlippedLine(one, first, last, place, slip, line, evidence)
    raise LookupError(identifier)


@lru_cache(maxsize=1024)
def _evidence(one: Derivation, place: int, line: Any) -> Counterexample | None:
    """Find the simplest numbers at which a line differs from the right one."""
    try:
        return judge(one, place, as_typed(line)).counterexample
    except (ParseError, TypeError):  # cases cannot be typed
        step = Step(one.steps[place - 1].rule, line)
        alone = replace(one, start=one.lines[place - 1], steps=(step,))
        return verify(alone)[0].counterexample


def _around(place: int, lines: int, draws: Draws) -> tuple[int, int]:
    """Choose the lines that are shown, the one before the wrong one among them."""
    size = min(lines, MOST_LINES)
    first = draws.one([k for k in range(lines - size + 1) if k < place < k + size])
    return first, first + size - 1
