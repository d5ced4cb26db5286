"""Percentages as they are printed, and refused numbers as they were typed."""

import pytest

from pages.writing.numerals import as_typed, percent_text
from pages.writing.refusal import Refused


@pytest.mark.parametrize(
    ("share", "text"), [(0.95, "95.0%"), (0.9583, "95.8%"), (0.0, "0.0%"), (1.0, "100.0%")]
)
def test_a_percentage_has_no_space(share: float, text: str) -> None:
    assert percent_text(share) == text


@pytest.mark.parametrize(
    ("typed", "value", "shown"),
    [
        ("1e3", 1000.0, "1e3"),
        (" ２００ ", 200.0, "２００"),
        ("1, 2e7, 3", 2e7, "2e7"),
        ("1, 2, 3", 7.0, 7.0),  # not in the text: it stays the number that it is
    ],
)
def test_a_refused_number_is_repeated_as_typed(typed: str, value: float, shown: object) -> None:
    assert as_typed(Refused("logits", "range", value=value), typed).details["value"] == shown
