"""From the bytes of a CSV file to its rows of cells: encoding, delimiter, quotes, line numbers."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from pages.blocks.refusal import Refused
from pages.blocks.training.csv_cells import number_in

MAX_BYTES = 2 * 1024 * 1024
LONGEST_LINE = 100_000  # below the csv module's own limit for a cell
MAX_LINES = 100_000  # two million blank lines would take seconds
_SAMPLE_ROWS = 20
_DELIMITERS = "\t;,"  # in this order where they fit alike: a comma may be a decimal one
_BLANK = _DELIMITERS + " \r\n\xa0\u3000"  # of a row that Excel kept though nothing is in it
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"? *(?=[\r\n]|\Z)', re.IGNORECASE)

Row: TypeAlias = tuple[int, list[str]]  # the line on which it begins, from 1, and its cells


@dataclass(frozen=True)
class CsvText:
    """The text of a file and what divides its cells."""

    text: str
    delimiter: str

    @property
    def decimal_comma(self) -> bool:
        """Whether a comma within a cell may be a decimal one."""
        return self.delimiter != ","

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
            if any(cell.strip(_BLANK) for cell in cells):
                yield line, cells

    def first_rows(self) -> list[Row]:
        """Return the rows at the beginning, up to the first that cannot be divided into cells."""
        rows: list[Row] = []
        with suppress(Refused):
            for row in islice(self.rows(), _SAMPLE_ROWS):
                rows.append(row)  # noqa: PERF402 (extend would lose what came before the fault)
        return rows


def csv_text(data: bytes) -> CsvText:
    """Return the text in `data`, its delimiter found, or raise Refused where it is no text."""
    if len(data) > MAX_BYTES:
        raise Refused("csv", "size", count=len(data), most=MAX_BYTES)
    text = _text(data).rstrip("\r\n")
    separator_line = _SEPARATOR_LINE.match(text)
    if separator_line:
        # Its line break stays, so that the lines below keep their numbers.
        return CsvText(text[separator_line.end() :], separator_line[1])
    return max((CsvText(text, delimiter) for delimiter in _DELIMITERS), key=_fit)


def _text(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = _decoded(data, "utf-16")
        _check_no_controls(text)
        return text
    _check_no_controls(data.decode("latin-1"))
    return _decoded(data, "utf-8-sig", "gb2312")


def _check_no_controls(text: str) -> None:
    control = _CONTROL.search(text)
    if control:
        raise Refused("csv", "binary", row=_line_after(text[: control.start()]))


def _decoded(data: bytes, *encodings: str) -> str:
    """Decode by the first encoding that fits, or name the line that the best of them reaches."""
    lines = []
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            lines.append(_line_after(data[: error.start].decode(encoding, "ignore")))
    raise Refused("csv", "encoding", row=max(lines))


def _line_after(text: str) -> int:
    return len(_LINE_BREAK.findall(text)) + 1


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
    return sum(
        number_in(cell, decimal_comma=file.decimal_comma) is not None
        for cells in rows
        for cell in cells
    )
