"""Losses of free probabilities: value and gradient agree, conventions at 0, parameters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import core

RNG = np.random.default_rng(8)
A = RNG.uniform(0.1, 0.9, (3, 4))
Y = RNG.uniform(0.1, 0.9, (3, 4))
NAMED: dict[str, core.Loss] = {
    **core.LOSSES,
    "focal, gamma=0": core.focal(0),
    "focal, gamma=0.5": core.focal(0.5),
    "focal, gamma=5": core.focal(5),
    "smoothed, epsilon=0": core.label_smoothed(0),
    "smoothed, epsilon=1": core.label_smoothed(1),
}


@pytest.fixture(params=NAMED)
def loss(request: pytest.FixtureRequest) -> core.Loss:
    return NAMED[request.param]


def test_the_gradient_is_that_of_the_value(loss: core.Loss) -> None:
    # A and Y do not sum to 1: both are free variables.
    for method in ("central", "complex"):
        check = core.check_gradient(
            lambda a: loss.value(a, Y).sum(), loss.gradient(A, Y), A, method=method
        )
        assert check.passed, check
        assert check.conclusive


@pytest.mark.parametrize("name", [name for name, loss in NAMED.items() if loss.log_value])
def test_the_log_forms_say_the_same(name: str) -> None:
    loss = NAMED[name]
    assert loss.log_value is not None
    assert loss.log_gradient is not None
    np.testing.assert_allclose(loss.log_value(np.log(A), Y), loss.value(A, Y), rtol=1e-13)
    np.testing.assert_allclose(loss.log_gradient(np.log(A), Y), A * loss.gradient(A, Y), rtol=1e-13)


def test_one_value_a_sample_and_one_slope_a_class(loss: core.Loss) -> None:
    assert loss.value(A, Y).shape == (3,)
    assert loss.gradient(A, Y).shape == (3, 4)
    assert loss.value(A[0], Y[0]) == loss.value(A, Y)[0]
    assert loss.gradient(A.tolist(), Y.tolist()).tolist() == loss.gradient(A, Y).tolist()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_the_probabilities_dtype_is_kept(loss: core.Loss, dtype: str) -> None:
    assert loss.value(A.astype(dtype), Y).dtype == dtype
    assert loss.gradient(A.astype(dtype), Y).dtype == dtype


def test_no_nan_at_probabilities_of_0_and_1(loss: core.Loss) -> None:
    for a in ([0, 1], [1, 0], [0, 0], [1, 1]):
        for y in ([0, 1], [1, 0], [0.5, 0.5]):
            assert not np.isnan(loss.value(a, y)), (a, y)
            assert not np.isnan(loss.gradient(a, y)).any(), (a, y)


@pytest.mark.parametrize("name", ["cross_entropy", "kl_divergence", "focal"])
def test_conventions_where_a_probability_is_0(name: str) -> None:
    loss = core.LOSSES[name]
    assert loss.value([0, 1], [0, 1]) == 0
    assert loss.value([0, 1], [1, 0]) == np.inf
    assert loss.gradient([0, 1], [0, 1])[0] == 0
    assert loss.gradient([0, 1], [1, 0]).tolist() == [-np.inf, 0]


def test_squared_error_is_the_mean_over_the_classes() -> None:
    loss = core.LOSSES["mean_squared_error"]
    assert loss.value([0.5, 0.5], [1, 0]) == 0.25
    assert loss.gradient([0.5, 0.5], [1, 0]).tolist() == [-0.5, 0.5]
    assert loss.value([-1, 3], [1, 0]) == 6.5


def test_parameters_at_their_ends_are_cross_entropy() -> None:
    expected = core.LOSSES["cross_entropy"]
    for same in (core.focal(0), core.label_smoothed(0)):
        np.testing.assert_allclose(same.value(A, Y), expected.value(A, Y), rtol=1e-15)
        np.testing.assert_allclose(same.gradient(A, Y), expected.gradient(A, Y), rtol=1e-15)


def test_losses_cannot_be_written_to() -> None:
    with pytest.raises(TypeError):
        core.LOSSES["mine"] = core.focal(1)  # type: ignore[index]


@pytest.mark.parametrize(
    ("a", "expected"),
    [([1, 0], 0), ([0.5, 0.5], np.log(2)), ([[0.25] * 4, [0, 0, 1, 0]], [np.log(4), 0])],
    ids=repr,
)
def test_entropy(a: Any, expected: Any) -> None:
    np.testing.assert_allclose(core.entropy(a), expected, rtol=1e-15)
