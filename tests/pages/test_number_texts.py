"""Numbers written for the eye: how many digits, and when a power of ten says more."""

import math

import pytest

from pages.writing.numerals import fixed_text, short_text, significant_text


@pytest.mark.parametrize(
    ("value", "short", "fixed", "significant"),
    [
        (0.0, "0", "0", "0"),
        (1.0, "1", "1", "1.000"),
        (2.0, "2", "2.0000", "2.000"),
        (-1.6094379, "−1.6094", "−1.6094", "−1.609"),
        (0.66524096, "0.6652", "0.6652", "0.6652"),
        (54.598150033, "54.5982", "54.5982", "54.60"),
        (1234.5678, "1234.5678", "1234.57", "1235"),
        (54321.9, "54321.9", "54321.90", "54322"),
        (1e6, "1000000", "1.0·10⁶", "1.00·10⁶"),
        (1e8, "1.00·10⁸", "1.0·10⁸", "1.00·10⁸"),
        (-3e-7, "−3.00·10⁻⁷", "−3.0·10⁻⁷", "−3.00·10⁻⁷"),
        (math.inf, "∞", "∞", "∞"),
        (-math.inf, "−∞", "−∞", "−∞"),
    ],
)
def test_numbers_for_the_eye(value: float, short: str, fixed: str, significant: str) -> None:
    assert (short_text(value), fixed_text(value), significant_text(value)) == (
        short,
        fixed,
        significant,
    )


def test_what_is_nearly_one_is_not_shown_as_one() -> None:
    assert fixed_text(0.99999) == "1.0000"
    assert fixed_text(1.0) == "1"
