"""What predictions are worth: intervals, signs, what chance does, halves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import softmax
from pages.lessons.calibration.predictions import (
    Predictions,
    chance_error,
    halves,
    intervals,
    signs,
    verdict,
    wilson,
)
from tests.pages.calibration import BINS, drawn, joined


# Newcombe (1998), Two-sided confidence intervals for the single proportion, table I, method 3.
@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilsons_interval(right: int, count: int, low: float, high: float) -> None:
    assert wilson(right, count) == pytest.approx((low, high), abs=5e-5)
    assert wilson(count - right, count) == pytest.approx((1 - high, 1 - low), abs=5e-5)


def test_each_bin_has_its_interval() -> None:
    found = joined(drawn(0.6, 0.5, 10), drawn(0.9, 1.0, 20)).reliability(10)
    low, high = intervals(found)
    assert (low[5], high[5]) == wilson(5, 10)
    assert (low[8], high[8]) == wilson(20, 20)
    assert (low[0], high[0]) == (0, 1), "an empty bin knows nothing"


def test_the_two_signs_are_the_calibration_error() -> None:
    both = joined(drawn(0.6, 0.8, 100), drawn(0.95, 0.7, 300))
    over, under = signs(both.reliability(BINS))
    assert over == pytest.approx(0.25 * 3 / 4)
    assert under == pytest.approx(0.2 / 4)
    assert over + under == pytest.approx(both.error(BINS))


@pytest.mark.parametrize(
    ("predictions", "expected"),
    [
        (drawn(0.9, 0.7), "over"),
        (drawn(0.7, 0.9), "under"),
        (drawn(0.7, 0.7), "chance"),
        (drawn(0.9, 0.7, 10), "chance"),
        (joined(drawn(0.6, 0.8), drawn(0.95, 0.7)), "both"),
        (joined(drawn(0.6, 0.62), drawn(0.95, 0.7)), "over"),
    ],
)
def test_a_verdict_needs_numbers_that_bear_it_out(predictions: Predictions, expected: str) -> None:
    assert verdict(predictions, BINS) == expected


def test_what_chance_does() -> None:
    # One bin of N samples of confidence 1/2: the mean of N coins, 1.96 standard errors.
    count = 2000
    near = 1.96 * 0.5 / math.sqrt(count)
    assert chance_error(np.full(count, 0.5), 1) == pytest.approx(near, rel=0.15)
    assert chance_error(np.ones(50), BINS) == 0
    sure = np.linspace(0.4, 1, 300)
    assert chance_error(sure, 50) > 1.5 * chance_error(sure, 5)


def test_a_calibrated_model_is_within_chance_in_most_draws() -> None:
    rng = np.random.default_rng(3)
    scores = 2 * rng.standard_normal((300, 3))
    shares = softmax(scores)
    outside = 0
    for _ in range(100):
        labels = (rng.random((300, 1)) > shares.cumsum(axis=1)).sum(axis=1)
        outside += verdict(Predictions(scores, labels), BINS) != "chance"
    assert outside <= 12, "of 100, 5 are to be expected"


def test_halves_by_confidence() -> None:
    less, more = halves(joined(drawn(0.9, 0.9, 100), drawn(0.6, 0.2, 100)))
    assert (less.confidence, less.accuracy) == pytest.approx((0.6, 0.2))
    assert (more.confidence, more.accuracy) == pytest.approx((0.9, 0.9))
    assert less.noise == pytest.approx(math.sqrt(0.6 * 0.4 / 100))
    assert (less.is_off, more.is_off) == (True, False)
