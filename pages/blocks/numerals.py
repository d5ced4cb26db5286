"""Numbers as learners type them and as links carry them."""

from __future__ import annotations

import math
import re
import unicodedata

from pages.blocks.refusal import Refused

LONGEST_TEXT = 2000
_BRACKETS = re.compile(r"^(?:np\.|numpy\.|torch\.)?(?:array|tensor)?[\[({]+|[\])}]+$")
_SEPARATORS = re.compile(r"[\s,;、]+")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?|-(?:inf|infinity|∞)", re.I)
_DASHES = str.maketrans("−–—﹣", "----")
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def parse_number(text: str, field: str) -> float:
    """Read one number; full-width digits, a typographic minus and -inf are welcome."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).translate(_DASHES).strip()
    if not _NUMBER.fullmatch(plain):
        raise Refused(field, "not_a_number", value=text.strip()[:40])
    return float(plain.replace("∞", "inf"))


def parse_numbers(text: str, field: str) -> list[float]:
    """Read a list such as `2, 3, 4`, `[2 3 4]` or `2；3；4`: brackets and any separators do."""
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


def short_text(value: float) -> str:
    """Write a number for the eye with no padding: 2, −1.6094, 3.00·10⁻⁷, −∞."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞"
    if value != 0 and not 5e-5 <= abs(value) < 1e7:
        return _power_of_ten(value, 2)
    return f"{value:.4f}".rstrip("0").rstrip(".").replace("-", "−")


def fixed_text(value: float) -> str:
    """Write a number with four decimals, or as a power of ten where they would say nothing."""
    if not math.isfinite(value) or value in (0.0, 1.0):
        return short_text(value)
    size = abs(value)
    if size < 5e-5 or size >= 1e6:
        return _power_of_ten(value, 1)
    decimals = 4 if size < 1000 else 2 if size < 1e5 else 0
    return f"{value:.{decimals}f}".replace("-", "−")


def significant_text(value: float) -> str:
    """Write a number with four significant digits: for exponentials, which span many powers."""
    if not math.isfinite(value) or value == 0:
        return short_text(value)
    size = abs(value)
    if size < 1e-3 or size >= 1e6:
        return _power_of_ten(value, 2)
    text = f"{value:.0f}" if size >= 9999.5 else f"{value:#.4g}".rstrip(".")
    return text.replace("-", "−")


def power_text(exponent: int) -> str:
    """Write a power of ten: 10⁻⁷, and 1 for the exponent 0."""
    return "10" + str(exponent).translate(_SUPERSCRIPTS) if exponent else "1"


def step_text(value: float) -> str:
    """Write a step or an error with two digits as a power of ten: 1.5·10⁻⁵, 10⁻¹⁰, 0."""
    return (
        _power_of_ten(value, 1).removeprefix("1.0·")
        if math.isfinite(value) and value
        else (short_text(value))
    )


def times_text(factor: float) -> str:
    """Write how many times as large something is, with two digits: 190,000."""
    return f"{float(f'{factor:.2g}'):,.0f}" if factor < 1e7 else step_text(factor)


def _power_of_ten(value: float, digits: int) -> str:
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    power = str(int(exponent)).translate(_SUPERSCRIPTS)
    return f"{mantissa}·10{power}".replace("-", "−")
