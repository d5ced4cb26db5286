"""From the bytes of a CSV file to its rows of cells: delimiter, quotes, comments, line numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice, takewhile
from typing import TypeAlias

from pages.lessons.training.csv.cells import decimal_sign, doubts_are_possible, number_in, plain
from pages.lessons.training.csv.encodings import decoded, fitting
from pages.writing.refusal import Refused

MAX_BYTES = 2 * 1024 * 1024
LONGEST_LINE = 100_000  # below the csv module's own limit for a cell
MAX_LINES = 100_000  # two million blank lines would take seconds
_SAMPLE_ROWS = 20
_DELIMITERS = "\t;,"  # in this order where they fit alike: a comma may be a decimal one
_BLANK = _DELIMITERS + " \r\n\xa0\u3000"  # of a row that Excel kept though nothing is in it
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"? *(?=[\r\n]|\Z)', re.IGNORECASE)

Row: TypeAlias = tuple[int, list[str]]  # the line on which it begins, from 1, and its cells


@dataclass(frozen=True, eq=False)
class CsvRows:
    """The rows of a file that are neither blank nor comments.

    rows       up to the first that cannot be divided into cells
    fault      what is wrong with that one: a line or a quote; None where all could
    delimiter  what stands between cells
    decimal    the decimal sign of its numbers; None where 1.250 or 12,500 may be either
    certain    whether no number of it depends on that sign
    cut        how many columns without a name and a value were left out at the end
    """

    rows: list[Row]
    fault: Refused | None
    delimiter: str
    decimal: str | None
    certain: bool
    cut: int

    def first(self) -> list[Row]:
        """Return some rows at the beginning."""
        return self.rows[:_SAMPLE_ROWS]

    def below(self, header: bool) -> list[Row]:  # noqa: FBT001 (as the columns have it)
        """Return the rows of data, without the header if there is one, or raise Refused."""
        if self.fault is not None:
            raise self.fault
        return self.rows[1:] if header else self.rows


def csv_rows(data: bytes, encoding: str | None = None, decimal: str | None = None) -> CsvRows:
    """Divide `data` into rows, how that is done found out, or raise Refused where it is no text.

    encoding  None: the likeliest
    decimal   the decimal sign of its numbers; None: find out
    """
    if len(data) > MAX_BYTES:
        raise Refused("csv", "size", count=len(data), most=MAX_BYTES)
    text = decoded(data, encoding or fitting(data)[0].encoding).lstrip("\ufeff").rstrip("\r\n")
    text, delimiter = _with_delimiter(text)
    rows: list[Row] = []
    fault = None
    try:
        for row in _divided(text, delimiter):
            rows.append(row)  # noqa: PERF402 (extend would lose what came before the fault)
    except Refused as refused:
        fault = refused
    columns, cut = _columns(rows, whole=fault is None)
    if columns:
        rows = [*_of_width(rows, columns)]
    certain = not doubts_are_possible(text, delimiter)
    if decimal is None:
        decimal = "." if certain else None
        if not certain and fault is None:
            decimal = decimal_sign(chain.from_iterable(row for _, row in rows), delimiter)
    return CsvRows(rows, fault, delimiter, decimal, certain, cut)


def _with_delimiter(text: str) -> tuple[str, str]:
    """Return the text without what stands above its rows, and what stands between its cells."""
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line:
        # Its line break stays, so that the lines below keep their numbers.
        delimiter = separator_line[1]
        return _without_comments(text[separator_line.end() :], delimiter), delimiter
    each = [(_without_comments(text, delimiter), delimiter) for delimiter in _DELIMITERS]
    return max(each, key=lambda pair: _fit(_first_rows(*pair)))


def _fit(rows: list[Row]) -> int:
    """Rate a delimiter by the numbers between it; one that divides nothing is no choice."""
    if not rows or len(rows[0][1]) < 2:
        return -1
    return sum(number_in(cell, None) is not None for _, cells in rows for cell in cells)


def _without_comments(text: str, delimiter: str) -> str:
    """Leave out the lines at the beginning that # marks as comments, but for their line breaks.

    The last of them may hold the names of the columns: NumPy writes them so. A name may begin
    with # itself.
    """
    if not text.lstrip().startswith("#"):
        return text
    blank_or_comment = re.compile(r"#|\s*\Z").match
    lines = [*takewhile(blank_or_comment, islice(io.StringIO(text, newline=""), MAX_LINES))]
    below = text[sum(map(len, lines)) :]
    breaks = [line[len(line.rstrip("\r\n")) :] for line in lines]
    last = max(place for place, line in enumerate(lines) if line.startswith("#"))
    heads, rows = _first_rows(lines[last], delimiter), _first_rows(below, delimiter)
    if not rows or (heads and 1 < len(heads[0][1]) == len(rows[0][1])):
        breaks[last] = lines[last].removeprefix("# ")
    return "".join(breaks) + below


def _first_rows(text: str, delimiter: str) -> list[Row]:
    """Return some rows at the beginning, up to the first that cannot be divided into cells."""
    rows: list[Row] = []
    with suppress(Refused):
        for row in islice(_divided(text, delimiter), _SAMPLE_ROWS):
            rows.append(row)  # noqa: PERF402 (as above)
    return rows


def _divided(text: str, delimiter: str) -> Iterator[Row]:
    """Yield each row that is not blank, or raise Refused where a line or a quote is at fault.

    A row with a line break in a quoted cell has the line on which it begins.
    """
    reader = csv.reader(_lines(text), delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise Refused("csv", "quote", row=line) from error
        if cells is None:
            return
        if any(cell.strip(_BLANK) for cell in cells):
            yield line, cells


def _lines(text: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if number > MAX_LINES:
            raise Refused("csv", "lines", most=MAX_LINES)
        if len(line) > LONGEST_LINE:
            raise Refused("csv", "long_line", row=number, count=len(line), most=LONGEST_LINE)
        yield line


def _columns(rows: list[Row], *, whole: bool) -> tuple[int, int]:
    """Count the columns, and those left out: at the end, without a name and a value.

    whole   whether these are all rows: of others it is not known what the rest holds
    """
    if not rows:
        return 0, 0
    first = rows[0][1]
    columns = _filled(first)
    if columns < len(first) and whole:
        columns = max(_filled(cells[: len(first)]) for _, cells in rows)
    beyond = (cells[columns:] for _, cells in rows[:_SAMPLE_ROWS])
    return columns, max(len(more) for more in beyond if not any(map(plain, more)))


def _filled(cells: list[str]) -> int:
    """Return how many cells there are up to the last that is not empty."""
    return next((j + 1 for j in reversed(range(len(cells))) if plain(cells[j])), 0)


def _of_width(rows: list[Row], columns: int) -> Iterator[Row]:
    """Yield the rows without comments below the data, and without empty cells at their ends."""
    for line, cells in rows:
        if len(cells) == columns:
            yield line, cells
        elif not cells[0].startswith("#"):
            empty = not any(map(plain, cells[columns:]))
            yield line, cells[:columns] if empty else cells
