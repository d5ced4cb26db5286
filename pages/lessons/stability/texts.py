"""How the stability lesson writes its numbers, also those that float64 cannot hold."""

from __future__ import annotations

import math
from decimal import Decimal

from pages.lessons.stability.numbers import Reference
from pages.widgets.tables import Number
from pages.writing.numerals import short_text, significant_text
from pages.writing.wording import Wording

_QUANTITIES = {"z": "logit", "exp": "exponential", "sum": "sum_exponential"}
_SIGNED = ("slope", "gradient")


def number(
    step: str, value: float, words: Wording, index: int | None = None, text: str = ""
) -> Number:
    """Make a cell of a number that a step gave: its colour, its words, its class."""
    quantity = _QUANTITIES.get(step, step)
    if step in _SIGNED and value != 0 and not math.isnan(value):
        quantity = "gradient_above" if value > 0 else "gradient_below"
    place = None if index is None else index + 1
    return Number(quantity, value + 0.0, text or value_text(value, words), place)


def value_text(value: float, words: Wording) -> str:
    """Write a number that a step gave; what is not a number is said in words."""
    if math.isnan(value):
        return words("stability.nan")
    # A whole number is written as what it is: 12.00 would look rounded.
    whole = value % 1 == 0 and abs(value) < 1e6
    return short_text(value + 0.0) if whole else significant_text(value)


def tiny_text(value: Decimal) -> str:
    """Write a number that is not 0 and too small for float64: e^(−1000); nothing for others."""
    if value == 0 or float(value) != 0:
        return ""
    return f"{'−' if value < 0 else ''}e^({short_text(float(abs(value).ln()))})"


def share_text(right: Reference, t: int) -> str:
    """Write a probability, however small."""
    return tiny_text(right.fine_probabilities[t]) or significant_text(right.probabilities[t])


def complement_text(right: Reference, t: int) -> str:
    """Write 1 - p, also where p is so small that four decimals would show 1."""
    text = short_text(1 - right.probabilities[t])
    tiny = text == "1" and math.isfinite(right.penalties[t])
    return f"1 − {share_text(right, t)}" if tiny else text
