"""What is said of the surest predictions fits how many there are."""

from __future__ import annotations

import numpy as np
import pytest

from core import softmax
from pages.lessons.calibration.bins import range_text, share_text
from pages.lessons.calibration.predictions import wilson
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.calibration.worth import surest, worth_film, worth_sentence
from pages.writing.wording import LANGUAGES, wording
from tests.pages.calibration import drawn, joined
from tests.pages.figures import WORDS
from tests.pages.film import points, values


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_one_and_two_predictions_that_are_that_sure(language: str) -> None:
    words = wording(language)
    rest = drawn(0.6, 0.6, 10)
    for sure, name in (
        (drawn(0.8, 1, 1), "none"),
        (drawn(0.95, 1, 1), "only_right"),
        (drawn(0.95, 0, 1), "only_wrong"),
        (drawn(0.95, 1, 2), "fits"),
        (drawn(0.95, 0, 2), "over"),
    ):
        whole = joined(rest, sure)
        said = worth_sentence(surest(whole, 0.9), whole, words)
        assert said == words(
            f"calibration.worth.{name}",
            threshold="0.9",
            most="0.8000",
            n=len(sure),
            confidence="0.9500",
            share=share_text(sure.accuracy),
            interval=range_text(*wilson(int(sure.right.sum()), len(sure)), 4),
        )


@pytest.mark.parametrize("name", ["source", "raw", "spiral"])
def test_every_stop_counts_the_predictions_above_it(name: str) -> None:
    found = ready_judgement(name)
    film = worth_film(found.before, 0.9876, WORDS, "light")
    assert {0.5, 0.9876, 0.99, 0.999} <= set(film.stops)
    test = found.model.data.test
    a = softmax(found.model.scores(test.inputs))
    names = ("above", "right", "wrong", "expected_wrong")
    bars = {name: values(points(film, name, panel=1)[None]) for name in names}
    shares, means = (points(film, each)[None]["y"] for each in ("share_right", "mean_confidence"))
    for place, stop in enumerate(film.stops):
        above = [
            (max(row), bool(row.argmax() == label))
            for row, label in zip(a, test.labels, strict=True)
            if max(row) > stop
        ]
        hits = sum(right for _, right in above)
        assert bars["above"][place] == len(above)
        assert bars["right"][place] == hits
        assert bars["wrong"][place] == len(above) - hits
        expected = sum(1 - sure for sure, _ in above)
        assert bars["expected_wrong"][place] == pytest.approx(expected)
        if above:
            assert shares[place] == hits / len(above)
            assert means[place] == pytest.approx(np.mean([sure for sure, _ in above]))
        else:
            assert shares[place] is means[place] is None
