"""A learner's own CSV file as data to train on: numbers, and a label for each row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pages.blocks.refusal import Refused
from pages.blocks.training.csv_cells import LONGEST_LABEL, is_missing, number_in, shown
from pages.blocks.training.csv_reading import Reading, Uses
from pages.blocks.training.csv_text import CsvText, csv_text

MAX_COLUMNS = 100


@dataclass(frozen=True, eq=False)
class CsvFile:
    """What a file holds: numbers to learn from, and a label for each row.

    features         names of the D number columns, "" for those without a name
    feature_columns  their places in the file, from 0
    classes          the n texts of the labels, in order: of size if all are numbers, else of text
    inputs           shape (N, D)
    labels           shape (N,), places in `classes`
    rows             shape (N,), the line on which each row begins, as an editor counts, from 1
    """

    features: tuple[str, ...]
    feature_columns: tuple[int, ...]
    classes: tuple[str, ...]
    inputs: NDArray[np.float64]
    labels: NDArray[np.intp]
    rows: NDArray[np.intp]


@dataclass(frozen=True)
class Columns:
    """The columns of a file by name, "" without one; and whether its first row was the names."""

    names: tuple[str, ...]
    header: bool


def columns_of(data: bytes, header: bool | None) -> Columns:  # noqa: FBT001 (None: find out)
    """Return the columns to choose from, also where a later row is at fault; or raise Refused."""
    return _columns(csv_text(data), header=header)


def read_csv(
    data: bytes, *, header: bool | None, label: int | None, left_out: frozenset[int]
) -> CsvFile:
    """Read a file to train on, or raise Refused with the line and the column at fault.

    header    whether the first row names the columns; None: find out
    label     the column of the labels, from 0; None: the last one
    left_out  columns that are not used; the label column is, even if it is among them
    """
    text = csv_text(data)
    columns = _columns(text, header=header)
    names = columns.names
    target = len(names) - 1 if label is None else label
    if not 0 <= target < len(names):
        raise Refused("csv", "no_such_label", column=target + 1, most=len(names))
    used = tuple(j for j in range(len(names)) if j != target and j not in left_out)
    if not used:
        raise Refused("csv", "all_left_out")
    reading = Reading(Uses(names, used, target), decimal_comma=text.decimal_comma)
    rows = text.rows()
    if columns.header:
        next(rows)
    for row in rows:
        reading.take(row)
    inputs, classes, labels, lines = reading.result()
    return CsvFile(
        features=tuple(names[j] for j in used),
        feature_columns=used,
        classes=classes,
        inputs=inputs,
        labels=labels,
        rows=np.array(lines, dtype=np.intp),
    )


def _columns(text: CsvText, *, header: bool | None) -> Columns:
    first = next(text.rows(), None)
    if first is None:
        raise Refused("csv", "empty")
    line, cells = first
    if len(cells) < 2:
        raise Refused("csv", "one_column", row=line)
    if len(cells) > MAX_COLUMNS:
        raise Refused("csv", "columns", row=line, count=len(cells), most=MAX_COLUMNS)
    if header is None:
        header = _begins_with_names(text)
    return Columns(tuple(shown(cell, LONGEST_LABEL) if header else "" for cell in cells), header)


def _begins_with_names(text: CsvText) -> bool:
    """Whether a column goes from text to numbers below the first row, or that row is all text.

    A file whose numbers begin in the first row has no such column: its labels are text below, too.
    """
    (_, first), *below = text.first_rows()
    is_text = [
        not is_missing(cell) and number_in(cell, decimal_comma=text.decimal_comma) is None
        for cell in first
    ]
    for column, named in enumerate(is_text):
        cells = [row[column] for _, row in below if len(row) == len(first)]
        values = [cell for cell in cells if not is_missing(cell)]
        if named and values and number_in(values[0], decimal_comma=text.decimal_comma) is not None:
            return True
    return all(is_text)
