"""How a learner reads derivations, in any lesson: with numbers, of which entry, all at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, checked_word
from pages.writing.refusal import Refused

YES = "yes"
ALL = "all"
LETTERS = "dijkst"
_ENTRY = re.compile(rf"([{LETTERS}])([1-9]\d?)")


@dataclass(frozen=True)
class Walk:
    """What is remembered from one derivation to the next.

    numbers  whether the lines are written out with the learner's numbers
    at_once  whether all lines stand below one another, and not one step at a time
    at       the place of each index that was chosen, from 1; a place beyond the last stands for it
    """

    numbers: bool = False
    at_once: bool = False
    at: tuple[tuple[str, int], ...] = ()

    def place(self, index: str, size: int) -> int:
        """Return where an index stands that runs to `size`."""
        return min(dict(self.at).get(index, 1), size)

    def moved(self, index: str, place: int) -> Walk:
        """Return the walk with an index elsewhere; the first place needs no saying."""
        places = {**dict(self.at), index: place}
        return replace(self, at=tuple(sorted(x for x in places.items() if x[1] != 1)))


def _with_numbers(walk: Walk, text: str, _classes: int) -> Walk:
    checked_word(text, (YES,), "numbers")
    return replace(walk, numbers=True)


def _at_once(walk: Walk, text: str, _classes: int) -> Walk:
    checked_word(text, (ALL,), "walk")
    return replace(walk, at_once=True)


def _with_places(walk: Walk, text: str, _classes: int) -> Walk:
    for entry in text.split(","):
        found = _ENTRY.fullmatch(entry.strip())
        if found is None:
            raise Refused("places", "unknown", value=text[:40])
        walk = walk.moved(found[1], int(found[2]))
    return walk


PARAMETERS = (
    Parameter[Walk]("numbers", lambda walk: YES if walk.numbers else None, _with_numbers),
    Parameter[Walk]("walk", lambda walk: ALL if walk.at_once else None, _at_once),
    Parameter[Walk](
        "places", lambda walk: ",".join(f"{x}{place}" for x, place in walk.at) or None, _with_places
    ),
)
