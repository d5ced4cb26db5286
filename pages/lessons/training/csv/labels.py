"""The labels of a file: those that look the same, or are the same number, are one class.

The width of characters, spaces of all sorts, hyphens, and characters that are not seen make no
difference.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import partial

from pages.lessons.training.csv.cells import exact_number_in, is_missing, one_line
from pages.visit.state import checked_name
from pages.writing.lookalikes import HYPHENS, as_seen

MAX_CLASSES = 20
LONGEST_LABEL = 60


def label_look(cell: str) -> str:
    """Return what is seen of a label: the same for two that look the same."""
    if cell.isascii():
        return checked_name(cell)
    text = as_seen(cell)
    for hyphen in HYPHENS:
        text = text.replace(hyphen, "-")
    return " ".join(unicodedata.normalize("NFC", text).split())


def label_fault(cell: str) -> str:
    """Say why a cell is not taken as a label: missing_label, long_label; "" where it is taken."""
    if len(cell.strip()) > LONGEST_LABEL:
        return "long_label"
    return "missing_label" if is_missing(cell) else ""


def label_key(cell: str, decimal: str | None) -> Decimal | str:
    """Return what a label is told by: its number if it is one, else what is seen of it."""
    number = exact_number_in(cell, decimal)
    return label_look(cell) if number is None else number


class Labels:
    """The classes of the labels taken so far, each called as it was first spelled."""

    def __init__(self, decimal: str | None) -> None:
        self._key = partial(label_key, decimal=decimal)
        self._places: dict[str, int] = {}  # by spelling
        self._keys: dict[Decimal | str, int] = {}
        self._names: list[str] = []
        self._spellings: list[set[str]] = []

    def place_of(self, cell: str) -> int:
        """Return the class of a label, in the order in which they appear."""
        place = self._places.get(cell)
        if place is None:
            place = self._places[cell] = self._new_spelling(cell)
        return place

    def _new_spelling(self, cell: str) -> int:
        place = self._keys.setdefault(self._key(cell), len(self._names))
        if place == len(self._names):
            self._names.append(one_line(cell, len(cell)))
            self._spellings.append(set())
        self._spellings[place].add(checked_name(cell))
        return place

    @property
    def names(self) -> tuple[str, ...]:
        """What the classes are called."""
        return tuple(self._names)

    def order(self) -> list[int]:
        """Sort by size if all are numbers, else as text; what is alike stays as it appeared."""
        keys = [*self._keys]
        if all(isinstance(key, Decimal) for key in keys):
            return sorted(range(len(keys)), key=lambda k: keys[k])
        return sorted(range(len(keys)), key=lambda k: self._names[k].casefold())

    def spelled_otherwise(self) -> tuple[tuple[str, ...], ...]:
        """Return for each class that is spelled in several ways all of them, the name first."""
        return tuple(
            (name, *sorted(spellings - {name}))
            for name, spellings in zip(self._names, self._spellings, strict=True)
            if len(spellings) > 1
        )
