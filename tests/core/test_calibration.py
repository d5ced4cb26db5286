"""Reliability on cases known by hand and beside a second way of counting; fitted temperatures."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import (
    InvalidInput,
    expected_calibration_error,
    fit_temperature,
    reliability,
    softmax,
    softmax_loss,
)

# Six predictions of two classes: confidences 0.9, 0.9, 0.9, 0.6, 0.6, 1.0.
A = [[0.9, 0.1], [0.1, 0.9], [0.9, 0.1], [0.6, 0.4], [0.4, 0.6], [1.0, 0.0]]
Y = [0, 1, 1, 0, 0, 0]


def test_by_hand() -> None:
    found = reliability(A, Y, bins=10)
    assert found.edges == pytest.approx(np.arange(11) / 10)
    assert found.count.tolist() == [0, 0, 0, 0, 0, 2, 0, 0, 3, 1]
    assert found.confidence == pytest.approx([0, 0, 0, 0, 0, 0.6, 0, 0, 0.9, 1])
    assert found.accuracy == pytest.approx([0, 0, 0, 0, 0, 1 / 2, 0, 0, 2 / 3, 1])
    gaps = 2 * abs(1 / 2 - 0.6) + 3 * abs(2 / 3 - 0.9) + 0
    assert expected_calibration_error(A, Y, bins=10) == pytest.approx(gaps / 6)


def test_one_bin_compares_the_means() -> None:
    assert expected_calibration_error(A, Y, bins=1) == pytest.approx(abs(4.9 / 6 - 4 / 6))


def test_of_a_tie_the_lower_class_is_the_prediction() -> None:
    assert reliability([[0.5, 0.5]], [0], bins=2).accuracy.tolist() == [1, 0]
    assert reliability([[0.5, 0.5]], [1], bins=2).accuracy.tolist() == [0, 0]


def test_always_right_and_sure_is_no_error() -> None:
    assert expected_calibration_error(np.eye(4), range(4)) == 0
    assert expected_calibration_error(np.eye(4), [1, 2, 3, 0]) == 1


def counted_one_by_one(a: np.ndarray, y: np.ndarray, bins: int) -> float:
    total = 0.0
    for b in range(bins):
        inside = [k for k in range(len(a)) if b < a[k].max() * bins <= b + 1]
        sure = sum(float(a[k].max()) for k in inside)
        right = sum(1 for k in inside if list(a[k]).index(a[k].max()) == y[k])
        total += abs(right - sure)
    return total / len(a)


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.sampled_from([1, 2, 15, 40]), st.integers(2, 6))
def test_beside_counting_one_by_one(seed: int, bins: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    a = softmax(3 * rng.standard_normal((50, classes)))
    y = rng.integers(classes, size=50)
    assert expected_calibration_error(a, y, bins=bins) == pytest.approx(
        counted_one_by_one(a, y, bins), abs=1e-12
    )


def test_batch_axes_make_no_difference() -> None:
    a, y = np.array(A).reshape(2, 3, 2), np.reshape(Y, (2, 3))
    assert reliability(a, y).count.tolist() == reliability(A, Y).count.tolist()


def sampled(temperature: float, count: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Labels drawn from softmax(z / T)."""
    rng = np.random.default_rng(1)
    z = 4 * rng.standard_normal((count, 3))
    a = softmax(z, temperature=temperature)
    return z, (rng.random((count, 1)) > a.cumsum(axis=1)).sum(axis=1)


@pytest.mark.parametrize("temperature", [0.5, 1.0, 3.0])
def test_the_fitted_temperature_is_the_best(temperature: float) -> None:
    z, y = sampled(temperature)
    fitted = fit_temperature(z, y)
    assert fitted == pytest.approx(temperature, rel=0.2)

    def loss(t: float) -> float:
        return float(softmax_loss(z, y, temperature=t).value)

    assert all(loss(fitted) < loss(fitted * c) for c in (0.9, 0.999, 1.001, 1.1))


def test_beside_a_root_found_in_thirty_digits() -> None:
    mpmath = pytest.importorskip("mpmath")
    z, y = sampled(2.0, count=20)
    with mpmath.workdps(30):

        def slope(b: Any) -> Any:
            total = mpmath.mpf(0)
            for row, t in zip(z.tolist(), y, strict=True):
                e = [mpmath.exp(b * x) for x in row]
                total += mpmath.fsum(p * x for p, x in zip(e, row, strict=True)) / mpmath.fsum(e)
                total -= row[t]
            return total

        exact = 1 / mpmath.findroot(slope, 0.5)
    assert fit_temperature(z, y) == pytest.approx(float(exact), rel=1e-13)


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e3, 1e6])
def test_scaled_logits_scale_the_temperature(scale: float) -> None:
    z, y = sampled(2.0)
    assert fit_temperature(scale * z, y) == pytest.approx(scale * fit_temperature(z, y), rel=1e-12)
    assert fit_temperature(z + scale, y) == pytest.approx(fit_temperature(z, y), rel=1e-6)


def test_two_classes_in_closed_form() -> None:
    # One label of four is wrong, all logits (d, 0): sigmoid(d / T) = 3/4.
    d = 5.0
    assert fit_temperature([[d, 0]] * 4, [0, 0, 0, 1]) == pytest.approx(d / math.log(3))


def test_a_masked_class_does_not_count() -> None:
    z, y = sampled(2.0)
    masked = np.column_stack([z, np.full(len(z), -np.inf)])
    assert fit_temperature(masked, y) == pytest.approx(fit_temperature(z, y), rel=1e-14)


@pytest.mark.parametrize(
    ("logits", "labels", "says"),
    [
        ([[2.0, 1.0], [0.0, 3.0]], [0, 1], "largest logit"),
        ([[2.0, 1.0], [0.0, 3.0]], [1, 0], "no larger"),
        ([[1.0, 1.0], [1.0, 1.0]], [0, 1], "the same at every T"),
        ([[0.0, -np.inf]], [1], "masked"),
        ([[0.0, 1.0]], [2], "accepted: whole numbers from 0 to 1"),
        ([[0.0, 1.0]], [0, 1], "shape"),
        ([[0.0, np.nan]], [0], "logits"),
    ],
)
def test_no_temperature_is_made_up(logits: object, labels: object, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        fit_temperature(logits, labels)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (([[1.2, -0.2]], [0], 15), r"^probabilities: "),
        (([[0.5, np.nan]], [0], 15), r"^probabilities: "),
        (([[0.5, 0.5]], [2], 15), r"^labels: "),
        (([[0.5, 0.5]], [[0]], 15), r"^labels: .*shape"),
        (([[0.5, 0.5]], [0], 0), r"^bins: "),
        (([[0.5, 0.5]], [0], 1.5), r"^bins: "),
    ],
)
def test_reliability_refuses(wrong: tuple[object, object, int], says: str) -> None:
    a, y, bins = wrong
    with pytest.raises(InvalidInput, match=says):
        reliability(a, y, bins=bins)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match=says):
        expected_calibration_error(a, y, bins=bins)  # type: ignore[arg-type]
