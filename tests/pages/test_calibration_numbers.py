"""What the lesson on calibration says of predictions: intervals, signs, chance, a temperature."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import (
    InvalidInput,
    expected_calibration_error,
    fit_temperature,
    reliability,
    softmax,
)
from pages.lessons.calibration import judgement as judging
from pages.lessons.calibration.chosen import ready_judgement
from pages.lessons.calibration.distance_figure import STOPS
from pages.lessons.calibration.judgement import (
    NONE_IS_BEST,
    base_rate,
    fitted_temperature,
    judgement,
)
from pages.lessons.calibration.predictions import (
    Half,
    Predictions,
    chance_error,
    halves,
    intervals,
    signs,
    verdict,
    wilson,
)
from pages.lessons.calibration.tables import range_text, share_text, worth_sentence
from pages.lessons.calibration.temperature import effect_sentence, halves_sentence, need
from pages.lessons.training.workplace import READY
from pages.writing.wording import LANGUAGES, wording
from tests.pages.small_models import model_of

BINS = 15


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


def drawn(sure: float, right: float, count: int = 1000) -> Predictions:
    """Predictions of one confidence, of two classes, so many of them right."""
    hits = round(right * count)
    scores = np.tile(np.log([sure, 1 - sure]), (count, 1))
    return Predictions(scores, np.array([0] * hits + [1] * (count - hits)))


def joined(*parts: Predictions) -> Predictions:
    return Predictions(
        np.concatenate([p.scores for p in parts]), np.concatenate([p.labels for p in parts])
    )


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


@pytest.mark.parametrize("name", READY)
def test_a_ready_model_beside_counting_one_by_one(name: str) -> None:
    found = ready_judgement(name)
    test = found.model.data.test
    total, hits, likelihood = 0.0, 0, 0.0
    bins: dict[int, list[float]] = {}
    for x, label in zip(test.inputs, test.labels, strict=True):
        z = (found.model.weights @ x + found.model.bias).tolist()
        e = [math.exp(v - max(z)) for v in z]
        sure, right = max(e) / sum(e), e.index(max(e)) == label
        hits += right
        likelihood += math.log(sum(e)) + max(z) - z[label]
        bins.setdefault(min(math.ceil(sure * BINS) - 1, BINS - 1), []).append(sure - right)
        total += sure
    count = len(test)
    assert found.before.accuracy == pytest.approx(hits / count)
    assert found.before.confidence == pytest.approx(total / count)
    assert found.before.loss == pytest.approx(likelihood / count)
    error = sum(abs(sum(gaps)) for gaps in bins.values()) / count
    assert found.before.error(BINS) == pytest.approx(error)


def test_the_ready_models_are_what_the_texts_say() -> None:
    source, raw, spiral = (ready_judgement(name) for name in READY)
    assert verdict(source.before, BINS) == "under"
    assert verdict(raw.before, BINS) == "over"
    assert source.temperature == pytest.approx(0.55, abs=0.05)
    # Of step size 1 on pixels up to 16 the last digits depend on the machine.
    assert raw.temperature == pytest.approx(24, abs=6)
    assert spiral.temperature == pytest.approx(1, abs=0.05)
    for found in (source, raw, spiral):
        assert found.after is not None
        assert found.after.accuracy == found.before.accuracy
    assert source.after.error(BINS) < source.before.error(BINS) / 3
    assert spiral.after.error(BINS) == pytest.approx(spiral.before.error(BINS), abs=0.005)
    less, more = halves(spiral.after)
    assert less.is_off
    assert less.gap > 0.2
    assert not more.is_off


def test_core_judges_at_the_fitted_temperature() -> None:
    found = ready_judgement("source")
    z, labels, t = found.before.scores, found.before.labels, found.temperature
    assert found.after is not None
    assert t is not None
    shares = softmax(z, temperature=t)
    assert found.after.error(BINS) == expected_calibration_error(shares, labels, bins=BINS)
    counts = reliability(shares, labels, bins=BINS).count
    assert found.after.reliability(BINS).count.tolist() == counts.tolist()


TEST = ([[2.0, 1.0], [0.0, 3.0], [1.0, 0.0]], [0, 1, 1])


@pytest.mark.parametrize(
    ("validation", "why"),
    [
        (([[2.0, 1.0], [0.0, 3.0]], [0, 1]), "zero"),
        (([[1.0, 1.0], [2.0, 2.0]], [0, 1]), "flat"),
        (([[1.0, 1.0], [1.0, 0.0]], [1, 0]), "zero"),
        (([[1.0, 1.0], [1.0, 0.0]], [1, 1]), "infinite"),
        (([[0.1, 0.3], [0.3, 0.1]], [0, 0]), "infinite"),
        (([[2.0, 1.0], [0.0, 3.0]], [1, 0]), "infinite"),
        (([], []), "empty"),
    ],
)
def test_no_temperature_where_none_is_best(
    validation: tuple[list[list[float]], list[int]], why: str
) -> None:
    found = judgement(model_of(TEST, validation))
    assert (found.temperature, found.why_none, found.after) == (None, why, None)


def test_another_refusal_of_core_is_not_taken_for_no_best_temperature(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> float:
        raise InvalidInput("logits: [0] is nan; accepted: finite numbers")

    monkeypatch.setattr(judging, "fit_temperature", refused)
    with pytest.raises(InvalidInput, match="nan"):
        judgement(model_of(TEST, ([[3.0, 1.0], [0.0, 1.0]], [0, 0])))


# Beside scores of this size the others differ; a size of 0 leaves only what is alike in a row.
SIZES = (0.0, 5e-324, 1e-310, 1e-200, 1e-17, 1e-8, 0.1, 1.0, 1e3, 1e16, 1e100, 1e202)


def test_a_temperature_or_why_none_is_best_is_never_a_guess() -> None:
    rng = np.random.default_rng(5)
    seen = set()
    for _ in range(3000):
        n = int(rng.integers(2, 5))
        size = rng.choice(SIZES)
        scores = size * rng.integers(0, 3, (int(rng.integers(1, 6)), n))
        if rng.random() < 0.3:
            scores[:] = scores[:1]
        if rng.random() < 0.3:
            scores += rng.choice([1e-300, 0.1, 14.62])
        labels = rng.integers(0, n, len(scores))
        found = fitted_temperature(scores, labels)
        apart = float(np.ptp(scores, axis=1).max())
        wide = [Predictions(scores, labels, t).loss for t in np.geomspace(0.01, 100, 9)]
        seen.add(found if isinstance(found, str) else "")
        if found == "flat":
            assert wide == pytest.approx([math.log(n)] * 9, abs=1e-9)
            continue
        across = [t for t in apart * np.geomspace(1e-3, 1e3, 25) if t > 1e-300]
        losses = [Predictions(scores, labels, t).loss for t in across]
        if found == "zero":
            assert losses == pytest.approx(sorted(losses), abs=1e-12)
            assert losses[-1] > losses[0]
        elif found == "infinite":
            assert losses == pytest.approx(sorted(losses, reverse=True), abs=1e-12)
        else:
            assert isinstance(found, float)
            assert Predictions(scores, labels, found).loss <= min(losses) + 1e-12
    assert seen == {"", "flat", "zero", "infinite"}


def test_scores_that_are_even_but_for_rounding_are_the_same_at_every_temperature() -> None:
    for apart in (1e-17, 2e-8, 5e-7):
        for count in (2, 6, 10):
            scores = np.tile([0.1, 0.1 + apart], (count, 1))
            assert fitted_temperature(scores, np.arange(count) % 2) == "flat"
    assert fitted_temperature(np.tile([0.1, 0.4], (6, 1)), np.arange(6) % 2) == "infinite"


@pytest.mark.parametrize(
    ("scores", "labels"),
    [
        ([[2.0, 1.0], [0.0, 3.0]], [0, 1]),
        ([[2.0, 1.0], [0.0, 3.0]], [1, 0]),
        ([[1.0, 1.0], [0.0, 0.0]], [1, 0]),
    ],
)
def test_the_page_knows_each_of_cores_reasons(scores: list[list[float]], labels: list[int]) -> None:
    with pytest.raises(InvalidInput) as refused:
        fit_temperature(scores, labels)
    assert sum(said in str(refused.value) for said in NONE_IS_BEST) == 1


def test_the_base_rates_know_nothing_and_are_calibrated() -> None:
    found = ready_judgement("source")
    plain = base_rate(found)
    train = found.model.data.train.labels
    shares = np.bincount(train) / len(train)
    assert plain.probabilities == pytest.approx(np.tile(shares, (len(found.before), 1)))
    assert plain.error(BINS) < 0.01
    assert plain.loss > 2 > found.before.loss


def test_ten_times_as_far() -> None:
    found = ready_judgement("spiral")
    test = found.model.data.test
    shares = softmax(10 * test.inputs @ found.model.weights.T + found.model.bias)
    at = found.course.factors.tolist().index(10)
    assert found.course.sure[0, at] == pytest.approx(shares.max(axis=1).mean())
    assert found.course.right[at] == (shares.argmax(axis=1) == test.labels).mean()
    assert set(STOPS) <= set(found.course.factors)
    assert found.course.sure[0, 0] < 0.7
    assert found.course.sure[0, -1] > 0.98
    assert found.course.sure[:, 0].tolist() == pytest.approx(
        [found.before.confidence, *np.quantile(found.before.sure, [0.05, 0.25, 0.5, 0.75, 0.95])],
        abs=0.02,
    )


@pytest.mark.parametrize("name", ["source", "raw"])
def test_raw_pixels_come_back(name: str) -> None:
    data = ready_judgement(name).model.data
    raw = data.raw
    assert raw.max() == 16
    assert (raw == np.round(raw)).all()
    assert np.array_equal(data.scale.seen(raw), data.test.inputs)
