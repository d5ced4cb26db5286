"""Reading the rows of a CSV file one at a time, their texts let go: little but numbers is held."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from pages.lessons.training.csv.cells import label_fault
from pages.lessons.training.csv.faults import Faults, named
from pages.lessons.training.csv.labels import Labels
from pages.lessons.training.csv.numbers import LARGEST_NUMBER, number_or_fault
from pages.lessons.training.csv.survey import MAX_CLASSES
from pages.lessons.training.csv.text import CsvText, Row
from pages.writing.refusal import Refused

MAX_ROWS = 10_000
_CELLS_REMEMBERED = 4096


@dataclass(frozen=True)
class Uses:
    """What the columns of a file are used for, by their places from 0.

    gaps   whether rows at fault are left out rather than refused
    """

    names: tuple[str, ...]
    features: tuple[int, ...]
    label: int
    gaps: bool = False


class Reading:
    """The numbers and labels of the rows taken so far, and what was at fault in them."""

    def __init__(self, uses: Uses, text: CsvText) -> None:
        self._uses = uses
        # Each reading remembers for itself: nothing of what a learner uploads outlives it.
        self._number = lru_cache(_CELLS_REMEMBERED)(partial(number_or_fault, decimal=text.decimal))
        # Whether float() alone reads most cells, and a comma in them is a decimal one.
        self._simple = text.certain or (text.delimiter == "," and text.decimal == ".")
        self._commas = text.delimiter != ","
        self._faults = Faults(uses.names)
        self._numbers = array("d")
        self._labels: list[int] = []
        self._classes = Labels(text.decimal)
        self._lines: list[int] = []
        self._places: list[int] = []
        self._rows = 0

    def take(self, row: Row) -> None:
        """Take a row, or keep in mind what is at fault in it."""
        line, cells = row
        if self._rows == MAX_ROWS:
            raise Refused("csv", "rows", row=line, most=MAX_ROWS)
        self._rows += 1
        if len(cells) != len(self._uses.names):
            self._faults.note_ragged(line, cells)
            return
        numbers = self._numbers_of(line, [cells[j] for j in self._uses.features])
        label = cells[self._uses.label]
        fault = label_fault(label)
        if fault:
            self._faults.note(fault, line, self._uses.label, label)
        elif len(numbers) == len(self._uses.features):
            self._numbers.extend(numbers)
            self._labels.append(self._classes.place_of(label))
            self._lines.append(line)
            self._places.append(self._rows)

    @property
    def left_out(self) -> int:
        """How many rows were at fault."""
        return self._rows - len(self._lines)

    @property
    def first_fault(self) -> Refused | None:
        """What was at fault in the first of them."""
        return self._faults.earliest()

    @property
    def lines(self) -> NDArray[np.intp]:
        """On which line each row begins that was taken."""
        return np.array(self._lines, dtype=np.intp)

    @property
    def places(self) -> NDArray[np.intp]:
        """Which row of all it is, from 1."""
        return np.array(self._places, dtype=np.intp)

    @property
    def spelled_otherwise(self) -> tuple[tuple[str, ...], ...]:
        """The classes that are spelled in several ways."""
        return self._classes.spelled_otherwise()

    def result(self) -> tuple[NDArray[np.float64], tuple[str, ...], NDArray[np.intp]]:
        """Return inputs, classes and labels, or raise Refused for what was at fault."""
        if not self._rows:
            raise Refused("csv", "only_header")
        self._faults.check(gaps=self._uses.gaps and bool(self._lines))
        names = self._classes.names
        column, name = self._uses.label + 1, named(self._uses.names[self._uses.label])
        if len(names) == 1:
            raise Refused("csv", "one_class", column=column, named=name, value=names[0])
        if len(names) > MAX_CLASSES:
            raise Refused(
                "csv", "classes", column=column, named=name, count=len(names), most=MAX_CLASSES
            )
        order = self._classes.order()
        # Adding 0.0 turns -0.0, whose sign means nothing, into 0.0.
        inputs = np.array(self._numbers).reshape(len(self._lines), -1) + 0.0
        labels = np.argsort(order)[np.array(self._labels)]
        return inputs, tuple(names[k] for k in order), labels

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
        for column, cell in zip(self._uses.features, cells, strict=True):
            number = self._number(cell)
            if isinstance(number, str):
                self._faults.note(number, line, column, cell)
            else:
                numbers.append(number)
        return numbers
