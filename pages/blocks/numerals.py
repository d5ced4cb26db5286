"""Numbers as learners type them and as links carry them."""

from __future__ import annotations

import re
import unicodedata

from pages.blocks.refusal import Refused

LONGEST_TEXT = 2000
_BRACKETS = re.compile(r"^(?:np\.|numpy\.|torch\.)?(?:array|tensor)?[\[({]+|[\])}]+$")
_SEPARATORS = re.compile(r"[\s,;、]+")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?|-(?:inf|infinity|∞)", re.I)
_DASHES = str.maketrans("−–—﹣", "----")


def parse_number(text: str, field: str) -> float:
    """Read one number; full-width digits, a typographic minus and -inf are welcome."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).translate(_DASHES).strip()
    if not _NUMBER.fullmatch(plain):
        raise Refused(field, "not_a_number", value=text.strip()[:40])
    return float(plain.replace("∞", "inf"))


def parse_numbers(text: str, field: str) -> list[float]:
    """Read a list such as `2, 3, 4`, `[2 3 4]` or `2；3；4`; brackets and any separators will do."""
    if len(text) > LONGEST_TEXT:
        raise Refused(field, "long", count=len(text), most=LONGEST_TEXT)
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    plain = _BRACKETS.sub("", _BRACKETS.sub("", plain)).strip()
    tokens = [token for token in _SEPARATORS.split(plain) if token]
    if not tokens:
        raise Refused(field, "empty")
    return [parse_number(token, field) for token in tokens]


def number_text(value: float) -> str:
    """Write a number so that reading it back gives the same double: 2, 0.1, -inf."""
    text = repr(float(value))
    return text.removesuffix(".0")


def numbers_text(values: tuple[float, ...], separator: str) -> str:
    """Write several numbers with `number_text`."""
    return separator.join(number_text(value) for value in values)
