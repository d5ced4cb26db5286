"""Numbers written for the eye: how many digits, and when a power of ten says more."""

import math

import pytest

from pages.writing.numerals import fixed_text, short_text, significant_text
from tests.number_texts import NUMBER_TEXTS


def test_numbers_of_a_fixed_width() -> None:
    written = [(value, fixed_text(value), significant_text(value)) for value, *_ in NUMBER_TEXTS]
    assert written == list(NUMBER_TEXTS)


@pytest.mark.parametrize(
    ("value", "short"),
    [
        (0.0, "0"),
        (2.0, "2"),
        (-1.6094379, "−1.6094"),
        (54.598150033, "54.5982"),
        (1234.5678, "1234.5678"),
        (1e6, "1000000"),
        (1e8, "1.00·10⁸"),
        (-3e-7, "−3.00·10⁻⁷"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_numbers_without_padding(value: float, short: str) -> None:
    assert short_text(value) == short


def test_what_is_nearly_one_is_not_shown_as_one() -> None:
    assert fixed_text(0.99999) == "1.0000"
    assert fixed_text(1.0) == "1"
