"""A model judged on what is held out from it: its numbers, its temperature, far away."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import (
    InvalidInput,
    NoBestTemperature,
    expected_calibration_error,
    fit_temperature,
    reliability,
    softmax,
    softmax_loss,
)
from pages.lessons.calibration import judgement as judgement_module
from pages.lessons.calibration.courses import DISTANCES, losses_at
from pages.lessons.calibration.judgement import fitted_temperature, judge
from pages.lessons.calibration.meaning import base_rate
from pages.lessons.calibration.predictions import Predictions, halves, verdict
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.training.workplace import READY
from pages.writing.wording import LANGUAGES, wording
from tests.pages.calibration import BINS
from tests.pages.small_models import model_of


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
    assert found.before.mean_confidence == pytest.approx(total / count)
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
    found = judge(model_of(TEST, validation))
    assert (found.temperature, found.why_none, found.after) == (None, why, None)


def test_another_refusal_of_core_is_not_taken_for_no_best_temperature(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> float:
        raise InvalidInput("logits: [0] is nan; accepted: finite numbers")

    monkeypatch.setattr(judgement_module, "fit_temperature", refused)
    with pytest.raises(InvalidInput, match="nan"):
        judge(model_of(TEST, ([[3.0, 1.0], [0.0, 1.0]], [0, 0])))


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


def test_the_page_knows_each_of_cores_reasons() -> None:
    cases: dict[str, tuple[list[list[float]], list[int]]] = {
        "zero": ([[2.0, 1.0], [0.0, 3.0]], [0, 1]),
        "infinite": ([[2.0, 1.0], [0.0, 3.0]], [1, 0]),
        "flat": ([[1.0, 1.0], [0.0, 0.0]], [1, 0]),
    }
    assert cases.keys() == NoBestTemperature.WORDS.keys()
    for reason, (scores, labels) in cases.items():
        with pytest.raises(NoBestTemperature) as refused:
            fit_temperature(scores, labels)
        assert refused.value.reason == reason
        for language in LANGUAGES:
            assert wording(language).label(f"calibration.temperature.{reason}")


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
    test, course = found.model.data.test, found.by_distance(10)
    shares = softmax(10 * test.inputs @ found.model.weights.T + found.model.bias)
    at = course.stops.tolist().index(10)
    assert course.confidences[0, at] == pytest.approx(shares.max(axis=1).mean())
    assert course.accuracy[at] == (shares.argmax(axis=1) == test.labels).mean()
    assert set(DISTANCES) <= set(course.stops)
    assert course.confidences[0, 0] < 0.7
    assert course.confidences[0, -1] > 0.98
    assert course.confidences[:, 0].tolist() == pytest.approx(
        [
            found.before.mean_confidence,
            *np.quantile(found.before.confidences, [0.05, 0.25, 0.5, 0.75, 0.95]),
        ],
        abs=0.02,
    )


def test_a_stop_of_ones_own_lies_among_the_others() -> None:
    found = ready_judgement("spiral")
    for course, own in ((found.by_distance(12.34), 12.34), (found.by_temperature(7, 90.5), 90.5)):
        stops = course.stops.tolist()
        assert stops == sorted({*stops, own})
        assert {part.shape[-1] for part in course} == {len(stops)}
    others = found.by_distance(1)
    kept = np.isin(found.by_distance(12.34).stops, others.stops)
    assert np.array_equal(found.by_distance(12.34).confidences[:, kept], others.confidences)
    assert found.by_temperature(7, 90.5).loss[-1] == found.at_temperature(90.5).loss


def test_losses_at_many_temperatures_are_those_of_core_at_each() -> None:
    rng = np.random.default_rng(3)
    scores, labels = rng.normal(0, 4, (20, 5)), rng.integers(0, 5, 20)
    scores[0, (labels[0] + 1) % 5] = 1e300  # and what underflows beside it has an infinite loss
    temperatures = np.array([1e-300, 0.01, 0.7, 1.0, 9.3, 1e300])
    for rows in (slice(1, None), slice(None)):
        found = losses_at(temperatures, scores[rows], labels[rows])
        each = [softmax_loss(scores[rows], labels[rows], temperature=t).value for t in temperatures]
        assert found == pytest.approx(each, rel=1e-14, abs=0)


@pytest.mark.parametrize("name", ["source", "raw"])
def test_raw_pixels_come_back(name: str) -> None:
    data = ready_judgement(name).model.data
    raw = data.raw
    assert raw.max() == 16
    assert (raw == np.round(raw)).all()
    assert np.array_equal(data.scale.apply(raw), data.test.inputs)
