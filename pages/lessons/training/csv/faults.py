"""What is wrong in the rows of a CSV file: of each kind the first, and how many there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pages.lessons.training.csv.cells import LARGEST_NUMBER, both_readings, one_line
from pages.lessons.training.csv.labels import LONGEST_LABEL
from pages.writing.numerals import number_text, step_text
from pages.writing.refusal import Refused

# Why a row is not taken, and how it is refused: mended by leaving it out, or by an answer.
MENDABLE = ("ragged", "missing", "text", "range", "missing_label", "long_label")
DOUBTFUL = "doubtful"


def in_quotes(name: str) -> str:
    """Return the name of a column as it follows its number in a sentence; nothing without one."""
    return f" “{name}”" if name else ""


@dataclass
class Faults:
    """The faults of the rows so far. There may be a million: only the first of a kind is kept."""

    names: tuple[str, ...]  # of all columns of the file
    first: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def note(self, fault: str, row: int, column: int, cell: str) -> None:
        """Keep a fault of one cell, as `number_or_fault` and `label_fault` call it."""
        self.first.setdefault(fault, (row, column, cell))
        self.counts[fault] += 1

    def note_ragged(self, row: int, cells: list[str]) -> None:
        """Keep a row with more or fewer cells than the first; its last cell stands for it."""
        self.note("ragged", row, len(cells) - 1, cells[-1])

    def check(self, *, gaps: bool) -> None:
        """Raise Refused for what was first at fault, if anything was.

        gaps   whether rows at fault are left out: then only a number with two readings counts

        Such a number comes before all else, and then a row of another length: its cells are in no
        known column.
        """
        for fault in (DOUBTFUL, *(() if gaps else ("ragged", *self.first))):
            if fault in self.first:
                raise self._refused(fault)

    def earliest(self) -> Refused | None:
        """Return what was at fault in the first row that anything was."""
        if not self.first:
            return None
        return self._refused(min(self.first, key=lambda fault: self.first[fault][0]))

    def _refused(self, fault: str) -> Refused:
        """Return a refusal with all that the sentence of any fault may need."""
        row, place, cell = self.first[fault]
        details: dict[str, object] = {
            "row": row,
            "value": one_line(cell),
            "limit": step_text(LARGEST_NUMBER),
            "most": LONGEST_LABEL,
            "count": self.counts[fault],
        }
        if fault == "ragged":  # its cells are in no known column
            details |= {"cells": place + 1, "columns": len(self.names)}
        else:
            details |= {"column": place + 1, "named": in_quotes(self.names[place])}
        if fault == DOUBTFUL:
            point, grouped = map(number_text, both_readings(cell))
            details |= {"point": point, "grouped": grouped}
        return Refused("csv", fault, **details)
