"""What the columns of a CSV file hold: which may be the labels, and which are better left out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pages.lessons.training.csv.cells import is_missing, number_in
from pages.lessons.training.csv.file import CsvFile
from pages.lessons.training.csv.header import SHORT_LABEL_WORDS, Columns, is_id_word, label_rank
from pages.lessons.training.csv.labels import MAX_CLASSES, label_fault, label_key
from pages.lessons.training.csv.rows import CsvRows
from pages.visit.turns import hand_on

_AT_ONCE = 500  # rows
_MOST_SPELLINGS = 200  # of labels; a column with more has too many classes
_MOSTLY = 0.5  # a column with fewer numbers among its rows is better left out than its rows
_FEWEST = 4  # rows: fewer numbers go up evenly by chance
_FEWEST_SHUFFLED = 6


@dataclass
class Column:
    """How many cells of a column are numbers, are missing, or are no labels; and its classes."""

    numbers: int = 0
    missing: int = 0
    no_labels: int = 0
    classes: set[object] = field(default_factory=set)
    many: bool = False  # more spellings of labels than classes could have: no more are counted

    def take(self, cells: Sequence[str], decimal: str | None) -> None:
        """Count some cells."""
        counts = Counter(cells)
        self._take_numbers(cells, counts, decimal)
        if self.many or len(counts) + len(self.classes) > _MOST_SPELLINGS:
            self.many = True
            return
        for cell, count in counts.items():
            if label_fault(cell):
                self.no_labels += count
            else:
                self.classes.add(label_key(cell, decimal))

    def _take_numbers(
        self, cells: Sequence[str], counts: Counter[str], decimal: str | None
    ) -> None:
        try:
            if math.isfinite(sum(map(float, counts))) and "_" not in "".join(counts):
                self.numbers += len(cells)
                return
        except ValueError:
            pass
        for cell, count in counts.items():
            if number_in(cell, decimal) is not None:
                self.numbers += count
            elif is_missing(cell):
                self.missing += count

    def may_be_labels(self, rows: int) -> bool:
        """Whether its values repeat, and are few enough for classes."""
        return not self.many and 2 <= len(self.classes) <= MAX_CLASSES and len(self.classes) < rows


@dataclass(frozen=True)
class Survey:
    """The columns of a file, and its number of rows."""

    names: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: int

    def likely_label(self) -> int:
        """Return the column that is the labels by its name, or else by what it holds.

        Of those with few values: one that is called as labels are, without gaps if there is one;
        else the last or the first that is text, the last or the first at all.
        """
        ends = [len(self.columns) - 1, 0]
        few = [j for j, column in enumerate(self.columns) if column.may_be_labels(self.rows)]
        ranks = [label_rank(name) for name in self.names]
        whole = [j for j in few if not self.columns[j].no_labels]
        text = [j for j in whole if not self.columns[j].numbers]
        ranking = [
            *(j for rank in (0, 1) for some in (whole, few) for j in some if ranks[j] == rank),
            *(j for j in ends if j in text),
            *text,
            *(j for j in whole if self.names[j].casefold() in SHORT_LABEL_WORDS),
            *(j for j in ends if j in whole),
            *(j for j in ends if j in few),
            *whole,
            *few,
            *ends,
        ]
        return ranking[0]

    def no_numbers(self, label: int) -> frozenset[int]:
        """Return the columns beside the labels that hold other than numbers, or mostly gaps."""
        return frozenset(
            j
            for j, column in enumerate(self.columns)
            if j != label and column.numbers < _MOSTLY * self.rows
        )


def survey_of(rows: CsvRows, columns: Columns) -> Survey:
    """Look at all rows, or raise Refused where one could not be divided into cells."""
    survey, count = tuple(Column() for _ in columns.names), 0
    below = rows.below(columns.header)
    for start in range(0, len(below), _AT_ONCE):
        hand_on()
        cells_of_rows = [cells for _, cells in below[start : start + _AT_ONCE]]
        whole = [cells for cells in cells_of_rows if len(cells) == len(survey)]
        count += len(whole)
        for column, cells in zip(survey, zip(*whole, strict=True), strict=False):
            column.take(cells, rows.decimal)
    return Survey(columns.names, survey, count)


def counting_columns(file: CsvFile) -> tuple[int, ...]:
    """Return the number columns, by their places, that only count the rows.

    What is learnt from them says nothing of new samples. Each goes up or down by the same step
    from row to row, or is a shuffled count; one that is called as numbers of rows are need only
    be whole and never the same twice.
    """
    if len(file.rows) < _FEWEST:
        return ()
    return tuple(
        place
        for j, place in enumerate(file.feature_columns)
        if _goes_evenly(file.inputs[:, j], file.places)
        or _is_a_count(file.inputs[:, j], file.features[j], len(file.rows) + file.left_out)
    )


def _goes_evenly(values: NDArray[np.float64], places: NDArray[np.intp]) -> bool:
    # Halves, so that no difference overflows.
    step = (values[-1] / 2 - values[0] / 2) / (places[-1] - places[0]) * 2
    line = values[0] + step * (places - places[0])
    return bool(step != 0 and np.allclose(values, line, rtol=1e-9, atol=1e-6 * abs(step)))


def _is_a_count(values: NDArray[np.float64], name: str, rows: int) -> bool:
    if (values % 1).any() or len(np.unique(values)) < len(values):
        return False
    dense = values.max() - values.min() < rows and len(values) >= _FEWEST_SHUFFLED
    return bool(dense or (name and is_id_word(name)))
