"""A learner's own CSV file as data to train on: numbers, and a label for each row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pages.lessons.training.csv.header import Columns, columns_in
from pages.lessons.training.csv.reading import Reading, Uses
from pages.lessons.training.csv.text import CsvText, csv_text
from pages.writing.refusal import Refused


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


def columns_of(data: bytes, header: bool | None) -> Columns:  # noqa: FBT001 (None: find out)
    """Return the columns to choose from, also where a later row is at fault; or raise Refused."""
    return columns_in(csv_text(data), header=header)


def read_csv(
    data: bytes, *, header: bool | None, label: int | None, left_out: frozenset[int]
) -> CsvFile:
    """Read a file to train on, or raise Refused with the line and the column at fault.

    header    whether the first row names the columns; None: find out
    label     the column of the labels, from 0; None: the last one
    left_out  columns that are not used; the label column is, even if it is among them
    """
    text = csv_text(data)
    columns = columns_in(text, header=header)
    target = len(columns.names) - 1 if label is None else label
    return read_rows(text, columns, target, left_out)


def read_rows(
    text: CsvText,
    columns: Columns,
    label: int,
    left_out: frozenset[int],
    *,
    gaps: bool = False,
) -> CsvFile:
    """Read the rows below the names; with `gaps`, leave out those that are at fault."""
    names = columns.names
    if not 0 <= label < len(names):
        raise Refused("csv", "no_such_label", column=label + 1, most=len(names))
    used = tuple(j for j in range(len(names)) if j != label and j not in left_out)
    if not used:
        raise Refused("csv", "all_left_out")
    reading = Reading(Uses(names, used, label, gaps), text)
    rows = text.rows()
    if columns.header:
        next(rows)
    for row in rows:
        reading.take(row)
    inputs, classes, labels = reading.result()
    return CsvFile(
        features=tuple(names[j] for j in used),
        feature_columns=used,
        label=names[label],
        label_column=label,
        classes=classes,
        inputs=inputs,
        labels=labels,
        rows=reading.lines,
        places=reading.places,
        left_out=reading.left_out,
        fault=reading.first_fault,
        empty_columns=text.cut,
        spelled_otherwise=reading.spelled_otherwise,
    )
