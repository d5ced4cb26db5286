"""What is said of one temperature for all is what the numbers bear out."""

from __future__ import annotations

import numpy as np
import pytest

from core import (
    expected_calibration_error,
    fit_temperature,
    log_softmax,
    reliability,
    softmax,
)
from pages.lessons.calibration.bins import share_text
from pages.lessons.calibration.predictions import Half, Predictions
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.calibration.temperature import effect_sentence, halves_sentence, need
from pages.lessons.calibration.temperature_film import temperature_film
from pages.writing.wording import LANGUAGES, wording
from tests.pages.calibration import BINS, drawn, joined
from tests.pages.figures import WORDS
from tests.pages.film import points, values


@pytest.mark.parametrize(
    ("less", "more", "expected"),
    [
        (0.05, -0.05, "settled"),
        (0.02, 0.02, "settled"),
        (0.2, -0.2, "apart"),
        (0.31, -0.061, "apart"),
        (0.31, -0.04, "one_off"),
        (-0.04, 0.31, "one_off"),
        (0.3246, 0.6384, "same_way"),
        (-0.2, -0.3, "same_way"),
        (0.0234, 0.0742, "one_off"),
        (0.2510, 0.0501, "one_off"),
        (-0.2510, -0.0501, "one_off"),
        (0.3, 0.0, "one_off"),
    ],
)
def test_only_halves_that_are_both_off_need_different_things(
    less: float, more: float, expected: str
) -> None:
    assert need(*(Half(0.5 + gap, 0.5, noise=0.02) for gap in (less, more))) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_temperature_is_ruled_out_where_another_may_suit_both_halves(language: str) -> None:
    words = wording(language)
    one_off = joined(drawn(0.6, 0.2, 100), drawn(0.9, 0.85, 100))
    said = halves_sentence(one_off, words)
    assert said == words("calibration.halves.one_off", less="+0.4000", more="+0.0500")
    # Off to the other side, but by less than chance explains.
    within_chance = joined(drawn(0.6, 0.2, 100), drawn(0.9, 0.95, 100))
    apart = joined(drawn(0.6, 0.2, 100), drawn(0.7, 0.95, 100))
    ruled_out = halves_sentence(apart, words).split("**")[1]
    for predictions in (one_off, within_chance):
        assert ruled_out not in halves_sentence(predictions, words)


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


def nll(scores: np.ndarray, labels: np.ndarray, temperature: float) -> float:
    shares = log_softmax(scores, temperature=temperature)
    return float(-shares[np.arange(len(labels)), labels].mean())


@pytest.mark.parametrize(("name", "bins"), [("source", 15), ("raw", 10), ("spiral", 30)])
def test_every_stop_is_core_at_its_temperature(name: str, bins: int) -> None:
    found = ready_judgement(name)
    film = temperature_film(found, bins, 0.777, WORDS, "light")
    test, chosen = found.model.data.test, found.model.data.validation
    z, v = (found.model.scores(part.inputs) for part in (test, chosen))
    fitted = fit_temperature(v, chosen.labels)
    assert {0.777, 1.0, fitted} <= set(film.stops)
    assert film.stops[0] < min(1, fitted) / 3
    assert film.stops[-1] > max(1, fitted) * 3

    losses = values(points(film, "nll")[None])
    assert losses == pytest.approx([nll(z, test.labels, t) for t in film.stops], rel=1e-12)
    losses = values(points(film, "validation_nll")[None])
    assert losses == pytest.approx([nll(v, chosen.labels, t) for t in film.stops], rel=1e-12)
    best = points(film, "fitted_temperature")[None]
    assert set(values(best)) == {fitted} == set(best["x"])
    assert set(best["y"]) == {min(losses)}, "the mark is where the validation loss is least"

    bars, diamonds = (points(film, f"bin_{each}", panel=1) for each in ("accuracy", "confidence"))
    counts = points(film, "count", panel=2)
    assert bars.keys() == diamonds.keys() == counts.keys()
    for place, t in enumerate(film.stops):
        a = softmax(z, temperature=t)
        core = reliability(a, test.labels, bins=bins)
        for b in range(1, bins + 1):
            if b not in bars:
                assert core.count[b - 1] == 0
                continue
            assert values(counts[b])[place] == core.count[b - 1]
            assert values(bars[b])[place] == core.accuracy[b - 1]
            assert values(diamonds[b])[place] == core.confidence[b - 1]
            at, height = diamonds[b]["x"][place], diamonds[b]["y"][place]
            if core.count[b - 1]:
                assert (at + 0.5) / bins == pytest.approx(core.confidence[b - 1], abs=0.003)
                assert height == pytest.approx(core.confidence[b - 1], abs=1e-4)
            else:
                assert height is None, "an empty bin has no confidence"
        error = expected_calibration_error(a, test.labels, bins=bins)
        assert share_text(error) in film.says[place]
        assert share_text(float(a.max(axis=1).mean())) in film.says[place]
