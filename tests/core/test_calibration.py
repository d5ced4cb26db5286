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
    NoBestTemperature,
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


BEST = 0.76353200643729871  # by mpmath, of the rows below with -inf as the lowest


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("lowest", ["finfo", "-1e4", "half of finfo", "-inf"])
def test_only_minus_infinity_is_a_mask_and_no_logit_is_too_low(lowest: str, dtype: str) -> None:
    """A gap of 2^65 times the best T and more: what is far away is just improbable."""
    low = {
        "finfo": float(np.finfo(dtype).min),
        "half of finfo": float(np.finfo(dtype).min) / 2,
        "-1e4": -1e4,
        "-inf": -np.inf,
    }[lowest]
    z = np.array([[2, 0, low], [1.5, 0, -1], [0, 1, 0], [0.5, 0, 0]], dtype)
    assert fit_temperature(z, [0] * 4) == pytest.approx(BEST, rel=1e-14)
    if np.isfinite(low):  # a label there is improbable, and asks for a T as large
        with pytest.raises(NoBestTemperature) as caught:
            fit_temperature(z, [2, 0, 0, 0])
        assert caught.value.reason == "infinite"


@pytest.mark.parametrize("power", [-1070, -1000, -300, 0, 300, 1000, 1020])
def test_the_size_of_the_logits_does_not_matter(power: int) -> None:
    z = np.ldexp([[2, 0, -np.inf], [1.5, 0, -1], [0, 1, 0], [0.5, 0, 0]], power)
    digits = 1e-12 if power > -1000 else 0.05 if power < -1060 else 1e-6  # of subnormal logits
    assert math.ldexp(fit_temperature(z, [0] * 4), -power) == pytest.approx(BEST, rel=digits)


FLAT = {
    "zeros": (np.zeros((9, 3)), list(range(3)) * 3),
    "one number": (np.full((4, 2), 0.1), [0, 1, 1, 1]),
    "a number for each row": ([[1, 1], [5, 5], [-3, -3]], [0, 1, 0]),
    "masked but equal": ([[1, -np.inf, 1], [-np.inf, 2, 2]], [0, 2]),
    "one class free": ([[0.5, -np.inf]], [0]),
    "one class": ([[0.5], [2]], [0, 0]),
    "float32": (np.full((3, 3), 0.1, np.float32), [0, 1, 2]),
    "lowest": (np.full((3, 2), np.finfo(float).min), [0, 1, 0]),
}


@pytest.mark.parametrize("case", FLAT)
def test_of_equal_logits_the_likelihood_is_said_to_be_the_same_at_every_t(case: str) -> None:
    z, y = FLAT[case]
    with pytest.raises(NoBestTemperature, match=r"^logits: .* the same at every T") as caught:
        fit_temperature(z, y)
    assert caught.value.reason == "flat"


@pytest.mark.parametrize("scale", [1e-300, 0.1, 1e9, 1e300])
@pytest.mark.parametrize("classes", [2, 3, 7])
def test_labels_that_are_even_but_for_rounding_have_no_best_temperature(
    classes: int, scale: float
) -> None:
    """Every class as often as the others, all rows alike: rounding alone would choose a T."""
    row = scale * np.random.default_rng(classes).normal(size=classes)
    for times in (1, 5, 100):
        labels = np.tile(np.arange(classes), times)
        with pytest.raises(NoBestTemperature) as caught:
            fit_temperature(np.tile(row, (len(labels), 1)), labels)
        assert caught.value.reason == "infinite"


def test_labels_that_are_all_right_ask_for_the_smallest_temperature() -> None:
    with pytest.raises(NoBestTemperature, match=r"^labels: .* the smaller T") as caught:
        fit_temperature([[2.0, 1.0], [0.0, 3.0], [1.0, 1.0]], [0, 1, 0])
    assert caught.value.reason == "zero"


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("bins", [2, 3, 5, 10, 15, 20, 100])
def test_a_confidence_on_an_edge_lies_below_it_in_its_own_dtype(bins: int, dtype: str) -> None:
    """k / bins belongs to the bin that ends there, however the dtype rounds it."""
    for k in range(bins // 2 + 1, bins + 1):
        sure = np.array(k / bins, dtype)
        others = np.array([[sure, 1 - sure]], dtype)
        found = reliability(others, [0], bins=bins)
        assert found.count.argmax() == k - 1
        assert found.count.sum() == 1
        nearly = np.nextafter(sure, np.array(0, dtype), dtype=dtype)
        found = reliability(np.array([[nearly, 1 - nearly]], dtype), [0], bins=bins)
        assert found.count.argmax() == k - 1
        if k < bins:
            above = np.nextafter(sure, np.array(1, dtype), dtype=dtype)
            found = reliability(np.array([[above, 1 - above]], dtype), [0], bins=bins)
            assert found.count.argmax() == k


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_calibration_error_of_decimals_is_the_same_in_every_dtype(dtype: str) -> None:
    a = np.array([[0.6, 0.4], [0.7, 0.3]], dtype)
    assert expected_calibration_error(a, [0, 1], bins=10) == pytest.approx(0.55, abs=1e-3)


def test_half_precision_has_fewer_edges_than_a_million_bins() -> None:
    a = np.array([[0.6, 0.4], [1.0, 0.0]], np.float16)
    found = reliability(a, [0, 0], bins=10**6)
    assert found.count.sum() == 2
    assert found.confidence[found.count > 0] == pytest.approx([0.6, 1], abs=1e-3)
    with pytest.raises(InvalidInput, match="from 1 to 1000000"):
        reliability(a, [0, 0], bins=10**6 + 1)


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
