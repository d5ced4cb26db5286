"""The worked numbers that the lessons show.

Provenance: the source documents' examples, recomputed with mpmath at 50 digits and rounded to the
digits given here; where a document misprints one, the right number stands here.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import core

SQUARED = {"logits": [1, 2, 3, 0, 1], "targets": 3, "loss": "mean_squared_error"}


@pytest.mark.parametrize(
    ("logits", "expected"),
    [
        ([3, 1, -3], [0.87887824, 0.11894324, 0.00217852]),
        ([2, 3, 4], [0.09003057, 0.24472847, 0.66524096]),
        ([1, 2, 3, 0, 1], [0.08015892, 0.21789455, 0.59229879, 0.02948882, 0.08015892]),
    ],
    ids=str,
)
def test_softmax(logits: list[float], expected: list[float]) -> None:
    np.testing.assert_allclose(core.softmax(logits), expected, rtol=0, atol=5e-9)


def test_cross_entropy_of_the_second_class() -> None:
    result = core.softmax_loss([2, 3, 4], 1)
    assert result.value == pytest.approx(1.4076059644443804, abs=4e-16)
    np.testing.assert_allclose(
        result.grad_logits, [0.09003057, -0.75527153, 0.66524096], rtol=0, atol=5e-9
    )


def test_squared_error_of_the_fourth_class() -> None:
    result = core.softmax_loss(**SQUARED)  # type: ignore[arg-type]
    assert result.value == pytest.approx(0.27060774825411876, abs=1e-16)
    np.testing.assert_allclose(
        result.grad_logits,
        [-0.00969502, -0.01434905, 0.0496989, -0.01595981, -0.00969502],
        rtol=0,
        atol=5e-9,
    )


@pytest.mark.parametrize(("step", "expected"), [(1e-10, 2.8e-7), (1e-5, 2.4e-12)], ids=str)
def test_a_step_of_1e_10_is_five_orders_worse_than_1e_5(step: float, expected: float) -> None:
    f = core.analytic_loss(SQUARED["targets"], "mean_squared_error")  # type: ignore[arg-type]
    numeric = core.central_difference(f, SQUARED["logits"], step=step)  # type: ignore[arg-type]
    right = core.softmax_loss(**SQUARED).grad_logits  # type: ignore[arg-type]
    error = np.abs(numeric - right).max()
    # The last bits of f decide the exact figure: its size is the fact.
    assert expected / 3 < error < expected * 3, f"off by {error:.3g}, expected about {expected:.2g}"


def test_cross_entropy_with_respect_to_the_probabilities() -> None:
    cross_entropy = core.LOSSES["cross_entropy"]
    a, y = [0.2, 0.3, 0.5], [0, 1, 0]
    assert cross_entropy.value(a, y) == pytest.approx(1.2039728, abs=5e-8)
    np.testing.assert_allclose(cross_entropy.gradient(a, y), [0, -1 / 0.3, 0], rtol=1e-15)


def test_ten_actions_of_which_the_tenth_wins() -> None:
    p = [0.05, 0.1, 0.08, 0.12, 0.07, 0.06, 0.11, 0.09, 0.09, 0.23]
    assert core.top_k(p, 1).tolist() == [9]
    assert core.top_k(p, 3).tolist() == [9, 3, 6]


@pytest.mark.parametrize("targets", [0, [1, 0]], ids=["label", "distribution"])
@pytest.mark.parametrize("loss", ["cross_entropy", "kl_divergence"])
def test_a_loss_far_below_eps_is_shown(loss: str, targets: Any) -> None:
    # log(1 + e^-40) and the derivatives -+e^-40 / (1 + e^-40), by mpmath.
    result = core.softmax_loss([40, 0], targets, loss=loss)
    assert result.value == pytest.approx(4.248354255291589e-18, rel=1e-15)
    np.testing.assert_allclose(
        result.grad_logits, [-4.248354255291589e-18, 4.248354255291589e-18], rtol=1e-15
    )


def test_two_classes_are_the_sigmoid() -> None:
    x = np.linspace(-30, 30, 61)
    a = core.softmax(np.stack([x, np.zeros_like(x)], axis=-1))
    np.testing.assert_allclose(a[:, 0], 1 / (1 + np.exp(-x)), rtol=1e-15)


@pytest.mark.parametrize(
    ("dtype", "overflows"), [("float16", 12), ("float32", 89), ("float64", 710)]
)
def test_the_naive_form_overflows_at(dtype: Any, overflows: int) -> None:
    fits = core.naive_softmax(np.array([overflows - 1, 0], dtype=dtype))
    fails = core.naive_softmax(np.array([overflows, 0], dtype=dtype))
    assert np.isfinite(fits).all(), fits
    assert np.isnan(fails[0]), fails
    assert fails[1] == 0
    assert core.exponentials(np.array([overflows, 0], dtype=dtype)).tolist() == [np.inf, 1]


def test_the_naive_form_divides_by_0_where_softmax_does_not() -> None:
    assert np.isnan(core.naive_softmax([-1000, -1000])).all()
    assert core.softmax([-1000, -1000]).tolist() == [0.5, 0.5]


def test_squared_error_does_not_move_when_confidently_wrong() -> None:
    wrong = [20, 0]
    squared = core.softmax_loss(wrong, 1, loss="mean_squared_error").grad_logits
    cross = core.softmax_loss(wrong, 1).grad_logits
    assert np.abs(squared).max() < 1e-8
    assert np.abs(cross).max() > 0.99
