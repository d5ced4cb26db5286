"""What one cell of a CSV file says: a label, nothing, or what is to be read as a number.

Two cells that look the same say the same: the width of characters, spaces of all sorts, hyphens,
and characters that are not seen make no difference.
"""

from __future__ import annotations

import unicodedata

from pages.visit.state import checked_name

LONGEST_LABEL = 60
_NOTHING = {
    *("", "na", "n/a", "n.a.", "<na>", "#n/a", "#n/a n/a", "#na", "nan", "-nan", "nat"),
    *("null", "none", "?", "-", "--", ".", "#value!", "#div/0!", "#ref!", "#num!", "#name?"),
    *("1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan", "无", "缺失"),
}
_HYPHENS = "‐‑"
_DASHES = dict.fromkeys(map(ord, _HYPHENS + "‒–—―−⁃➖"), "-")
# Seen by nobody, but letters by their category, or marks: fillers, joiners, variation selectors.
_FILLERS = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", "\uffa0"}
_WIDTHS = ("<wide>", "<narrow>", "<small>", "<noBreak>")


def plain(cell: str) -> str:
    """Return the cell as a keyboard writes it, with each dash as a minus: for numbers."""
    if cell.isascii():  # most are, and a file may have a million cells
        return cell.strip()
    return _looks(cell).translate(_DASHES).strip()


def label_look(cell: str) -> str:
    """Return what is seen of a label: the same for two that look the same."""
    if cell.isascii():
        return checked_name(cell)
    text = _looks(cell)
    for hyphen in _HYPHENS:
        text = text.replace(hyphen, "-")
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_missing(cell: str) -> bool:
    """Whether the cell stands for a value that is not there."""
    return plain(cell).lower() in _NOTHING


def label_fault(cell: str) -> str:
    """Say why a cell is not taken as a label: missing_label, long_label; "" where it is taken."""
    if len(cell.strip()) > LONGEST_LABEL:
        return "long_label"
    return "missing_label" if is_missing(cell) else ""


def shown(cell: str, most: int = 40) -> str:
    """Return the beginning of a cell as one line, for a sentence."""
    return checked_name(cell.strip()[:most].strip("\u200b\u2060\ufeff"))


def _looks(cell: str) -> str:
    return "".join(map(_look, cell))


def _look(character: str) -> str:
    """Return a character in its usual width, a space for one of any sort, "" for one not seen."""
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category in ("Zs", "Zl", "Zp", "Cc"):
        return " "
    if category == "Cf" or character in _FILLERS or _is_variation_selector(character):
        return ""
    if unicodedata.decomposition(character).startswith(_WIDTHS):
        return unicodedata.normalize("NFKC", character)
    return character


def _is_variation_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
