"""A learner's own CSV file as data to train on: numbers, and a label for each row."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from pages.lessons.training.csv.cells import LARGEST_NUMBER, number_or_fault
from pages.lessons.training.csv.faults import Faults, in_quotes
from pages.lessons.training.csv.header import Columns
from pages.lessons.training.csv.labels import MAX_CLASSES, Labels, label_fault
from pages.lessons.training.csv.rows import CsvRows, Row
from pages.visit.turns import hand_on
from pages.writing.refusal import Refused

MAX_ROWS = 10_000
_AT_ONCE = 500  # rows
_CELLS_REMEMBERED = 4096


@dataclass(frozen=True, eq=False)
class CsvFile:
    """What a file holds: numbers to learn from, and a label for each row.

    features         names of the D number columns, "" for those without a name
    feature_columns  their places in the file, from 0
    label            the name of the label column, and `label_column` its place
    classes          the n texts of the labels, in order: of size if all are numbers, else of text
    inputs           shape (N, D)
    labels           shape (N,), places in `classes`
    rows             shape (N,), the line on which each row begins, as an editor counts, from 1
    places           shape (N,), which row of data each is, from 1, those left out counted, too
    left_out         how many rows were left out because of what is missing or wrong in them
    fault            what was at fault in the first of them
    empty_columns    how many columns without a name and a value were left out at the end
    spelled_otherwise   the classes that are spelled in several ways: their name, the other ways
    """

    features: tuple[str, ...]
    feature_columns: tuple[int, ...]
    label: str
    label_column: int
    classes: tuple[str, ...]
    inputs: NDArray[np.float64]
    labels: NDArray[np.intp]
    rows: NDArray[np.intp]
    places: NDArray[np.intp]
    left_out: int
    fault: Refused | None
    empty_columns: int
    spelled_otherwise: tuple[tuple[str, ...], ...]


def csv_file(
    rows: CsvRows,
    columns: Columns,
    label: int,
    left_out: frozenset[int],
    *,
    gaps: bool,
) -> CsvFile:
    """Read rows to train on, or raise Refused with the line and the column at fault.

    label     the column of the labels, from 0
    left_out  columns that are not used; the label column is, even if it is among them
    gaps      whether rows at fault are left out rather than refused
    """
    if not 0 <= label < len(columns.names):
        raise Refused("csv", "no_such_label", column=label + 1, most=len(columns.names))
    used = tuple(j for j in range(len(columns.names)) if j != label and j not in left_out)
    if not used:
        raise Refused("csv", "all_left_out")
    reading = _Reading(rows, columns.names, used, label)
    for place, row in enumerate(rows.below(columns.header)):
        if place % _AT_ONCE == 0:
            hand_on()
        reading.take(row)
    return reading.result(gaps=gaps)


class _Reading:
    """The numbers and labels of the rows taken so far, and what was at fault in them."""

    def __init__(
        self, rows: CsvRows, names: tuple[str, ...], features: tuple[int, ...], label: int
    ) -> None:
        self._cut = rows.cut
        self._columns = names
        self._features = features
        self._label = label
        # Each reading remembers for itself: nothing of what a learner uploads outlives it.
        self._number = lru_cache(_CELLS_REMEMBERED)(partial(number_or_fault, decimal=rows.decimal))
        # Whether float() alone reads most cells, and a comma in them is a decimal one.
        self._simple = rows.certain or (rows.delimiter == "," and rows.decimal == ".")
        self._commas = rows.delimiter != ","
        self._faults = Faults(names)
        self._numbers = array("d")
        self._labels: list[int] = []
        self._classes = Labels(rows.decimal)
        self._lines: list[int] = []
        self._places: list[int] = []
        self._rows = 0

    def take(self, row: Row) -> None:
        """Take a row, or keep in mind what is at fault in it."""
        line, cells = row
        if self._rows == MAX_ROWS:
            raise Refused("csv", "rows", row=line, most=MAX_ROWS)
        self._rows += 1
        if len(cells) != len(self._columns):
            self._faults.note_ragged(line, cells)
            return
        numbers = self._numbers_of(line, [cells[j] for j in self._features])
        label = cells[self._label]
        fault = label_fault(label)
        if fault:
            self._faults.note(fault, line, self._label, label)
        elif len(numbers) == len(self._features):
            self._numbers.extend(numbers)
            self._labels.append(self._classes.place_of(label))
            self._lines.append(line)
            self._places.append(self._rows)

    def result(self, *, gaps: bool) -> CsvFile:
        """Return what was taken, or raise Refused for what was at fault."""
        if not self._rows:
            raise Refused("csv", "only_header")
        self._faults.check(gaps=gaps and bool(self._lines))
        self._check_classes()
        order = self._classes.order()
        return CsvFile(
            features=tuple(self._columns[j] for j in self._features),
            feature_columns=self._features,
            label=self._columns[self._label],
            label_column=self._label,
            classes=tuple(self._classes.names[k] for k in order),
            # Adding 0.0 turns -0.0, whose sign means nothing, into 0.0.
            inputs=np.array(self._numbers).reshape(len(self._lines), -1) + 0.0,
            labels=np.argsort(order)[np.array(self._labels)],
            rows=np.array(self._lines, dtype=np.intp),
            places=np.array(self._places, dtype=np.intp),
            left_out=self._rows - len(self._lines),
            fault=self._faults.earliest(),
            empty_columns=self._cut,
            spelled_otherwise=self._classes.spelled_otherwise(),
        )

    def _check_classes(self) -> None:
        names = self._classes.names
        column, name = self._label + 1, in_quotes(self._columns[self._label])
        if len(names) == 1:
            raise Refused("csv", "one_class", column=column, named=name, value=names[0])
        if len(names) > MAX_CLASSES:
            raise Refused(
                "csv", "classes", column=column, named=name, count=len(names), most=MAX_CLASSES
            )

    def _numbers_of(self, line: int, cells: list[str]) -> list[float]:
        """Return the numbers of a row. What float() reads by itself, nearly all, takes no care."""
        if not self._simple:
            return self._careful_numbers_of(line, cells)
        try:
            if self._commas:
                numbers = [float(cell.replace(",", ".")) for cell in cells]
            else:
                numbers = list(map(float, cells))
        except ValueError:
            return self._careful_numbers_of(line, cells)
        # A NaN, an infinite or a large number is not below the limit, nor is their sum.
        if sum(map(abs, numbers)) <= LARGEST_NUMBER and "_" not in "".join(cells):
            return numbers
        return self._careful_numbers_of(line, cells)

    def _careful_numbers_of(self, line: int, cells: list[str]) -> list[float]:
        numbers = []
        for column, cell in zip(self._features, cells, strict=True):
            number = self._number(cell)
            if isinstance(number, str):
                self._faults.note(number, line, column, cell)
            else:
                numbers.append(number)
        return numbers
