"""What the checker knows of its step, of the precision of f, and of places with no derivative."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core

METHODS = ("forward", "central", "complex")
INF = np.inf


def loss_at(temperature: float) -> tuple[Any, Any]:
    z = np.array([0.31, 0.3, 0.305])
    f = core.analytic_loss(1, "cross_entropy", temperature=temperature)
    return f, core.softmax_loss(z, 1, temperature=temperature).grad_logits


def layer_at(size: float) -> tuple[Any, Any, Any]:
    """The loss of a layer as a function of its weights, its inputs up to `size`."""
    inputs = np.array([[size, -0.3 * size, 1.0]])
    weights = np.array([[0.2, 0.4, 0.1], [0.3, 0.7, -0.2], [0.1, 0.2, 0.5]]) / size
    exact = core.layer_loss(weights, np.zeros(3), inputs, [1]).grad_weights

    def f(w: Any) -> Any:
        return core.analytic_loss([1], "cross_entropy")(inputs @ w.T)

    return f, exact, weights


SHARP: dict[str, tuple[Any, Any, Any]] = {
    **{f"T = {t}": (*loss_at(t), [0.31, 0.3, 0.305]) for t in (1e-2, 1e-3, 1e-4, 1e-6)},
    **{
        f"exp({k:g} x)": (lambda x, k=k: np.exp(k * x).sum(), [k], [0.0])
        for k in (1e3, 1e4, 1e5, 1e6)
    },
    **{
        f"sin({k:g} x)": (lambda x, k=k: np.sin(k * x).sum(), [k * np.cos(k)], [1.0])
        for k in (1e3, 1e4)
    },
    **{f"inputs up to {size:g}": layer_at(size) for size in (1e3, 1e4, 1e5)},
    "x^100": (lambda x: (x**100).sum(), [100.0], [1.0]),
}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", SHARP)
def test_a_right_gradient_is_not_blamed_for_the_truncation_of_the_step(
    case: str, method: str
) -> None:
    f, right, x = SHARP[case]
    check = core.check_gradient(f, right, x, method=method)
    assert check.passed, check
    assert not check.kinks
    # And what is called conclusive catches an error of 0.05 %, either way.
    for factor in (1.0005, 0.9995):
        wrong = core.check_gradient(f, np.multiply(right, factor), x, method=method)
        assert not (wrong.passed and wrong.conclusive), wrong


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("case", ["T = 0.001", "exp(1000 x)", "inputs up to 1000"])
def test_what_failed_is_now_proved(case: str, method: str) -> None:
    f, right, x = SHARP[case]
    assert core.check_gradient(f, right, x, method=method).conclusive
    assert not core.check_gradient(f, np.multiply(right, 1.0005), x, method=method).passed


@given(
    st.sampled_from(sorted(core.LOSSES)),
    st.sampled_from(METHODS),
    st.integers(0, 2**32),
    st.floats(-4, 2),
)
def test_right_gradients_pass_and_conclusive_checks_find_a_twentieth_of_a_percent(
    name: str, method: str, seed: int, power: float
) -> None:
    rng = np.random.default_rng(seed)
    z = rng.normal(size=rng.integers(2, 6)) * 10 ** rng.uniform(-2, 1.5)
    y, temperature = rng.dirichlet(np.ones(len(z))), 10**power
    f = core.analytic_loss(y, name, temperature=temperature)
    right = core.softmax_loss(z, y, loss=name, temperature=temperature).grad_logits
    check = core.check_gradient(f, right, z, method=method)
    assert check.passed, check
    assert not check.kinks
    wrong = core.check_gradient(f, right * 1.0005, z, method=method)
    assert not (wrong.passed and wrong.conclusive), wrong


def squares(dtype: str) -> Callable[[Any], Any]:
    return lambda x: (np.asarray(x, dtype) ** 2).sum(dtype=dtype)


COARSE: dict[str, Callable[[Any], Any]] = {
    "float32": squares("float32"),
    "float16": squares("float16"),
    "float32 as a Python float": lambda x: float(squares("float32")(x)),
    "a difference of huge numbers": lambda x: float((x**2).sum() + 2.0**33) - 2.0**33,
    "core's loss in float32, twice its logits": lambda x: float(
        core.softmax_loss(np.array([*x, 0], np.float32), 0).value
    ),
}


@pytest.mark.parametrize("method", ["forward", "central"])
@pytest.mark.parametrize("at", [(0.3, 1.7), (2.0, 3.0), (-0.5, 1.0)], ids=str)
@pytest.mark.parametrize("case", COARSE)
def test_the_precision_of_f_counts_where_it_is_coarser_than_that_of_x(
    case: str, at: tuple[float, float], method: str
) -> None:
    f, x = COARSE[case], np.array(at)
    right = 2 * x
    if case.startswith("core's"):
        right = core.softmax_loss([*x, 0], 0).grad_logits[:2]
    check = core.check_gradient(f, right, x, method=method)
    assert check.passed, check
    # The step of such numbers is longer: at that of float64 nothing but rounding would be seen.
    own = core.check_gradient(lambda x: (x**2).sum(), 2 * x, x, method=method)
    assert check.step > 10 * own.step
    assert check.max_relative_error < 0.05
    assert not core.check_gradient(f, right * 100, x, method=method).passed
    given_step = core.check_gradient(f, right, x, method=method, step=1e-6)
    assert given_step.passed
    assert not given_step.conclusive


@pytest.mark.parametrize("step", [None, 2.0**-10, 2.0**-20], ids=str)
def test_values_that_are_few_digits_by_nature_are_not_taken_for_coarse(step: float | None) -> None:
    """x^2 at 1 + 2^-10 is a float32 as well, and so is what |x| is at a float32."""
    assert not core.check_gradient(lambda x: (x**2).sum(), [2.1], [1.0], step=step).passed
    assert not core.check_gradient(lambda x: (4 * x).sum(), [4.1], [0.0], step=step).passed
    assert not core.check_gradient(lambda x: x.sum() * 0, [1.0], [1.0], step=step).passed


def share(z: Any) -> Any:
    return core.softmax(z)


# f, x, and the slopes behind and ahead where there is no derivative.
Slopes = dict[tuple[int, ...], tuple[float, float]]
KINKS: dict[str, tuple[Callable[[Any], Any], Any, Slopes]] = {
    "|x|": (lambda x: np.abs(x).sum(), [0.0, 1.0], {(0,): (-1, 1)}),
    "1 + |x - 1|": (lambda x: 1 + np.abs(x - 1).sum(), [1.0], {(0,): (-1, 1)}),
    "max(x, 0)": (lambda x: np.maximum(x, 0).sum(), 0.0, {(): (0, 1)}),
    "leaky": (lambda x: np.where(x > 0, x, 0.01 * x).sum(), [[0.0]], {(0, 0): (0.01, 1)}),
    "a small one": (lambda x: (x + 1e-4 * np.abs(x)).sum(), [0.0], {(0,): (0.9999, 1.0001)}),
    "hinge": (lambda x: np.maximum(0, 1 - x).sum(), [1.0], {(0,): (-1, 0)}),
    "max of logits": (lambda z: z.max(), [2.0, 2.0, 1.0], {(0,): (0, 1), (1,): (0, 1)}),
    "|a - 1/2| + a": (
        lambda z: np.abs(share(z)[0] - 0.5) + share(z)[1],
        [0.0, 0.0],
        {(0,): (-0.5, 0), (1,): (0, 0.5)},
    ),
    "|a - a| + a^2": (
        lambda z: np.abs(share(z)[0] - share(z)[1]) + share(z)[0] ** 2,
        [0.0, 0.0],
        {(0,): (-0.25, 0.75), (1,): (-0.75, 0.25)},
    ),
    "sum |a - y|": (
        lambda z: np.abs(share(z) - [0.5, 0.3, 0.2]).sum(),
        [np.log(2), 0.0, 0.0],
        {(0,): (-0.25, 0.25), (1,): (-0.375, -0.125), (2,): (0.125, 0.375)},
    ),
    "sqrt |x|": (lambda x: np.sqrt(np.abs(x)).sum(), [0.0], {(0,): (-INF, INF)}),
    "-|x|^0.2": (lambda x: -(np.abs(x) ** 0.2).sum(), [0.0], {(0,): (INF, -INF)}),
    "|x| log |x|": (
        lambda x: float(np.sum([abs(v) * np.log(abs(v)) for v in x if v])),
        [0.0],
        {(0,): (INF, -INF)},
    ),
}


@pytest.mark.parametrize("method", ["forward", "central"])
@pytest.mark.parametrize("case", KINKS)
def test_at_a_kink_nothing_passes(case: str, method: str) -> None:
    f, x, kinks = KINKS[case]
    for estimate in (core.forward_difference, core.central_difference):
        for gradient in (estimate(f, x), estimate(f, x) * 0):
            check = core.check_gradient(f, gradient, x, method=method)
            assert not check.passed, check
            assert not check.conclusive
            assert check.kinks.keys() == kinks.keys()
            for place, slopes in kinks.items():
                assert check.kinks[place] == pytest.approx(slopes, rel=1e-5, abs=1e-5)


def test_at_a_kink_of_a_complex_function_nothing_passes() -> None:
    """The complex step sees one side, whose derivative it gives to the last digits."""

    def f(z: Any) -> Any:
        return np.where(z.real > 0, z, 0 * z).sum() + (z * z).sum()

    for gradient in (0.0, 1.0):
        check = core.check_gradient(f, [gradient], [0.0], method="complex")
        assert not check.passed
        assert check.kinks == {(0,): pytest.approx((0, 1), abs=1e-5)}
    assert core.check_gradient(f, [5.0], [2.0], method="complex").conclusive


SMOOTH_BUT: dict[str, tuple[Callable[[Any], Any], Any, Any]] = {
    "|x|^1.5 at 0": (lambda x: (np.abs(x) ** 1.5).sum(), [0.0], [0.0]),
    "x |x| at 0": (lambda x: (x * np.abs(x)).sum(), [0.0], [0.0]),
    "max(x, 0)^2 at 0": (lambda x: (np.maximum(x, 0) ** 2).sum(), [0.0], [0.0]),
    "max(x, 0) beside 0": (lambda x: np.maximum(x, 0).sum(), [1.0], [1e-7]),
    "|x| far from 0": (lambda x: np.abs(x).sum(), [1.0], [3.0]),
    "softplus at T = 1e-7": (lambda x: np.logaddexp(0, x / 1e-7).sum() * 1e-7, [0.5], [0.0]),
    "constant": (lambda x: 0 * x.sum(), [0.0], [2.0]),
    "huge x": (lambda x: ((x / 1e8) ** 2).sum(), [2e-8], [1e8]),
}


@pytest.mark.parametrize("method", ["forward", "central"])
@pytest.mark.parametrize("case", SMOOTH_BUT)
def test_what_only_looks_like_a_kink_is_not_called_one(case: str, method: str) -> None:
    f, right, x = SMOOTH_BUT[case]
    check = core.check_gradient(f, right, x, method=method)
    assert not check.kinks, check
    assert check.passed, check


def test_the_tolerance_is_what_is_let_pass() -> None:
    z = np.array([2.0, 3.0, 4.0])
    f, right = core.analytic_loss(1, "cross_entropy"), core.softmax_loss(z, 1).grad_logits
    for method in METHODS:
        tolerance = core.check_gradient(f, right, z, method=method).tolerance
        verdicts = []
        for part in (0.9, 1.1):
            wrong = right + np.array([0, part * tolerance, 0])
            verdicts.append(core.check_gradient(f, wrong, z, method=method).passed)
        assert verdicts == [True, False]


def test_a_step_beyond_the_range_is_refused() -> None:
    for difference in (core.central_difference, core.forward_difference):
        with pytest.raises(core.InvalidInput, match=r"^step"):
            difference(lambda x: x.sum(), [1e308], step=1.7e308)
    with pytest.raises(core.InvalidInput, match=r"^step"):
        core.central_difference(lambda x: x.sum(), [0.0], step=1e308)
