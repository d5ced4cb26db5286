"""What is said of the surest predictions fits how many there are."""

from __future__ import annotations

import pytest

from pages.lessons.calibration.bins import range_text, share_text
from pages.lessons.calibration.predictions import wilson
from pages.lessons.calibration.worth import worth_sentence
from pages.writing.wording import LANGUAGES, wording
from tests.pages.calibration import drawn, joined


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_one_and_two_predictions_that_are_that_sure(language: str) -> None:
    words = wording(language)
    rest = drawn(0.6, 0.6, 10)
    for surest, name in (
        (drawn(0.8, 1, 1), "none"),
        (drawn(0.95, 1, 1), "only_right"),
        (drawn(0.95, 0, 1), "only_wrong"),
        (drawn(0.95, 1, 2), "fits"),
        (drawn(0.95, 0, 2), "over"),
    ):
        said = worth_sentence(joined(rest, surest), 0.9, words)
        assert said == words(
            f"calibration.worth.{name}",
            threshold="0.9",
            most="0.8000",
            n=len(surest),
            confidence="0.9500",
            share=share_text(surest.accuracy),
            interval=range_text(*wilson(int(surest.right.sum()), len(surest)), 4),
        )
