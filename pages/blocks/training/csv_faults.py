"""What is wrong in the rows of a CSV file: of each kind the first, and how many there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from pages.blocks.numerals import step_text
from pages.blocks.refusal import Refused
from pages.blocks.training.csv_cells import LARGEST_NUMBER, LONGEST_LABEL, shown


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

    def check(self) -> None:
        """Raise Refused for what was first at fault, if anything was.

        A row of another length comes before all else: its cells are in no known column.
        """
        if not self.first:
            return
        fault = "ragged" if "ragged" in self.first else next(iter(self.first))
        row, place, cell = self.first[fault]
        count, column, value = self.counts[fault], place + 1, shown(cell)
        columns = len(self.names)
        if fault == "ragged":
            raise Refused("csv", "ragged", row=row, cells=column, columns=columns, count=count)
        name, limit, most = named(self.names[place]), step_text(LARGEST_NUMBER), LONGEST_LABEL
        raise {
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
