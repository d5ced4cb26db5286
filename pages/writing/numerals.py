"""Numbers as learners type them and as links carry them."""

from __future__ import annotations

import math
from contextlib import suppress
from decimal import ROUND_HALF_UP, Context, Decimal

from pages.writing.number_reading import SEPARATOR, as_keyed, first_fault, number_lists, one_number
from pages.writing.printed_numbers import unwrapped
from pages.writing.refusal import Refused

LONGEST_TEXT = 2000
_SHOWN = 40  # characters of a text that a refusal repeats
_OPEN_ENDS = "[({})] "
# Where a percentage is asked for, its sign says nothing new.
_IN_PERCENT = {"percent"}
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def parse_number(text: str, field: str) -> float:
    """Read one number, in whatever way people and programs write it, or raise Refused.

    What can be read in two ways is refused with both: `readings` has them as texts.
    """
    plain, factor, _ = unwrapped(as_keyed(text[:LONGEST_TEXT]))
    if field in _IN_PERCENT:
        plain = plain.removesuffix("%")
    found = one_number(plain)
    if not found:
        raise Refused(field, "not_a_number", value=text.strip()[:_SHOWN])
    if len(found) > 1:
        readings = tuple(number_text(value) for value in found)
        raise Refused(field, "ambiguous", value=text.strip(), readings=readings)
    return _times(factor, found[0])


def parse_numbers(text: str, field: str) -> list[float]:
    """Read a list such as `2, 3, 4`, `[2 3 4]` or `2,5; 3; 4`, or raise Refused as above."""
    if len(text) > LONGEST_TEXT:
        raise Refused(field, "long", count=len(text), most=LONGEST_TEXT)
    plain, factor, rows = unwrapped(as_keyed(text))
    if rows > 1:
        raise Refused(field, "table", rows=rows)
    plain = plain.strip(_OPEN_ENDS)
    found = number_lists(plain)
    if not found:
        fault = first_fault(plain)[:_SHOWN]
        raise Refused(field, "not_a_number", value=fault) if fault else Refused(field, "empty")
    if len(found) > 1:
        readings = tuple(numbers_text(tuple(values), ", ") for values in found)
        raise Refused(field, "ambiguous", value=text.strip(), readings=readings)
    return [_times(factor, value) for value in found[0]]


def _times(factor: float, value: float) -> float:
    """Multiply as on paper: 1.0e+05 * 1.2346 is 123460, and not 123459.99999999999."""
    return value if factor == 1 else float(Decimal(repr(factor)) * Decimal(repr(value)))


def as_typed(refused: Refused, text: str) -> Refused:
    """Return a refusal of a number with the number as it was typed, where the text shows it."""
    value = refused.details.get("value")
    for cell in (text, *SEPARATOR.split(text)) if isinstance(value, float) else ():
        with suppress(Refused):
            if parse_number(cell, refused.field) == value:
                return refused.about(refused.field, value=cell.strip()[:_SHOWN])
    return refused


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
    return _rounded(value, 4).rstrip("0").rstrip(".")


def exact_text(value: float) -> str:
    """Write a number for the eye with all its digits, so that one sees by what it is wrong."""
    if not math.isfinite(value):
        return short_text(value)
    if 1e4 <= abs(value) < 1e7 and value == int(value):
        return f"{value:,.0f}".replace("-", "−")
    mantissa, _, exponent = number_text(value).partition("e")
    power = f"·10{str(int(exponent)).translate(_SUPERSCRIPTS)}" if exponent else ""
    return f"{mantissa}{power}".removeprefix("1·").replace("-", "−")


def fixed_text(value: float) -> str:
    """Write a number with four decimals, or as a power of ten where they would say nothing."""
    if not math.isfinite(value) or abs(value) in (0.0, 1.0):
        return short_text(value)
    size = abs(value)
    if size < 5e-5 or size >= 1e6:
        return _power_of_ten(value, 1)
    decimals = 4 if size < 1000 else 2 if size < 1e5 else 0
    return _rounded(value, decimals)


def significant_text(value: float) -> str:
    """Write a number with four significant digits: for exponentials, which span many powers."""
    if not math.isfinite(value) or value == 0:
        return short_text(value)
    size = abs(value)
    if size < 1e-3 or size >= 1e6:
        return _power_of_ten(value, 2)
    return _rounded(value, max(0, 3 - _with_digits(value, 4).adjusted()))


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


def percent_text(share: float) -> str:
    """Write a share as a percentage with one decimal: 95.8%."""
    return f"{100 * share:.1f}%"


def times_text(factor: float) -> str:
    """Write how many times as large something is, with two digits: 190,000."""
    return f"{float(f'{factor:.2g}'):,.0f}" if factor < 1e7 else step_text(factor)


def _power_of_ten(value: float, digits: int) -> str:
    mantissa, exponent = f"{_with_digits(value, digits + 1):.{digits}e}".split("e")
    power = str(int(exponent)).translate(_SUPERSCRIPTS)
    return f"{mantissa}·10{power}".replace("-", "−")


# Halves are rounded away from zero, as browsers do: the bench writes the same numbers there.


def _rounded(value: float, decimals: int) -> str:
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:f}".replace("-", "−")


def _with_digits(value: float, digits: int) -> Decimal:
    return Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal_from_float(value)
