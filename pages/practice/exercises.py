"""Which exercise a link names, and which one follows: pure functions of what the link holds."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from pages.visit.practice import MOST_ITEMS, MOST_VARIANTS, Practice

AHEAD = 8  # variants among which the next one is looked for


class Exercise(NamedTuple):
    """An exercise: all of it follows from these.

    kind        one of pages.visit.practice.KINDS
    variant     its seed
    derivation  that it is about; "" leaves that to the seed
    """

    kind: str
    variant: int
    derivation: str = ""


def exercise_of(practice: Practice) -> Exercise:
    """Return the exercise that a link is at."""
    if not practice.is_set:
        derivation = "" if practice.kind == "numbers" else practice.derivation
        return Exercise(practice.kind, practice.variant, derivation)
    kind = practice.kinds[(practice.item - 1) % len(practice.kinds)]
    seat = practice.variant + practice.seat - 1
    # A seed for each seat and item: seats next to each other have nothing in common.
    variant = seat * (MOST_ITEMS + 1) + practice.item
    derivation = ""
    if practice.derivations and kind != "numbers":
        # All derivations have their turn with every kind.
        turn = (practice.item - 1) // len(practice.kinds)
        derivation = practice.derivations[(seat + turn) % len(practice.derivations)]
    return Exercise(kind, variant, derivation)


def upcoming(practice: Practice) -> list[int]:
    """Return the variants that come next, where there is no set."""
    return [1 + (practice.variant + k) % MOST_VARIANTS for k in range(AHEAD)]


def at_variant(practice: Practice, variant: int) -> Practice:
    """Return the place with another variant."""
    return replace(practice, variant=variant)


def at_item(practice: Practice, item: int) -> Practice:
    """Return the place with another item of the set, within its items."""
    return replace(practice, item=min(max(item, 1), practice.items))
