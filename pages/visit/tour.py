"""The tour of the bench: where the learner is on it."""

from __future__ import annotations

from dataclasses import dataclass

from pages.visit.parameters import Parameter
from pages.writing.refusal import Refused

STEPS = 8


@dataclass(frozen=True)
class Tour:
    """The step, from 1; `running` is False before the tour and where it was left."""

    step: int = 1
    running: bool = False


def checked_tour(step: object, running: object) -> Tour:
    """Return the place on the tour, or raise Refused: a whole number from 1 to 8."""
    if type(step) is not int or not 1 <= step <= STEPS or type(running) is not bool:
        raise Refused("tour", "unknown", value=str(step)[:40])
    return Tour(step, running)


def _read(_: Tour, text: str, _classes: int) -> Tour:
    step = int(text) if text.isdecimal() and len(text) == 1 else text
    return checked_tour(step, running=True)


PARAMETERS = (
    # The step at which it was left is the visit's own: whoever gets the link is not on the tour.
    Parameter[Tour]("tour", lambda tour: str(tour.step) if tour.running else None, _read),
)
