"""What is wrong in the rows of a CSV file: of each kind the first, and how many there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pages.lessons.training.csv.cells import LONGEST_LABEL, shown
from pages.lessons.training.csv.numbers import LARGEST_NUMBER, both_readings
from pages.writing.numerals import number_text, step_text
from pages.writing.refusal import Refused


def named(name: str) -> str:
    """Return the name of a column as it follows its number in a sentence; nothing without one."""
    return f" “{name}”" if name else ""


@dataclass
class Faults:
    """The faults found so far. A file may have a million: only the first of a kind is kept."""

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
        for fault in ("doubtful", *(() if gaps else ("ragged", *self.first))):
            if fault in self.first:
                raise self._refused(fault)

    def earliest(self) -> Refused | None:
        """Return what was at fault in the first row that anything was."""
        if not self.first:
            return None
        return self._refused(min(self.first, key=lambda fault: self.first[fault][0]))

    def _refused(self, fault: str) -> Refused:
        row, place, cell = self.first[fault]
        count, column, value = self.counts[fault], place + 1, shown(cell)
        columns = len(self.names)
        if fault == "ragged":
            return Refused("csv", "ragged", row=row, cells=column, columns=columns, count=count)
        name = named(self.names[place])
        if fault == "doubtful":
            return _doubtful((row, column, name), cell, count)
        limit, most = step_text(LARGEST_NUMBER), LONGEST_LABEL
        return {
            "missing": Refused("csv", "missing", row=row, column=column, named=name, count=count),
            "text": Refused(
                "csv", "text", row=row, column=column, named=name, value=value, count=count
            ),
            "range": Refused(
                "csv",
                "range",
                row=row,
                column=column,
                named=name,
                value=value,
                limit=limit,
                count=count,
            ),
            "missing_label": Refused(
                "csv", "missing_label", row=row, column=column, named=name, count=count
            ),
            "long_label": Refused(
                "csv", "long_label", row=row, column=column, named=name, most=most, count=count
            ),
        }[fault]


def _doubtful(where: tuple[int, int, str], cell: str, count: int) -> Refused:
    row, column, name = where
    point, grouped = map(number_text, both_readings(cell))
    return Refused(
        "csv",
        "doubtful",
        row=row,
        column=column,
        named=name,
        value=shown(cell),
        point=point,
        grouped=grouped,
        count=count,
    )
