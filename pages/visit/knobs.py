"""What the sliders of the lesson on softmax are set to."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, whole_number
from pages.writing.numerals import number_text, parse_number
from pages.writing.refusal import Refused

MOST_KEPT = 10
LARGEST_SHIFT = 10.0


@dataclass(frozen=True)
class Knobs:
    """One value a slider.

    kept   how many of the ten actions are kept, k
    shift  what is added to every logit, c
    moved  the other class's logit of "who looks at whom"; None is the learner's own
    """

    kept: int = 1
    shift: float = 3.0
    moved: float | None = None


def _with_kept(knobs: Knobs, text: str, _classes: int) -> Knobs:
    number = parse_number(text, "kept")
    return replace(knobs, kept=whole_number(number, "kept", 1, MOST_KEPT))


def _with_shift(knobs: Knobs, text: str, _classes: int) -> Knobs:
    number = parse_number(text, "shift")
    if not abs(number) <= LARGEST_SHIFT:
        raise Refused("shift", "range", value=number)
    return replace(knobs, shift=number + 0.0)


def _with_moved(knobs: Knobs, text: str, _classes: int) -> Knobs:
    number = parse_number(text, "moved")
    if not math.isfinite(number):
        raise Refused("moved", "infinite", value=number)
    return replace(knobs, moved=number + 0.0)


PARAMETERS = (
    Parameter[Knobs]("k", lambda knobs: str(knobs.kept), _with_kept),
    Parameter[Knobs]("c", lambda knobs: number_text(knobs.shift), _with_shift),
    Parameter[Knobs](
        "moved", lambda k: None if k.moved is None else number_text(k.moved), _with_moved
    ),
)
