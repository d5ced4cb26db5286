"""Forward, central and complex differences: steps, dtypes, and what they leave untouched."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import core

METHODS: dict[str, Callable[..., Any]] = {
    "forward": core.forward_difference,
    "central": core.central_difference,
    "complex": core.complex_step,
}


@pytest.fixture(params=METHODS)
def method(request: pytest.FixtureRequest) -> Callable[..., Any]:
    return METHODS[request.param]


@pytest.mark.parametrize(
    ("name", "tolerance"), [("forward", 1e-7), ("central", 1e-9), ("complex", 1e-15)]
)
def test_how_near_each_method_comes(name: str, tolerance: float) -> None:
    x = np.array([0.3, -1.2, 2.0])
    numeric = METHODS[name](lambda x: np.exp(x).sum(), x)
    np.testing.assert_allclose(numeric, np.exp(x), rtol=tolerance)


@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 2)], ids=str)
def test_x_may_have_any_shape(method: Callable[..., Any], shape: tuple[int, ...]) -> None:
    x = np.random.default_rng(1).normal(size=shape)
    numeric = method(lambda x: (x * x * x).sum(), x)
    assert numeric.shape == shape
    np.testing.assert_allclose(numeric, 3 * x * x, atol=1e-6)


def test_x_stays_as_it_was_even_where_f_writes_to_it(method: Callable[..., Any]) -> None:
    x = np.array([1.0, 2.0, 3.0])

    def vandal(x: Any) -> Any:
        total = (x * x).sum()
        x[:] = 99
        return total

    np.testing.assert_allclose(method(vandal, x), [2, 4, 6], rtol=1e-6)
    assert x.tolist() == [1, 2, 3]


def test_x_may_be_read_only(method: Callable[..., Any]) -> None:
    x = np.array([1.0, 2.0])
    x.flags.writeable = False
    np.testing.assert_allclose(method(lambda x: (x * x).sum(), x), [2, 4], rtol=1e-6)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_dtype_of_x_is_kept_and_f_sees_it(method: Callable[..., Any], dtype: str) -> None:
    seen = set()

    def f(x: Any) -> Any:
        seen.add(np.dtype(x.real.dtype))
        return (x * x).sum()

    numeric = method(f, np.array([0.5, 1.5], dtype))
    assert numeric.dtype == dtype
    # NumPy has no complex number of half precision.
    complex_half = method is core.complex_step and dtype == "float16"
    assert seen == {np.dtype("float32" if complex_half else dtype)}
    np.testing.assert_allclose(numeric, [1, 3], rtol=0.1 if dtype == "float16" else 2e-3)


def test_integers_become_float64(method: Callable[..., Any]) -> None:
    numeric = method(lambda x: (x * x).sum(), [1, 2])
    assert numeric.dtype == np.float64
    np.testing.assert_allclose(numeric, [2, 4], rtol=1e-7)


@pytest.mark.parametrize(
    ("name", "dtype", "step"),
    [
        ("forward", "float64", 2**-26),
        ("forward", "float32", 2**-11.5),
        ("central", "float64", 2 ** (-52 / 3)),
        ("central", "float16", 2 ** (-10 / 3)),
        ("complex", "float64", 1e-20),
        ("complex", "float32", 1e-12),
    ],
)
def test_the_step_that_is_chosen(name: str, dtype: str, step: float) -> None:
    x = np.zeros(1, dtype)
    check = core.check_gradient(lambda x: x.sum(), [1.0], x, method=name)
    assert check.step == pytest.approx(step, rel=1e-12)


def test_the_denominator_is_the_step_actually_taken() -> None:
    # At 1e6 a step of 1e-9 rounds to 1.16e-10 * k: dividing by 2e-9 would be off by percents.
    numeric = core.central_difference(lambda x: x.sum(), [1e6], step=1e-9)
    assert numeric.tolist() == [1.0]
    assert core.forward_difference(lambda x: x.sum(), [1e6], step=1e-9).tolist() == [1.0]


def test_a_step_that_vanishes_gives_0() -> None:
    for difference in (core.forward_difference, core.central_difference):
        assert difference(lambda x: x.sum(), [1e6], step=1e-12).tolist() == [0]
        assert difference(lambda x: x.sum(), [0], step=1e-12).tolist() == [1]


def test_a_masked_logit_has_estimate_0(method: Callable[..., Any]) -> None:
    z = [-np.inf, 0.5, 1.0]
    numeric = method(core.analytic_loss(1, "cross_entropy"), z)
    assert numeric[0] == 0
    np.testing.assert_allclose(numeric, core.softmax_loss(z, 1).grad_logits, atol=1e-7)


def test_complex_step_is_right_at_steps_where_differences_are_lost() -> None:
    f = core.analytic_loss(1, "cross_entropy")
    right = core.softmax_loss([2, 3, 4], 1).grad_logits
    np.testing.assert_allclose(core.complex_step(f, [2, 3, 4], step=1e-200), right, rtol=1e-15)
    assert core.central_difference(f, [2, 3, 4], step=1e-200).tolist() == [0, 0, 0]
