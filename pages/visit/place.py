"""Where in a lesson a learner is: the screen, how far its derivation is walked, one page or all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, checked_word, whole_number
from pages.writing.numerals import parse_number

MOST_STEPS = 99
WHOLE = "whole"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Place:
    """A place in a lesson.

    screen  by its name; "" is the lesson's first
    step    of the screen's derivation that is looked at, from 1
    whole   whether all screens stand on one page, for reading and printing
    """

    screen: str = ""
    step: int = 1
    whole: bool = False


def _with_screen(place: Place, text: str, _classes: int) -> Place:
    # Which screens there are, the lesson knows: it refuses what is none of its own.
    return replace(place, screen=text if _NAME.fullmatch(text) else text[:40])


def _with_step(place: Place, text: str, _classes: int) -> Place:
    number = parse_number(text, "step")
    return replace(place, step=whole_number(number, "step", 1, MOST_STEPS))


def _with_view(place: Place, text: str, _classes: int) -> Place:
    checked_word(text, (WHOLE,), "view")
    return replace(place, whole=True)


PARAMETERS = (
    Parameter[Place]("screen", lambda place: place.screen, _with_screen),
    Parameter[Place]("step", lambda place: str(place.step), _with_step),
    Parameter[Place]("view", lambda place: WHOLE if place.whole else None, _with_view),
)
