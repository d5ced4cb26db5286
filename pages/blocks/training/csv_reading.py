"""Reading the rows of a CSV file one at a time, their texts let go: little but numbers is held."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from pages.blocks.refusal import Refused
from pages.blocks.state import checked_name
from pages.blocks.training.csv_cells import LARGEST_NUMBER, label_fault, number_or_fault
from pages.blocks.training.csv_faults import Faults, named
from pages.blocks.training.csv_text import Row

MAX_ROWS, MAX_CLASSES = 10_000, 20
_CELLS_REMEMBERED = 4096


@dataclass(frozen=True)
class Uses:
    """What the columns of a file are used for, by their places from 0."""

    names: tuple[str, ...]
    features: tuple[int, ...]
    label: int


class Reading:
    """The numbers and labels of the rows taken so far, and what was at fault in them."""

    def __init__(self, uses: Uses, *, decimal_comma: bool) -> None:
        self._uses = uses
        self._decimal_comma = decimal_comma
        # Each reading remembers for itself: nothing of what a learner uploads outlives it.
        self._number = lru_cache(_CELLS_REMEMBERED)(
            partial(number_or_fault, decimal_comma=decimal_comma)
        )
        self._faults = Faults(uses.names)
        self._numbers = array("d")
        self._labels: list[int] = []
        self._classes: dict[str, int] = {}  # in the order in which they appear
        self._lines: list[int] = []

    def take(self, row: Row) -> None:
        """Take a row, or keep in mind what is at fault in it."""
        line, cells = row
        if len(self._lines) == MAX_ROWS:
            raise Refused("csv", "rows", row=line, most=MAX_ROWS)
        self._lines.append(line)
        if len(cells) == len(self._uses.names):
            self._numbers.extend(self._numbers_of(line, [cells[j] for j in self._uses.features]))
            self._labels.append(self._label_of(line, cells[self._uses.label]))
        else:
            self._faults.note_ragged(line, cells)

    def result(self) -> tuple[NDArray[np.float64], tuple[str, ...], NDArray[np.intp], list[int]]:
        """Return inputs, classes, labels and lines, or raise Refused for what was at fault."""
        if not self._lines:
            raise Refused("csv", "only_header")
        self._faults.check()
        texts = tuple(self._classes)
        column, name = self._uses.label + 1, named(self._uses.names[self._uses.label])
        if len(texts) == 1:
            raise Refused("csv", "one_class", column=column, named=name, value=texts[0])
        if len(texts) > MAX_CLASSES:
            raise Refused(
                "csv", "classes", column=column, named=name, count=len(texts), most=MAX_CLASSES
            )
        order = self._order(texts)
        # Adding 0.0 turns -0.0, whose sign means nothing, into 0.0.
        inputs = np.array(self._numbers).reshape(len(self._lines), -1) + 0.0
        labels = np.argsort(order)[np.array(self._labels)]
        return inputs, tuple(texts[k] for k in order), labels, self._lines

    def _order(self, texts: tuple[str, ...]) -> list[int]:
        """Sort by size if all are numbers, else as text; what is alike stays as it appeared."""
        numbers = [number for number in map(self._number, texts) if isinstance(number, float)]
        if len(numbers) == len(texts):
            return sorted(range(len(texts)), key=numbers.__getitem__)
        return sorted(range(len(texts)), key=lambda k: texts[k].casefold())

    def _numbers_of(self, line: int, cells: list[str]) -> list[float]:
        """Return the numbers of a row. What float() reads by itself, nearly all, takes no care."""
        try:
            if self._decimal_comma:
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

    def _label_of(self, line: int, cell: str) -> int:
        fault = label_fault(cell)
        if fault:
            self._faults.note(fault, line, self._uses.label, cell)
            return 0
        return self._classes.setdefault(checked_name(cell), len(self._classes))
