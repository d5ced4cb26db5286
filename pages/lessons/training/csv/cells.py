"""What a cell of a CSV file says as a number: decimal commas, thousands apart, 12 %, 1/3, any dash.

Only a number such as 1.250 or 12,500 can be read in two ways. The others of the file tell which
sign is the decimal one; where they do not, the learner is asked.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal

from pages.visit.state import checked_name
from pages.writing.lookalikes import APOSTROPHES, DASHES, as_seen
from pages.writing.number_reading import without_vulgar_fractions

LARGEST_NUMBER = 1e100  # beyond it, products and squares would overflow on the way
SIGNS = (".", ",")
_NOTHING = {
    *("", "na", "n/a", "n.a.", "<na>", "#n/a", "#n/a n/a", "#na", "nan", "-nan", "nat"),
    *("null", "none", "?", "-", "--", ".", "#value!", "#div/0!", "#ref!", "#num!", "#name?"),
    *("1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan", "无", "缺失"),
}
_AS_KEYED = str.maketrans(dict.fromkeys(DASHES, "-"))
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_DOUBTFUL = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_ONE_COMMA = re.compile(r"[+-]?\d*,\d*(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"([+-]?[1-9]\d{0,2}(?:([ '.,])\d{3})(?:\2\d{3})*)(?:(?!\2)([.,])(\d*))?")
_INDIAN = re.compile(r"([+-]?[1-9]\d?(?:,\d{2})+,\d{3})(?:\.(\d*))?")
_DOUBTFUL_IN_TEXT = re.compile(r"(?<![\d.,．，])[1-9１-９]\d{0,2}[.,．，]\d{3}(?![\d.,．，])")
_FRACTION = re.compile(r"([+-]?\d{1,15}) ?/ ?(\d{1,15})")
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_COMMA_IN_CELL = re.compile(r'"[^",\r\n]*\d,\d|\d，\d')


def plain(cell: str) -> str:
    """Return the cell as a keyboard writes it, with each dash as a minus."""
    if cell.isascii():  # most are, and a file may have a million cells
        return cell.strip()
    return as_seen(cell).translate(_AS_KEYED).strip()


def is_missing(cell: str) -> bool:
    """Whether the cell stands for a value that is not there."""
    return plain(cell).lower() in _NOTHING


def one_line(cell: str, most: int = 40) -> str:
    """Return the beginning of a cell as one line, for a sentence."""
    return checked_name(cell.strip()[:most].strip("\u200b\u2060\ufeff"))


def number_in(cell: str, decimal: str | None) -> float | None:
    """Return the number in a cell, +-inf included, or None where there is no number.

    decimal   the decimal sign of the file, None where it is not known: a number that it would
              have to tell is NaN then
    """
    texts = _readings(cell)
    if not texts:
        return None
    if len(texts) == 1:
        return float(texts[0])
    return math.nan if decimal is None else float(_reading_with(decimal, cell, texts))


def exact_number_in(cell: str, decimal: str | None) -> Decimal | None:
    """Return a finite number to its last digit, None where there is none or it is in doubt."""
    texts = _readings(cell)
    if not texts or (len(texts) > 1 and decimal is None):
        return None
    text = texts[0] if decimal is None else _reading_with(decimal, cell, texts)
    return Decimal(text) if math.isfinite(float(text)) else None


def number_or_fault(cell: str, decimal: str | None) -> float | str:
    """Return the number in a cell, or why it is not taken: missing, text, range, doubtful."""
    number = number_in(cell, decimal)
    if number is None:
        return "missing" if is_missing(cell) else "text"
    if math.isnan(number):
        return "doubtful"
    return number if abs(number) <= LARGEST_NUMBER else "range"


def both_readings(cell: str) -> tuple[float, float]:
    """Return a doubtful number as it is with its sign for the decimal one, and for thousands."""
    as_decimal, as_thousands = _readings(cell)
    return float(as_decimal), float(as_thousands)


def doubts_are_possible(text: str, delimiter: str) -> bool:
    """Whether a look at the text alone leaves it open that a number has two readings."""
    if delimiter == ",":
        return _COMMA_IN_CELL.search(text) is not None
    return _DOUBTFUL_IN_TEXT.search(text) is not None


def decimal_sign(cells: Iterable[str], delimiter: str) -> str | None:
    """Return the decimal sign that the numbers of a file agree on; None where they do not.

    Between commas, 1.250 has a decimal point: with a decimal comma it would be written in quotes.
    """
    signs: set[str] = set()
    for cell in set(cells):
        signs.update(_evidence(plain(cell), delimiter))
    return signs.pop() if len(signs) == 1 else None


def _evidence(text: str, delimiter: str) -> Iterable[str]:
    texts = _readings(text)
    signs = [sign for sign in SIGNS if sign in text]
    if not texts or not signs:
        return
    if len(texts) == 2:
        if delimiter == "," and signs == ["."]:
            yield "."
        return
    last = max(signs, key=text.rindex)
    grouping = len(signs) == 1 and text.count(last) > 1
    yield SIGNS[1 - SIGNS.index(last)] if grouping else last


def _reading_with(decimal: str, cell: str, texts: tuple[str, ...]) -> str:
    return texts[0] if len(texts) == 1 or decimal in plain(cell) else texts[1]


def _readings(cell: str) -> tuple[str, ...]:
    """Return the texts, for float(), of what a cell can mean as a number: none, one or two."""
    text = plain(without_vulgar_fractions(cell)).translate(_ONE_APOSTROPHE)
    if "%" in text or "/" in text:
        return _shares(text)
    if _DOUBTFUL.fullmatch(text):
        return text.replace(",", "."), text.replace(",", "").replace(".", "")
    if _ONE_COMMA.fullmatch(text) and text.strip("+-")[:1] not in ("", "e", "E"):
        text = text.replace(",", ".")
    if grouped := _GROUPED.fullmatch(text):
        whole, separator, _, rest = grouped.groups()
        text = f"{whole.replace(separator, '')}.{rest or ''}"
    elif indian := _INDIAN.fullmatch(text):
        text = f"{indian[1].replace(',', '')}.{indian[2] or ''}"
    if "_" in text:  # which float() would take
        return ()
    try:
        number = float(text.replace("∞", "inf"))
    except ValueError:
        return ()
    return () if math.isnan(number) else (text.replace("∞", "inf"),)


def _shares(text: str) -> tuple[str, ...]:
    """Return the readings of a percentage, which has those of its number, or of a fraction."""
    if fraction := _FRACTION.fullmatch(text):
        above, below = map(int, fraction.groups())
        return (repr(above / below),) if below else ()
    number = text.removesuffix("%").rstrip()
    if number == text or "%" in number or "/" in number:
        return ()
    return tuple(f"{reading}e-2" for reading in _readings(number) if _PLAIN.fullmatch(reading))
