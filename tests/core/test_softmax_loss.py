"""Softmax and a loss in one step: targets, reductions, masked classes, losses of one's own."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import core

RNG = np.random.default_rng(5)
Z = RNG.normal(0, 2, (2, 3, 4))
LABELS = RNG.integers(0, 4, (2, 3))


@pytest.mark.parametrize("name", core.LOSSES)
def test_a_label_is_a_one_hot_distribution(name: str) -> None:
    by_label = core.softmax_loss(Z, LABELS, loss=name)
    by_distribution = core.softmax_loss(Z, core.one_hot(LABELS, 4), loss=name)
    for part in ("value", "probabilities", "grad_probabilities", "grad_logits"):
        actual, expected = getattr(by_label, part), getattr(by_distribution, part)
        np.testing.assert_allclose(actual, expected, rtol=1e-13, atol=1e-16, err_msg=part)


@pytest.mark.parametrize("kind", ["label", "soft"])
@pytest.mark.parametrize("name", core.LOSSES)
def test_reductions(name: str, kind: str) -> None:
    y: Any = LABELS if kind == "label" else core.softmax(RNG.normal(size=Z.shape))
    each = core.softmax_loss(Z, y, loss=name, reduction="none")
    total = core.softmax_loss(Z, y, loss=name, reduction="sum")
    mean = core.softmax_loss(Z, y, loss=name)
    assert each.value.shape == (2, 3)
    assert total.value == pytest.approx(each.value.sum(), rel=1e-14)
    assert mean.value == pytest.approx(each.value.mean(), rel=1e-14)
    for part in ("grad_probabilities", "grad_logits"):
        np.testing.assert_array_equal(getattr(total, part), getattr(each, part))
        np.testing.assert_allclose(getattr(mean, part) * 6, getattr(each, part), rtol=1e-14)
    for index in np.ndindex(2, 3):
        alone = core.softmax_loss(Z[index], y[index], loss=name)
        assert alone.value == each.value[index]
        np.testing.assert_array_equal(alone.grad_logits, each.grad_logits[index])


@pytest.mark.parametrize("name", core.LOSSES)
def test_everything_is_in_the_logits_dtype(name: str, subtests: pytest.Subtests) -> None:
    for dtype, reduction in itertools.product(
        ("float16", "float32", "float64"), ("mean", "sum", "none")
    ):
        with subtests.test(dtype=dtype, reduction=reduction):
            for targets in (LABELS, core.one_hot(LABELS, 4)):
                result = core.softmax_loss(Z.astype(dtype), targets, loss=name, reduction=reduction)
                assert result.value.dtype == dtype
                for part in (result.probabilities, result.grad_probabilities, result.grad_logits):
                    assert part.dtype == dtype
                    assert part.shape == Z.shape


def test_the_probabilities_are_those_of_softmax() -> None:
    for targets in (LABELS, core.one_hot(LABELS, 4)):
        result = core.softmax_loss(Z, targets, temperature=0.3)
        np.testing.assert_array_equal(result.probabilities, core.softmax(Z, temperature=0.3))


@pytest.mark.parametrize("name", core.LOSSES)
def test_grad_logits_is_grad_probabilities_through_softmax(name: str) -> None:
    result = core.softmax_loss(Z, LABELS, loss=name, temperature=0.8)
    expected = core.softmax_vjp(result.probabilities, result.grad_probabilities, temperature=0.8)
    np.testing.assert_allclose(result.grad_logits, expected, rtol=0, atol=1e-15)


def test_a_label_on_a_masked_class() -> None:
    a = core.softmax([-np.inf, 0, 1])
    for targets in (0, [1, 0, 0]):
        result = core.softmax_loss([-np.inf, 0, 1], targets)
        assert result.value == np.inf
        np.testing.assert_allclose(result.grad_logits, a - [1, 0, 0], rtol=1e-15)
        assert result.grad_probabilities.tolist() == [-np.inf, 0, 0]


def test_grad_probabilities_where_a_probability_underflows() -> None:
    # y = 0 gives 0 and y > 0 gives -inf where a is 0: never 0/0.
    result = core.softmax_loss([1e4, -1e4, -1e4], [0.5, 0.5, 0])
    assert result.grad_probabilities.tolist() == [-0.5, -np.inf, 0]
    assert result.grad_logits.tolist() == [0.5, -0.5, 0]


def test_no_number_is_minus_0() -> None:
    for name in core.LOSSES:
        for targets in (0, [1, 0, 0]):
            r = core.softmax_loss([1e4, -1e4, 0], targets, loss=name)
            for part in (r.value, r.grad_probabilities, r.grad_logits):
                assert not (np.signbit(part) & (np.asarray(part) == 0)).any(), (name, part)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_targets_may_miss_1_by_what_their_own_dtype_rounds(dtype: str) -> None:
    thirds = np.full(3, 1 / 3).astype(dtype)
    assert core.softmax_loss([0, 0, 0], thirds).value == pytest.approx(np.log(3), rel=1e-3)


def test_whole_floats_are_labels() -> None:
    assert core.softmax_loss([2, 3, 4], 1.0).value == core.softmax_loss([2, 3, 4], 1).value


def test_a_loss_of_ones_own_needs_a_value_and_a_gradient_only() -> None:
    # Written for one row, with no axis: it must be called with the logits' own shape.
    absolute_cubed = core.Loss(
        value=lambda a, y: np.sum((a - y) ** 4), gradient=lambda a, y: 4 * (a - y) ** 3
    )
    z = np.array([1.0, -0.5, 0.2])
    result = core.softmax_loss(z, 2, loss=absolute_cubed, temperature=0.6)
    f = core.analytic_loss(2, absolute_cubed, temperature=0.6)
    check = core.check_gradient(f, result.grad_logits, z, method="complex")
    assert check.passed, check
    assert check.conclusive
    assert f(z) == pytest.approx(result.value, rel=1e-15)


def test_an_entry_of_losses_may_be_handed_over_itself() -> None:
    expected = core.softmax_loss(Z, LABELS, loss="focal").value
    assert core.softmax_loss(Z, LABELS, loss=core.LOSSES["focal"]).value == expected
    assert core.softmax_loss(Z, LABELS, loss=core.focal(2)).value == expected


@pytest.mark.parametrize("kind", ["label", "soft"])
@pytest.mark.parametrize("name", core.LOSSES)
def test_analytic_loss_is_the_value_for_real_and_complex_logits(name: str, kind: str) -> None:
    y: Any = LABELS if kind == "label" else core.softmax(RNG.normal(size=Z.shape))
    f = core.analytic_loss(y, name, temperature=0.9)
    expected = core.softmax_loss(Z, y, loss=name, temperature=0.9).value
    assert f(Z) == pytest.approx(expected, rel=1e-14)
    assert f(Z.astype(complex)).real == pytest.approx(expected, rel=1e-14)
    assert f(Z.astype(np.complex64)).dtype == np.complex64


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", core.LOSSES)
def test_analytic_loss_may_be_summed_or_taken_row_by_row(name: str, dtype: str) -> None:
    z = Z.astype(dtype)
    for reduction in ("none", "sum", "mean"):
        f = core.analytic_loss(LABELS, name, temperature=0.9, reduction=reduction)
        expected = core.softmax_loss(
            z, LABELS, loss=name, temperature=0.9, reduction=reduction
        ).value
        assert f(z).shape == expected.shape
        assert f(z).dtype == expected.dtype
        np.testing.assert_allclose(f(z), expected, rtol=4 * np.finfo(dtype).eps)
        np.testing.assert_allclose(f(z + 0j).real, expected, rtol=4 * np.finfo(dtype).eps)


@pytest.mark.parametrize("temperature", [1, 0.5])
@pytest.mark.parametrize("name", core.LOSSES)
def test_analytic_loss_of_complex_logits_keeps_a_class_masked(
    name: str, temperature: float
) -> None:
    z = np.array([-np.inf, 0.5, 1])
    soft = [0, 0.25, 0.75]
    value = core.analytic_loss(soft, name, temperature=temperature)(z + 0j)
    expected = core.softmax_loss(z, soft, loss=name, temperature=temperature).value
    assert value.real == pytest.approx(expected, rel=1e-15)


def test_analytic_loss_keeps_the_targets_it_was_given() -> None:
    y = np.array([0.5, 0.5])
    f = core.analytic_loss(y, "cross_entropy")
    before = f([1, 2])
    y[:] = [1, 0]
    assert f([1, 2]) == before


def test_the_mean_of_large_losses_is_no_infinity() -> None:
    logits = np.array([[2e38, -1e38]] * 3, np.float32)
    assert core.softmax_loss(logits, [1, 1, 1]).value == np.float32(3e38)


@pytest.mark.parametrize("targets", [[0, 2], np.array([0, 2]), [[0.5, 0.5, 0], [0, 0, 1.0]]])
def test_an_analytic_loss_stays_the_same_function_when_its_targets_change(targets: Any) -> None:
    z = np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 1.0]])
    f = core.analytic_loss(targets, "mean_squared_error")
    before = f(z)
    targets[0] = targets[1]
    assert f(z) == before
