"""All that a text can mean in numbers: decimal points or commas, fractions, dashes of every sort.

A comma stands between numbers, or before decimals, or between thousands. Where more than one of
these fits there is more than one reading, and it is for the learner to say which is meant.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias, TypeVar

from pages.writing.lookalikes import APOSTROPHES, DASHES, is_unseen

_VULGAR = re.compile(r"(\d{0,9})([¼-¾⅐-⅞])")
_RAISED = re.compile(r"[⁺⁻⁰¹²³⁴-⁹]+")
_SIGNS = str.maketrans(
    dict.fromkeys(DASHES, "-")
    | dict.fromkeys("·⋅∙×✕", "*")
    | dict.fromkeys("⁄∕÷", "/")
    | dict.fromkeys(APOSTROPHES, "'")
    | {"。": ".", "٫": ".", "、": ";", "،": ";", "٪": "%"}
)
# What is written in several ways, brought to one.
_FORMS = (
    (re.compile(r"  +"), " "),
    (re.compile(r"-+"), "-"),  # word processors make one long dash of two hyphens
    (re.compile(r"(?<=\d)'(?=\d{3}(?!\d))"), ""),  # 1'000
    (re.compile(r"(?<=[\d.]) ?[*x] ?10 ?(?:\^|\*\*) ?[{(]?([+-]?\d+)[)}]?"), r"e\1"),
    (re.compile(r"(?<![\w.])10 ?(?:\^|\*\*) ?[{(]?([+-]?\d+)[)}]?"), r"1e\1"),
    (re.compile(r" ?/ ?"), "/"),
    (re.compile(r" %"), "%"),
    (re.compile(r"(^|[,;，] ?)([+-]) (?=[\d.i∞])"), r"\1\2"),
)
_AMOUNT = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
_NUMBER = re.compile(rf"([+-]?{_AMOUNT})(?:/({_AMOUNT}))?(%?)")
_MINUS_INFINITY = re.compile(r"-(?:inf|infinity|∞)", re.IGNORECASE)
_COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?%?")
_POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?%?")
_INDIAN_GROUPS = re.compile(r"[+-]?[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d*)?%?")
_SPACE_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?%?")
# Groups with nothing but spaces between the numbers, too: 10 000 20 000.
_SPACED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?:[.,]\d+)?(?![\d.,])")
_ZEROS_APART = re.compile(r"\d 0\d\d(?!\d)")
_MIXED = re.compile(r"([+-]?)(\d+) (\d+)/(\d+)")
# What may stand between two numbers: anything; all but a comma between digits; all but a space.
SEPARATOR = re.compile(r"[\s;,，]+")
_NO_COMMA = re.compile(r",?[\s;，]+,?\s*")
_NO_SPACE = re.compile(r" ?[;，\t]\s*| ?,\s+")
_ENDS = " \t\r\n;,，"
_Style: TypeAlias = Callable[[str], float | None]
Value = TypeVar("Value")


def as_keyed(text: str) -> str:
    """Return the text in the characters of a keyboard, without those that nobody can see.

    A full-width comma stays: it stands between numbers, never within one.
    """
    text = without_vulgar_fractions(text)
    text = _RAISED.sub(r"^\g<0>", text)  # or 10² would be read as 102
    text = "，".join(unicodedata.normalize("NFKC", part) for part in text.split("，"))
    text = "".join(c for c in text.translate(_SIGNS) if not is_unseen(c))
    for form, plain in _FORMS:
        text = form.sub(plain, text)
    return text.strip()


def without_vulgar_fractions(text: str) -> str:
    """Return the text with each ½ as 0.5, and 1½ as 1.5."""
    if text.isascii():  # a file may have a million cells
        return text
    return _VULGAR.sub(lambda m: repr(float(m[1] or 0) + unicodedata.numeric(m[2])), text)


def one_number(text: str) -> list[float]:
    """Return each number that a text can mean, as `as_keyed` writes it; none where it is no number.

    Where one number is asked for, any comma belongs to it.
    """
    text = text.replace("，", ",")
    styles = [_with_spaces, _as_mixed]
    if "," in text or text.count(".") > 1:
        styles = [_with_commas, _as_german, _as_english, *styles]
    return _distinct(style(text) for style in styles)


def number_lists(text: str) -> list[list[float]]:
    """Return each list of numbers that a text can mean, as `as_keyed` writes it."""
    text = text.strip(_ENDS)
    found: list[list[float] | None] = []
    cells = _NO_COMMA.split(text)
    if re.search(r"\d,\d|\d\.\d{3}\.\d{3}", text) and len(cells) > 1:
        # Something else stands between the numbers, so that such a comma may stand within one.
        found += [_all(cells, style) for style in (_with_commas, _as_german, _as_english)]
    lakhs = any(map(_INDIAN_GROUPS.fullmatch, cells))
    if len(parts := _NO_SPACE.split(text)) > 1:
        found += [_all(parts, style) for style in (_with_spaces, _as_mixed)]
    elif _ZEROS_APART.search(text):
        joined = _SPACED.sub(lambda match: match[0].replace(" ", ""), text).split()
        found.append(_all(joined, _with_commas) if len(joined) > 1 else None)
    if not any(found) or lakhs or re.search(r",\s|\s,", text) or not re.search(r"\d,\d", text):
        found.append(_all(SEPARATOR.split(text), _with_points))
    return _distinct(found)


def first_fault(text: str) -> str:
    """Return the first of a list's texts that is no number; "" where the list has none at all."""
    cells = [cell for cell in SEPARATOR.split(text) if cell]
    return next((cell for cell in cells if not one_number(cell)), "".join(cells[:1]))


def _all(cells: Sequence[str], style: _Style) -> list[float] | None:
    values = []
    for cell in cells:
        value = style(cell)
        if value is None:
            return None
        values.append(value)
    return values


def _distinct(found: Iterable[Value | None]) -> list[Value]:
    distinct: list[Value] = []
    for one in found:
        if one is not None and one not in distinct:
            distinct.append(one)
    return distinct


def _with_points(cell: str) -> float | None:
    """Read 2.5, 1/3, 20 %, -inf."""
    if _MINUS_INFINITY.fullmatch(cell):
        return -math.inf
    number = _NUMBER.fullmatch(cell)
    if number is None:
        return None
    value = float(number[1])
    if number[2]:
        below = float(number[2])
        value = value / below if below else math.nan
    if number[3]:
        value /= 100
    return None if math.isnan(value) else value


def _with_commas(cell: str) -> float | None:
    """Read 2,5; a point will do as well."""
    return _with_points(cell.replace(",", "."))


def _as_german(cell: str) -> float | None:
    """Read 1.250,5 and 1.250."""
    if "." in cell and not _POINT_GROUPS.fullmatch(cell):
        return None
    return _with_commas(cell.replace(".", ""))


def _as_english(cell: str) -> float | None:
    """Read 1,250.5 and 1,250, and 12,34,567 as in India."""
    grouped = _COMMA_GROUPS.fullmatch(cell) or _INDIAN_GROUPS.fullmatch(cell)
    if "," in cell and not grouped:
        return None
    return _with_points(cell.replace(",", ""))


def _with_spaces(cell: str) -> float | None:
    """Read 1 250,5 and 1 250."""
    if " " in cell and not _SPACE_GROUPS.fullmatch(cell):
        return None
    return _with_commas(cell.replace(" ", ""))


def _as_mixed(cell: str) -> float | None:
    """Read 1 1/2, as spreadsheets write it."""
    mixed = _MIXED.fullmatch(cell)
    if mixed is None or int(mixed[3]) >= int(mixed[4]):
        return _with_points(cell)
    sign, whole, above, below = mixed.groups()
    return float(f"{sign}1") * (int(whole) + int(above) / int(below))
