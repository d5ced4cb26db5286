"""Whether the first row of a CSV file holds the names of its columns, and which name says what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pages.lessons.training.csv.cells import is_missing, number_in, one_line, plain
from pages.lessons.training.csv.labels import LONGEST_LABEL, label_look
from pages.lessons.training.csv.rows import CsvRows, Row
from pages.writing.refusal import Refused

MAX_COLUMNS = 100
# What labels are called, the surest names first.
_LABEL_WORDS = (
    {
        *("label", "labels", "class", "classes", "kind", "species", "target", "targets", "classe"),
        *("标签", "类别", "类", "种类", "分类", "品种", "目标", "標籤", "類別", "種類", "klasse"),
    },
    {
        *("category", "type", "variety", "group", "diagnosis", "outcome", "result", "sorte"),
        *("类型", "标注", "组别", "结果", "诊断", "art", "espèce", "especie", "clase"),
    },
)
SHORT_LABEL_WORDS = frozenset({"y", "k", "t"})  # or an axis
_ID_WORDS = {
    *("", "id", "ids", "index", "idx", "no", "no.", "nr", "nr.", "num", "number", "#", "row"),
    *("rowid", "rownum", "unnamed: 0", "x1", "编号", "序号", "学号", "行号", "號", "編號"),
}


@dataclass(frozen=True)
class Columns:
    """The columns of a file by name, "" without one; and whether its first row was the names.

    unsure   whether the first row may as well be the other: names or data
    """

    names: tuple[str, ...]
    header: bool
    unsure: bool = False


def label_rank(name: str) -> int:
    """Return how surely a column is called as labels are: 0 most, then 1; 2 where it is not."""
    word = plain(name).casefold()
    last = word.replace(" ", "_").rpartition("_")[2]
    return next((j for j, words in enumerate(_LABEL_WORDS) if {word, last} & words), 2)


def is_id_word(name: str) -> bool:
    """Whether a column is called as those are that number the rows."""
    word = plain(name).casefold()
    return word in _ID_WORDS or word.endswith(("_id", " id"))


def columns_in(rows: CsvRows, *, header: bool | None) -> Columns:
    """Return the columns to choose from, or raise Refused where there are none.

    header   whether the first row names the columns; None: find out
    """
    if not rows.rows:
        raise rows.fault or Refused("csv", "empty")
    line, cells = rows.rows[0]
    if len(cells) < 2:
        raise Refused("csv", "one_column", row=line)
    if len(cells) > MAX_COLUMNS:
        raise Refused("csv", "columns", row=line, count=len(cells), most=MAX_COLUMNS)
    unsure = False
    if header is None:
        header, unsure = _begins_with_names(rows.first())
    names = tuple(one_line(cell, LONGEST_LABEL) if header else "" for cell in cells)
    return Columns(names, header, unsure)


def _begins_with_names(rows: list[Row]) -> tuple[bool, bool]:
    """Say whether the first row is names, and whether that is a guess.

    It is where a column goes from text to numbers below, and where all of it is text. A file whose
    numbers begin in the first row has no such column: its labels are text below, too. But numbers
    are names as well: of years, or counted.
    """
    (_, first), *below = rows
    columns = [[row[j] for _, row in below if len(row) == len(first)] for j in range(len(first))]
    is_text = [not is_missing(cell) and number_in(cell, None) is None for cell in first]
    for is_name, cells in zip(is_text, columns, strict=True):
        values = [cell for cell in cells if not is_missing(cell)]
        if is_name and values and number_in(values[0], None) is not None:
            return True, False
    if all(is_text):
        return True, False
    if any(
        is_name and label_rank(cell) < 2 and cell not in cells
        for is_name, cell, cells in zip(is_text, first, columns, strict=True)
    ):
        return True, False
    stranger = any(
        is_name and _is_stranger(cell, cells)
        for is_name, cell, cells in zip(is_text, first, columns, strict=True)
    )
    numbers = [
        (number_in(cell, None), cells)
        for is_name, cell, cells in zip(is_text, first, columns, strict=True)
        if not is_name
    ]
    counted = _are_counted([number for number, _ in numbers])
    whole_below = all(_is_whole(cell) for _, cells in numbers for cell in cells)
    return stranger and counted, stranger or (counted and not whole_below)


def _is_stranger(cell: str, below: Sequence[str]) -> bool:
    """Whether a text occurs nowhere below, where the others occur again and again."""
    labels = [label_look(each) for each in below]
    return label_look(cell) not in labels and len(labels) >= 2 * len(set(labels)) > 0


def _are_counted(numbers: Sequence[float | None]) -> bool:
    """Whether numbers go up by one, as years and places do."""
    known = [number for number in numbers if number is not None]
    return len(known) == len(numbers) > 1 and all(
        number.is_integer() and number == known[0] + place for place, number in enumerate(known)
    )


def _is_whole(cell: str) -> bool:
    number = number_in(cell, None)
    return number is None or not math.isfinite(number) or number.is_integer()
