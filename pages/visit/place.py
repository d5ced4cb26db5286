"""Where in a lesson a learner is: the screen, its question, how far a walk has come, or all."""

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
    guess   the answer given to the screen's question, by its name; "" before one is given
    """

    screen: str = ""
    step: int = 1
    whole: bool = False
    guess: str = ""


def _with_screen(place: Place, text: str, _classes: int) -> Place:
    # Which screens there are, the lesson knows: it refuses what is none of its own.
    return replace(place, screen=text if _NAME.fullmatch(text) else text[:40])


def _with_step(place: Place, text: str, _classes: int) -> Place:
    number = parse_number(text, "step")
    return replace(place, step=whole_number(number, "step", 1, MOST_STEPS))


def _with_guess(place: Place, text: str, _classes: int) -> Place:
    # Which answers there are, the screen knows: it refuses what is none of its own.
    return replace(place, guess=text if _NAME.fullmatch(text) else text[:40])


def _with_view(place: Place, text: str, _classes: int) -> Place:
    checked_word(text, (WHOLE,), "view")
    return replace(place, whole=True)


PARAMETERS = (
    Parameter[Place]("screen", lambda place: place.screen, _with_screen),
    Parameter[Place]("step", lambda place: str(place.step), _with_step),
    Parameter[Place]("view", lambda place: WHOLE if place.whole else None, _with_view),
    Parameter[Place]("guess", lambda place: place.guess, _with_guess),
)
