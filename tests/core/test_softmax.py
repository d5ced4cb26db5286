"""Softmax and its relatives: dtypes, axes, batches, masked classes, temperatures, picking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import core

RNG = np.random.default_rng(11)
ROWWISE: dict[str, Callable[..., Any]] = {
    "softmax": core.softmax,
    "log_softmax": core.log_softmax,
    "logsumexp": core.logsumexp,
    "naive_softmax": core.naive_softmax,
    "exponentials": core.exponentials,
}


@pytest.fixture(params=ROWWISE)
def function(request: pytest.FixtureRequest) -> Callable[..., Any]:
    return ROWWISE[request.param]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_float_dtypes_are_kept(function: Callable[..., Any], dtype: str) -> None:
    assert function(np.ones((2, 3), dtype)).dtype == dtype
    assert function(np.ones(3, dtype)).dtype == dtype


@pytest.mark.parametrize("dtype", ["int8", "int64", "uint16"])
def test_integers_become_float64(function: Callable[..., Any], dtype: str) -> None:
    assert function(np.ones(3, dtype)).dtype == np.float64


def test_a_foreign_byte_order_is_read(function: Callable[..., Any]) -> None:
    z = RNG.normal(size=(2, 3))
    swapped = z.astype(z.dtype.newbyteorder())
    np.testing.assert_array_equal(function(swapped), function(z))
    assert function(swapped).dtype.isnative


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_axis_is_where_the_classes_lie(function: Callable[..., Any], axis: int) -> None:
    z = RNG.normal(size=(2, 3, 4))
    expected = function(np.moveaxis(z, axis, -1))
    if expected.ndim == 3:
        expected = np.moveaxis(expected, -1, axis)
    np.testing.assert_allclose(function(z, axis=axis), expected, rtol=1e-15)


def test_each_row_of_a_batch_stands_alone(function: Callable[..., Any]) -> None:
    z = RNG.normal(size=(3, 2, 5))
    whole = function(z)
    for index in np.ndindex(3, 2):
        np.testing.assert_array_equal(whole[index], function(z[index]))


@pytest.mark.parametrize("order", ["transposed", "every other", "reversed"])
def test_memory_layout_does_not_matter(function: Callable[..., Any], order: str) -> None:
    z = RNG.normal(size=(6, 6))
    view = {"transposed": z.T, "every other": z[::2, ::2], "reversed": z[:, ::-1]}[order]
    np.testing.assert_array_equal(function(view), function(view.copy()))


def test_many_classes_on_the_first_axis_are_summed_as_well_as_on_the_last() -> None:
    # Added one by one in float32, a million tenths come to 100958 rather than 100000.
    z = np.full((1_000_000, 2), np.log(0.1), np.float32)
    z[0] = 0
    assert core.logsumexp(z, axis=0) == pytest.approx(np.log(100_000.9), abs=2e-6)
    assert core.softmax(z, axis=0).astype(float).sum() == pytest.approx(2, abs=1e-6)


def test_masked_classes_have_probability_0() -> None:
    z = [-np.inf, 1, -np.inf, 1]
    assert core.softmax(z).tolist() == [0, 0.5, 0, 0.5]
    assert core.log_softmax(z).tolist() == [-np.inf, -np.log(2), -np.inf, -np.log(2)]
    assert core.logsumexp(z) == pytest.approx(1 + np.log(2), rel=1e-15)
    assert core.exponentials(z)[0] == 0


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize(
    ("temperature", "expected"),
    [(1e-50, [0, 1, 0]), (1e-310, [0, 1, 0]), (1e300, [1 / 3, 1 / 3, 1 / 3])],
    ids=["1e-50", "1e-310", "1e300"],
)
def test_temperatures_beyond_the_dtype(
    dtype: str, temperature: float, expected: list[float]
) -> None:
    z = np.array([-100, 100, 99], dtype)
    a = core.softmax(z, temperature=temperature)
    np.testing.assert_allclose(a, expected, rtol=float(np.finfo(dtype).eps), atol=0)
    assert not np.isnan(core.log_softmax(z, temperature=temperature)).any()


def test_the_naive_form_divides_by_temperatures_that_its_dtype_cannot_hold() -> None:
    z = np.array([0, 1], np.float32)
    assert core.exponentials(z, temperature=1e-50).tolist() == [1, np.inf]
    assert core.exponentials(z, temperature=1e50).tolist() == [1, 1]


def test_temperature_divides_the_logits() -> None:
    z = RNG.normal(size=6)
    for function in (core.softmax, core.log_softmax, core.naive_softmax, core.exponentials):
        np.testing.assert_allclose(function(z, temperature=2.5), function(z / 2.5), rtol=1e-14)


@pytest.mark.parametrize("temperature", [2, np.float32(2), np.int64(2), np.array(2.0)], ids=repr)
def test_any_real_number_is_a_temperature(temperature: Any) -> None:
    np.testing.assert_array_equal(
        core.softmax([1, 2], temperature=temperature), core.softmax([1, 2], temperature=2.0)
    )


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_jacobian_and_vjp_keep_the_dtype_and_take_batches(dtype: str) -> None:
    a = core.softmax(RNG.normal(size=(2, 3, 4)).astype(dtype))
    g = RNG.normal(size=a.shape)
    jacobian = core.softmax_jacobian(a, temperature=2.0)
    product = core.softmax_vjp(a, g, temperature=2.0)
    assert (jacobian.shape, jacobian.dtype) == ((2, 3, 4, 4), np.dtype(dtype))
    assert (product.shape, product.dtype) == ((2, 3, 4), np.dtype(dtype))
    np.testing.assert_array_equal(jacobian[1, 2], core.softmax_jacobian(a[1, 2], temperature=2.0))
    expected = np.einsum("...ij,...i->...j", jacobian.astype(float), g)
    np.testing.assert_allclose(product, expected, rtol=0, atol=4 * float(np.finfo(dtype).eps))


def test_the_jacobian_does_not_cancel_where_a_class_is_nearly_sure() -> None:
    # a - a^2 would keep ten digits of it.
    a = 1 - 1e-6
    assert core.softmax_jacobian([a, 1 - a])[0, 0] == pytest.approx(a * (1 - a), rel=1e-15)


def test_vjp_of_a_million_classes_needs_no_million_squared_numbers() -> None:
    n = 1_000_000
    a = np.full(n, 1 / n)
    g = np.zeros(n)
    g[7] = 1
    product = core.softmax_vjp(a, g)
    assert product[7] == pytest.approx((1 - 1 / n) / n, rel=1e-12)
    assert product[8] == pytest.approx(-1 / n / n, rel=1e-9)


def test_top_k_of_a_batch() -> None:
    p = [[0.1, 0.7, 0.2], [0.4, 0.2, 0.4]]
    assert core.top_k(p, 2).tolist() == [[1, 2], [0, 2]]
    assert core.top_k(np.zeros((2, 3, 5)), 4).shape == (2, 3, 4)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (1, [0, 1, 0]),
        ([2, 0], [[0, 0, 1], [1, 0, 0]]),
        ([[0], [1]], [[[1, 0, 0]], [[0, 1, 0]]]),
        ([2.0, 1.0], [[0, 0, 1], [0, 1, 0]]),
    ],
    ids=repr,
)
def test_one_hot(labels: Any, expected: Any) -> None:
    y = core.one_hot(labels, 3)
    assert y.dtype == np.float64
    assert y.tolist() == expected
