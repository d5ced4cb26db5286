"""What is said of one temperature for all is what the numbers bear out."""

from __future__ import annotations

import pytest

from pages.lessons.calibration.bins import share_text
from pages.lessons.calibration.predictions import Half, Predictions
from pages.lessons.calibration.temperature import effect_sentence, halves_sentence, need
from pages.writing.wording import LANGUAGES, wording
from tests.pages.calibration import BINS, drawn, joined


@pytest.mark.parametrize(
    ("less", "more", "expected"),
    [
        (0.05, -0.05, "settled"),
        (0.02, 0.02, "settled"),
        (0.2, -0.2, "apart"),
        (0.31, -0.04, "apart"),
        (-0.04, 0.31, "apart"),
        (0.3246, 0.6384, "same_way"),
        (-0.2, -0.3, "same_way"),
        (0.0234, 0.0742, "one_off"),
        (0.2510, 0.0501, "one_off"),
        (-0.2510, -0.0501, "one_off"),
        (0.3, 0.0, "one_off"),
    ],
)
def test_only_halves_that_are_off_to_both_sides_need_different_things(
    less: float, more: float, expected: str
) -> None:
    assert need(*(Half(0.5 + gap, 0.5, noise=0.02) for gap in (less, more))) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_temperature_is_ruled_out_where_another_may_suit_both_halves(language: str) -> None:
    words = wording(language)
    one_off = joined(drawn(0.6, 0.2, 100), drawn(0.9, 0.85, 100))
    said = halves_sentence(one_off, words)
    assert said == words("calibration.halves.one_off", less="+0.4000", more="+0.0500")
    apart = joined(drawn(0.6, 0.2, 100), drawn(0.9, 0.95, 100))
    assert halves_sentence(apart, words).split("**")[1] not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("sure", "right", "temperature", "effect"),
    [
        (0.8, 0.8, 1.1, "no_need"),
        (0.8, 0.8, 0.19, "spoilt"),
        (0.8, 0.8, 30, "spoilt"),
        (0.6, 0.75, 0.4, "mended"),
        (0.6, 0.9, 0.6, "better"),
        (0.6, 0.9, 1, "unchanged"),
        (0.6, 0.9, 3, "worse"),
    ],
)
def test_what_became_of_the_calibration_error(
    sure: float, right: float, temperature: float, effect: str, language: str
) -> None:
    words, before = wording(language), drawn(sure, right, 200)
    after = Predictions(before.scores, before.labels, temperature)
    old, now, chance = before.error(BINS), after.error(BINS), after.chance(BINS)
    assert (now > chance) == (effect not in ("no_need", "mended"))
    assert effect_sentence(before, after, BINS, words) == words(
        f"calibration.effect.{effect}",
        before=share_text(old),
        after=share_text(now),
        chance=share_text(chance),
    )
