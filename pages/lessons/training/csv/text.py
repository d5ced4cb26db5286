"""From the text of a CSV file to its rows of cells: delimiter, quotes, comments, line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile
from typing import TypeAlias

from pages.lessons.training.csv.cells import plain
from pages.lessons.training.csv.encodings import decoded, fitting
from pages.lessons.training.csv.numbers import decimal_sign, doubts_are_possible, number_in
from pages.writing.refusal import Refused

MAX_BYTES = 2 * 1024 * 1024
LONGEST_LINE = 100_000  # below the csv module's own limit for a cell
MAX_LINES = 100_000  # two million blank lines would take seconds
_SAMPLE_ROWS = 20
_DELIMITERS = "\t;,"  # in this order where they fit alike: a comma may be a decimal one
_BLANK = _DELIMITERS + " \r\n\xa0\u3000"  # of a row that Excel kept though nothing is in it
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"? *(?=[\r\n]|\Z)', re.IGNORECASE)

Row: TypeAlias = tuple[int, list[str]]  # the line on which it begins, from 1, and its cells


@dataclass(frozen=True)
class CsvText:
    """The text of a file and how it is divided.

    delimiter  what stands between cells
    decimal    the decimal sign of its numbers; None where 1.250 or 12,500 may be either
    certain    whether no number of it depends on that sign
    columns    how many it has, those that are empty at the end of each line left out; 0: not known
    cut        how many were left out at the end
    """

    text: str
    delimiter: str
    decimal: str | None = None
    certain: bool = False
    columns: int = 0
    cut: int = 0

    def rows(self) -> Iterator[Row]:
        """Yield each row that is not blank, or raise Refused where a line or a quote is at fault.

        A row with a line break in a quoted cell has the line on which it begins.
        """
        reader = csv.reader(
            _lines(self.text), delimiter=self.delimiter, skipinitialspace=True, strict=True
        )
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise Refused("csv", "quote", row=line) from error
            if cells is None:
                return
            if not any(cell.strip(_BLANK) for cell in cells):
                continue
            if self.columns and len(cells) != self.columns:
                if cells[0].startswith("#"):  # a comment below the data
                    continue
                if not any(map(plain, cells[self.columns :])):
                    cells = cells[: self.columns]
            yield line, cells

    def first_rows(self) -> list[Row]:
        """Return the rows at the beginning, up to the first that cannot be divided into cells."""
        rows: list[Row] = []
        with suppress(Refused):
            for row in islice(self.rows(), _SAMPLE_ROWS):
                rows.append(row)  # noqa: PERF402 (extend would lose what came before the fault)
        return rows


def csv_text(data: bytes, encoding: str | None = None, decimal: str | None = None) -> CsvText:
    """Return the text in `data`, how it is divided found out, or raise Refused where it is none.

    encoding  None: the likeliest
    decimal   the decimal sign of its numbers; None: find out
    """
    if len(data) > MAX_BYTES:
        raise Refused("csv", "size", count=len(data), most=MAX_BYTES)
    text = decoded(data, encoding or fitting(data)[0].encoding).lstrip("\ufeff").rstrip("\r\n")
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line:
        # Its line break stays, so that the lines below keep their numbers.
        divided = _without_comments(text[separator_line.end() :], separator_line[1])
    else:
        each = (_without_comments(text, delimiter) for delimiter in _DELIMITERS)
        divided = max(each, key=_fit)
    divided = _with_columns(divided)
    certain = not doubts_are_possible(divided.text, divided.delimiter)
    if decimal is None:
        decimal = "." if certain else _sign(divided)
    return replace(divided, decimal=decimal, certain=certain)


def _sign(file: CsvText) -> str | None:
    cells: Iterator[str] = chain.from_iterable(row for _, row in file.rows())
    with suppress(Refused):  # what is at fault is said when the rows are read
        return decimal_sign(cells, file.delimiter)
    return None


def _without_comments(text: str, delimiter: str) -> CsvText:
    """Leave out the lines at the beginning that # marks as comments, but for their line breaks.

    The last of them may hold the names of the columns: NumPy writes them so. A name may begin
    with # itself.
    """
    if not text.lstrip().startswith("#"):
        return CsvText(text, delimiter)
    blank_or_comment = re.compile(r"#|\s*\Z").match
    lines = [*takewhile(blank_or_comment, islice(io.StringIO(text, newline=""), MAX_LINES))]
    below = CsvText(text[sum(map(len, lines)) :], delimiter)
    breaks = [line[len(line.rstrip("\r\n")) :] for line in lines]
    last = max(place for place, line in enumerate(lines) if line.startswith("#"))
    heads, rows = CsvText(lines[last], delimiter).first_rows(), below.first_rows()
    if not rows or (heads and 1 < len(heads[0][1]) == len(rows[0][1])):
        breaks[last] = lines[last].removeprefix("# ")
    return CsvText("".join(breaks) + below.text, delimiter)


def _with_columns(file: CsvText) -> CsvText:
    """Count the columns: those at the end without a name are none if nothing is in them."""
    first = next(iter(file.first_rows()), None)
    if first is None:
        return file
    cells = first[1]
    columns = _filled(cells)
    if columns < len(cells):
        with suppress(Refused):
            widths = (_filled(row[: len(cells)]) for _, row in file.rows())
            columns = max(columns, *widths)
    beyond = (row[columns:] for _, row in file.first_rows())
    cut = max(len(more) for more in beyond if not any(map(plain, more)))
    return replace(file, columns=columns, cut=cut)


def _filled(cells: list[str]) -> int:
    """Return how many cells there are up to the last that is not empty."""
    return next((j + 1 for j in reversed(range(len(cells))) if plain(cells[j])), 0)


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if number > MAX_LINES:
            raise Refused("csv", "lines", most=MAX_LINES)
        if len(line) > LONGEST_LINE:
            raise Refused("csv", "long_line", row=number, count=len(line), most=LONGEST_LINE)
        yield line


def _fit(file: CsvText) -> int:
    """Rate a delimiter by the numbers between it; one that divides nothing is no choice."""
    rows = [cells for _, cells in file.first_rows()]
    if not rows or len(rows[0]) < 2:
        return -1
    return sum(number_in(cell, None) is not None for cells in rows for cell in cells)
