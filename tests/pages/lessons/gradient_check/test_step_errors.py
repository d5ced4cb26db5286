"""The errors of differences at every step: those of core's, with the slopes of theory."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

import core
from pages.lessons.gradient_check.step_errors import STEPS, estimates, place, sweep_of
from pages.visit.difference_check import METHODS, PRECISIONS
from pages.visit.state import LabState
from tests.pages.lessons.gradient_check.states import SQUARED, STATES

DIFFERENCES = {
    "forward": core.forward_difference,
    "central": core.central_difference,
    "complex": core.complex_step,
}


def test_the_steps_reach_from_a_tenth_to_1e_16_and_hold_each_decade() -> None:
    assert STEPS[0] == 1e-16
    assert STEPS[-1] == 0.1
    assert {float(f"1e-{k}") for k in range(1, 17)} <= set(STEPS.tolist())
    assert np.diff(np.log10(STEPS)).min() > 0.16


@pytest.mark.parametrize("name", ["squared", "masked", "huge_wrong", "focal", "cold", "soft"])
def test_one_pass_finds_what_core_finds_step_by_step(name: str, subtests: pytest.Subtests) -> None:
    for method in METHODS:
        for dtype in PRECISIONS:
            with subtests.test(method=method, dtype=dtype):
                one_pass_finds_what_core_finds(STATES[name], method, dtype)


def one_pass_finds_what_core_finds(state: LabState, method: str, dtype: str) -> None:
    z = np.array(state.logits, dtype)
    f = core.analytic_loss(state.distribution, state.loss, temperature=state.temperature)
    numeric = estimates(z, state.distribution, state, method)
    assert numeric.dtype == dtype
    for step, row in zip(STEPS, numeric, strict=True):
        expected = DIFFERENCES[method](f, z, step=step)
        np.testing.assert_array_equal(np.nan_to_num(row, nan=0.0), expected)
        if method != "complex":
            unmoved = np.isnan(row)
            assert (z[unmoved] + z.dtype.type(step) == z[unmoved]).all()


def test_errors_are_shares_of_the_largest_entry() -> None:
    sweep = sweep_of(LabState(), "float64")
    assert sweep is not None
    right = core.softmax_loss([2.0, 3.0, 4.0], 0).grad_logits
    f = core.analytic_loss(0, "cross_entropy")
    numeric = core.central_difference(f, [2.0, 3.0, 4.0], step=1e-10)
    expected = np.abs(numeric - right).max() / np.abs(right).max()
    assert sweep.errors["central"][place(1e-10)] == pytest.approx(expected, rel=1e-6)


def test_the_sources_numbers() -> None:
    """facts.md: step 1e-10 is off by 2.8e-7, step 1e-5 by 2.4e-12; five orders.

    The first is the rounding of two losses, one unit in the last place over 2h; half a unit of it
    is the processor's, whose exp may round otherwise.
    """
    sweep = sweep_of(SQUARED, "float64")
    assert sweep is not None
    off = sweep.errors["central"] * sweep.scale
    assert off[place(1e-10)] == pytest.approx(2.8e-7, abs=math.ulp(sweep.value) / 2e-10 / 2)
    assert off[place(1e-5)] < 1e-11
    cost = sweep.cost("central")
    assert cost is not None
    assert 1e4 < cost < 1e6


@pytest.mark.parametrize("name", ["textbook", "three", "squared", "tie", "masked", "actions"])
def test_the_best_step_is_near_the_root_of_eps(name: str, subtests: pytest.Subtests) -> None:
    for method, root in (("forward", 1 / 2), ("central", 1 / 3)):
        for dtype in PRECISIONS:
            with subtests.test(method=method, dtype=dtype):
                sweep = sweep_of(STATES[name], dtype)
                assert sweep is not None
                best = sweep.best(method)
                assert best is not None
                theory = float(np.finfo(dtype).eps) ** root
                assert abs(math.log10(STEPS[best] / theory)) < 1.1


@pytest.mark.parametrize("name", ["textbook", "squared", "soft"])
def test_the_slopes_of_both_regimes(name: str, subtests: pytest.Subtests) -> None:
    sweep = sweep_of(STATES[name], "float64")
    assert sweep is not None
    for method, low, high, power in (
        ("forward", 1e-5, 1e-2, 1),
        ("central", 1e-3, 1e-2, 2),
        ("complex", 1e-4, 1e-2, 2),
        ("forward", 1e-14, 1e-10, -1),
        ("central", 1e-14, 1e-9, -1),
    ):
        with subtests.test(method=method, low=low):
            errors = sweep.around(method)
            ratio = errors[place(high)] / errors[place(low)]
            assert math.log10(ratio) / math.log10(high / low) == pytest.approx(power, abs=0.3)
    assert sweep.around("complex")[: place(1e-9)].max() < 1e-14


def test_a_lucky_step_is_not_the_best() -> None:
    sweep = sweep_of(LabState(), "float64")
    assert sweep is not None
    errors = sweep.errors["central"].copy()
    errors[place(1e-12)] = 0.0
    lucky = replace(sweep, errors={**sweep.errors, "central": errors})
    assert lucky.best("central") == sweep.best("central")


def test_a_step_that_vanishes_is_no_error_of_zero() -> None:
    sweep = sweep_of(LabState((1e4, 0.0, -3.0), 1), "float32")
    assert sweep is not None
    assert 1e4 + np.float32(sweep.unmoved) == np.float32(1e4)
    for method in ("forward", "central"):
        assert np.isnan(sweep.errors[method][: place(sweep.unmoved) + 1]).all()
    assert not np.isnan(sweep.errors["complex"]).any()
