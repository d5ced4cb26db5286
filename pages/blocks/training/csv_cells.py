"""What one cell of a CSV file says: a number, a label, or nothing."""

from __future__ import annotations

import math
import unicodedata

from pages.blocks.state import checked_name

LONGEST_LABEL = 60
LARGEST_NUMBER = 1e100  # beyond it, products and squares would overflow on the way
_NOTHING = {"", "na", "n/a", "nan", "null", "none", "?", "-"}
_DASHES = str.maketrans("−–—﹣", "----")


def plain(cell: str) -> str:
    """Return the cell with its full-width characters and dashes as a keyboard writes them."""
    if cell.isascii():  # most are, and a file may have a million cells
        return cell.strip()
    return unicodedata.normalize("NFKC", cell).translate(_DASHES).strip()


def is_missing(cell: str) -> bool:
    """Whether the cell stands for a value that is not there."""
    return plain(cell).lower() in _NOTHING


def number_in(cell: str, *, decimal_comma: bool) -> float | None:
    """Return the number in a cell, +-inf included, or None where there is no number."""
    text = plain(cell)
    if decimal_comma:
        text = text.replace(",", ".")
    if "_" in text:  # which float() would take
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else number


def number_or_fault(cell: str, *, decimal_comma: bool) -> float | str:
    """Return the number in a cell, or why it is not taken as one: missing, text, range."""
    number = number_in(cell, decimal_comma=decimal_comma)
    if number is None:
        return "missing" if is_missing(cell) else "text"
    return number if abs(number) <= LARGEST_NUMBER else "range"


def label_fault(cell: str) -> str:
    """Say why a cell is not taken as a label: missing_label, long_label; "" where it is taken."""
    if len(cell.strip()) > LONGEST_LABEL:
        return "long_label"
    return "missing_label" if is_missing(checked_name(cell)) else ""


def shown(cell: str, most: int = 40) -> str:
    """Return the beginning of a cell as one line, for a sentence."""
    return checked_name(cell.strip()[:most])
