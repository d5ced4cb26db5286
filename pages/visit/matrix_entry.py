"""The entry of the Jacobian that is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, whole_number
from pages.writing.numerals import parse_number


@dataclass(frozen=True)
class MatrixEntry:
    """A row and a column, from 0."""

    row: int = 0
    column: int = 1

    def for_classes(self, classes: int) -> MatrixEntry:
        """Return the entry, moved to the last class where there are fewer now."""
        return MatrixEntry(min(self.row, classes - 1), min(self.column, classes - 1))


def _place(text: str, axis: str, classes: int) -> int:
    return whole_number(parse_number(text, axis), axis, 1, classes) - 1


def _written(entry: MatrixEntry, place: int) -> str | None:
    # Both or none: either alone would be read beside the other's default.
    return None if entry == MatrixEntry() else str(place + 1)


PARAMETERS = (
    Parameter[MatrixEntry](
        "i",
        lambda entry: _written(entry, entry.row),
        lambda entry, text, classes: replace(entry, row=_place(text, "i", classes)),
    ),
    Parameter[MatrixEntry](
        "j",
        lambda entry: _written(entry, entry.column),
        lambda entry, text, classes: replace(entry, column=_place(text, "j", classes)),
    ),
)
