"""The gradient checker: right gradients pass everywhere, every slip of a learner is caught."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import core

METHODS = ("forward", "central", "complex")
Z = np.array([[1.0, -0.5, 0.3, 2.0], [0.2, 0.1, -1.4, 0.9], [-0.7, 1.1, 0.4, 0.0]])
Y = np.eye(4)[[1, 3, 0]]
A = core.softmax(Z)
N, n = Z.shape
T = 2.5
W = np.array([[0.4, -1.0, 0.3], [1.2, 0.5, -0.8], [-0.3, 0.9, 0.6]])
O = np.array([0.5, -1.5, 2.0])  # noqa: E741 - the lessons' name for a layer's inputs


def jacobian_diagonal_only(a: Any) -> Any:
    return np.stack([np.diag(row * (1 - row)) for row in a])


def through(jacobian: Any, g: Any) -> Any:
    """dL/dz_j = sum_i g_i da_i/dz_j, for each row."""
    return np.einsum("bi,bij->bj", g, jacobian)


SQUARED_G = 2 * (A - Y) / n
CROSS_G = -Y / A
SUM = float(N)  # analytic_loss takes the mean over the rows


def mean_of(loss: str, temperature: float = 1.0) -> Callable[[Any], Any]:
    return core.analytic_loss(Y, loss, temperature=temperature)


def layer(inputs: Any) -> Any:
    return core.analytic_loss(1, "cross_entropy")(W @ inputs)


# id of the slip -> (f, the wrong gradient, the right one, where)
SLIPS: dict[str, tuple[Callable[[Any], Any], Any, Any, Any]] = {
    "diagonal_only": (
        mean_of("mean_squared_error"),
        through(jacobian_diagonal_only(A), SQUARED_G) / SUM,
        core.softmax_vjp(A, SQUARED_G) / SUM,
        Z,
    ),
    "sign_flipped": (mean_of("cross_entropy"), (Y - A) / SUM, (A - Y) / SUM, Z),
    "missing_delta: a_i (1 - a_j)": (
        mean_of("mean_squared_error"),
        through(A[:, :, None] * (1 - A[:, None, :]), SQUARED_G) / SUM,
        core.softmax_vjp(A, SQUARED_G) / SUM,
        Z,
    ),
    "missing_delta: -a_i a_j": (
        mean_of("cross_entropy"),
        through(-A[:, :, None] * A[:, None, :], CROSS_G) / SUM,
        (A - Y) / SUM,
        Z,
    ),
    "own_path_only": (mean_of("cross_entropy"), -Y * (1 - A) / SUM, (A - Y) / SUM, Z),
    "cross_entropy_gradient_for_other_loss": (
        mean_of("mean_squared_error"),
        (A - Y) / SUM,
        core.softmax_vjp(A, SQUARED_G) / SUM,
        Z,
    ),
    "missing_class_mean": (
        mean_of("mean_squared_error"),
        core.softmax_vjp(A, n * SQUARED_G) / SUM,
        core.softmax_vjp(A, SQUARED_G) / SUM,
        Z,
    ),
    "missing_batch_mean": (mean_of("cross_entropy"), A - Y, (A - Y) / SUM, Z),
    "double_softmax": (mean_of("cross_entropy"), (core.softmax(A) - Y) / SUM, (A - Y) / SUM, Z),
    "log_softmax_as_softmax": (
        mean_of("mean_squared_error"),
        (SQUARED_G - A * SQUARED_G.sum(axis=1, keepdims=True)) / SUM,
        core.softmax_vjp(A, SQUARED_G) / SUM,
        Z,
    ),
    "missing_temperature": (
        mean_of("cross_entropy", T),
        (core.softmax(Z, temperature=T) - Y) / SUM,
        (core.softmax(Z, temperature=T) - Y) / SUM / T,
        Z,
    ),
    "transposed_weights": (
        layer,
        W @ (core.softmax(W @ O) - np.eye(3)[1]),
        W.T @ (core.softmax(W @ O) - np.eye(3)[1]),
        O,
    ),
    "probability_not_logit_gradient": (mean_of("cross_entropy"), CROSS_G / SUM, (A - Y) / SUM, Z),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("slip", SLIPS)
def test_every_slip_is_caught_and_what_was_meant_passes(slip: str, method: str) -> None:
    f, wrong, right, x = SLIPS[slip]
    caught = core.check_gradient(f, wrong, x, method=method)
    assert not caught.passed, caught
    assert caught.max_relative_error > 1e-3
    meant = core.check_gradient(f, right, x, method=method)
    assert meant.passed, meant
    assert meant.conclusive


@pytest.mark.parametrize("where", ["everywhere", "in one entry"])
@pytest.mark.parametrize("method", ["central", "complex"])
@pytest.mark.parametrize("targets", [2, (0.1, 0.2, 0.3, 0.4)], ids=["label", "soft"])
@pytest.mark.parametrize("name", core.LOSSES)
def test_a_gradient_wrong_by_a_twentieth_of_a_percent_is_caught(
    name: str, targets: Any, method: str, where: str
) -> None:
    z = Z[0]
    right = core.softmax_loss(z, targets, loss=name, temperature=0.8).grad_logits
    wrong = right * 1.0005
    if where == "in one entry":
        wrong = right.copy()
        wrong[np.abs(right).argmax()] *= 1.0005
    f = core.analytic_loss(targets, name, temperature=0.8)
    check = core.check_gradient(f, wrong, z, method=method)
    assert not check.passed, check
    assert check.max_relative_error == pytest.approx(5e-4, rel=1e-2)
    assert core.check_gradient(f, right, z, method=method).passed


PLACES = {
    "plain": [1.0, -0.5, 0.3],
    "tied": [2.0, 2.0, 2.0],
    "saturated at 40": [40.0, 0.0, -3.0],
    "saturated at 1000": [0.0, 1000.0, -1000.0],
    "saturated at 1e4": [1e4, -1e4, 0.0],
    "masked": [-np.inf, 0.5, 1.0],
    "far from 0": [1e4, 1e4 + 1, 1e4 - 1],
}


@pytest.mark.parametrize("name", core.LOSSES)
def test_a_right_gradient_passes_wherever_it_is(name: str, subtests: pytest.Subtests) -> None:
    for place, method, dtype in itertools.product(PLACES, METHODS, ("float32", "float64")):
        with subtests.test(place=place, method=method, dtype=dtype):
            if place == "masked" and name == "label_smoothed_cross_entropy":
                continue  # smoothing puts weight on the masked class: the loss is inf there
            z = np.array(PLACES[place], dtype)
            for targets in (1, 2, [0, 0.4, 0.6]):
                gradient = core.softmax_loss(z, targets, loss=name).grad_logits
                f = core.analytic_loss(targets, name)
                check = core.check_gradient(f, gradient, z, method=method)
                assert check.passed, (targets, check)


@pytest.mark.parametrize("method", METHODS)
def test_below_the_noise_passing_is_not_called_proof(method: str) -> None:
    z = [60.0, 0.0]
    f = core.analytic_loss(0, "cross_entropy")
    right = core.check_gradient(f, core.softmax_loss(z, 0).grad_logits, z, method=method)
    wrong = core.check_gradient(f, -core.softmax_loss(z, 0).grad_logits, z, method=method)
    for check in (right, wrong):
        assert check.passed, check
        assert not check.conclusive


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf], ids=str)
def test_a_gradient_that_is_not_finite_never_passes(bad: float, method: str) -> None:
    f = core.analytic_loss(1, "cross_entropy")
    gradient = core.softmax_loss([2, 3, 4], 1).grad_logits
    gradient[2] = bad
    check = core.check_gradient(f, gradient, [2, 3, 4], method=method)
    assert not check.passed, check
    assert check.worst_index == (2,)
    assert check.max_relative_error == np.inf


@pytest.mark.parametrize("method", ["forward", "central"])
def test_an_entry_beside_which_the_step_vanishes_gets_no_verdict(method: str) -> None:
    z = np.array([1e12, 0.5, 0.0])
    right = [2.0, 2.0, 3.0]
    for gradient, passes in ((right, True), ([9.0, 2.0, 3.0], True), ([2.0, 9.0, 3.0], False)):
        check = core.check_gradient(
            lambda x: 2 * (x[0] - 1e12) + 2 * x[1] + 3 * x[2], gradient, z, method=method
        )
        assert check.passed == passes, check
        assert not check.conclusive


def test_what_the_result_holds() -> None:
    f = mean_of("cross_entropy")
    wrong = (A - Y) / SUM
    wrong[1, 2] += 0.25
    check = core.check_gradient(f, wrong, Z, step=1e-4)
    assert check.worst_index == (1, 2)
    assert check.step == 1e-4
    np.testing.assert_array_equal(check.analytic, wrong)
    np.testing.assert_array_equal(check.numeric, core.central_difference(f, Z, step=1e-4))
    largest = max(np.abs(check.analytic).max(), np.abs(check.numeric).max())
    assert check.max_relative_error == pytest.approx(0.25 / largest, rel=1e-6)


def test_a_single_number_is_checked_like_an_array() -> None:
    check = core.check_gradient(lambda x: x * x, 4.0, 2.0)
    assert check.passed
    assert check.worst_index == ()
    assert not core.check_gradient(lambda x: x * x, 4.002, 2.0).passed


def test_two_gradients_of_0_differ_by_0() -> None:
    check = core.check_gradient(lambda x: x.sum() * 0, [0.0, 0.0], [1.0, 2.0])
    assert check.max_relative_error == 0
    assert check.passed
    assert not check.conclusive


def test_the_gradient_may_be_a_function_which_cannot_change_x() -> None:
    x = np.array([1.0, 2.0])

    def gradient(x: Any) -> Any:
        slope = 2 * x
        x[:] = 0
        return slope

    assert core.check_gradient(lambda x: (x * x).sum(), gradient, x).passed
    assert x.tolist() == [1, 2]


def test_a_step_far_too_small_or_too_large_shows() -> None:
    f, right = core.analytic_loss(1, "cross_entropy"), core.softmax_loss([2, 3, 4], 1).grad_logits
    errors = [
        core.check_gradient(f, right, [2, 3, 4], step=step).max_relative_error
        for step in (1e-1, 1e-5, 1e-13)
    ]
    assert errors[0] > 1e-5, errors
    assert errors[1] < 1e-9, errors
    assert errors[2] > 1e-5, errors
    # Half the step shows how far off the whole one is: no right gradient is blamed for its step,
    # and nothing is proved by one so wide.
    for step, proves in ((1e-1, False), (1e-5, True), (1e-13, False)):
        check = core.check_gradient(f, right, [2, 3, 4], step=step)
        assert check.passed, check
        assert check.conclusive == proves, check
        assert check.verdict == ("agree" if proves else "too_small"), check
    assert core.check_gradient(f, 2 * right, [2, 3, 4], step=1e-5).verdict == "disagree"
