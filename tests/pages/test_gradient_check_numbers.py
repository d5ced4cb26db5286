"""The lab on checking a gradient: its sweep against core, its slips against the checker."""

from __future__ import annotations

import math
import warnings
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

import core
from pages.lessons.gradient_check import recipe, slips, sweep, tables
from pages.lessons.gradient_check.sweep import STEPS, place, sweep_of
from pages.visit.difference_check import METHODS, PRECISIONS
from pages.visit.presets import PRESETS
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.strategies import states

INF = math.inf
DIFFERENCES = {
    "forward": core.forward_difference,
    "central": core.central_difference,
    "complex": core.complex_step,
}
FACTS = (  # the slips of facts.md, all of which concern a gradient
    "diagonal_only",
    "sign_flipped",
    "missing_delta",
    "own_path_only",
    "cross_entropy_gradient_for_other_loss",
    "missing_class_mean",
    "missing_batch_mean",
    "double_softmax",
    "log_softmax_as_softmax",
    "missing_temperature",
    "transposed_weights",
    "probability_not_logit_gradient",
)
SQUARED = PRESETS["squared"]
ODD = {
    "huge": LabState((1e4, -1e4, 0.0)),
    "huge_wrong": LabState((1e4, -1e4, 0.0), 1),
    "huge_masked": LabState((-INF, 1e4, -1e4), 2),
    "cold": LabState((2.0, 3.0, 4.0), 1, temperature=0.3),
    "hot_squared": replace(SQUARED, temperature=2.5),
    "focal": LabState((1.0, -0.5, 0.3, 2.0), 2, "focal", 1.7, ("",) * 4),
    "smoothed": LabState((0.2, 0.1), (0.25, 0.75), "label_smoothed_cross_entropy", 3.0, ("", "")),
    "needed_masked": LabState((-INF, 0.0, 1.0), 0),
    "vast": LabState((1e6, -1e6, 0.0), 1),
}
STATES = dict(PRESETS) | ODD
everywhere = pytest.mark.parametrize("name", STATES)
methods = pytest.mark.parametrize("method", METHODS)


def test_the_steps_reach_from_a_tenth_to_1e_16_and_hold_each_decade() -> None:
    assert STEPS[0] == 1e-16
    assert STEPS[-1] == 0.1
    assert {float(f"1e-{k}") for k in range(1, 17)} <= set(STEPS.tolist())
    assert np.diff(np.log10(STEPS)).min() > 0.16


@pytest.mark.parametrize("dtype", PRECISIONS)
@methods
@pytest.mark.parametrize("name", ["squared", "masked", "huge_wrong", "focal", "cold", "soft"])
def test_one_pass_finds_what_core_finds_step_by_step(name: str, method: str, dtype: str) -> None:
    state = STATES[name]
    z = np.array(state.logits, dtype)
    f = core.analytic_loss(state.distribution, state.loss, temperature=state.temperature)
    found = sweep.estimates(z, state.distribution, state, method)
    assert found.dtype == dtype
    for step, row in zip(STEPS, found, strict=True):
        expected = DIFFERENCES[method](f, z, step=step)
        np.testing.assert_array_equal(np.nan_to_num(row, nan=0.0), expected)
        if method != "complex":
            unmoved = np.isnan(row)
            assert (z[unmoved] + z.dtype.type(step) == z[unmoved]).all()


def test_errors_are_shares_of_the_largest_entry() -> None:
    found = sweep_of(LabState(), "float64")
    assert found is not None
    right = core.softmax_loss([2.0, 3.0, 4.0], 0).grad_logits
    f = core.analytic_loss(0, "cross_entropy")
    numeric = core.central_difference(f, [2.0, 3.0, 4.0], step=1e-10)
    expected = np.abs(numeric - right).max() / np.abs(right).max()
    assert found.errors["central"][place(1e-10)] == pytest.approx(expected, rel=1e-6)


def test_the_sources_numbers() -> None:
    """facts.md: step 1e-10 is off by 2.8e-7, step 1e-5 by 2.4e-12; five orders."""
    found = sweep_of(SQUARED, "float64")
    assert found is not None
    off = found.errors["central"] * found.scale
    assert off[place(1e-10)] == pytest.approx(2.8e-7, rel=0.05)
    assert off[place(1e-5)] < 1e-11
    cost = found.cost("central")
    assert cost is not None
    assert 1e4 < cost < 1e6


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("method", ["forward", "central"])
@pytest.mark.parametrize("name", ["textbook", "three", "squared", "tie", "masked", "actions"])
def test_the_best_step_is_near_the_root_of_eps(name: str, method: str, dtype: str) -> None:
    found = sweep_of(STATES[name], dtype)
    assert found is not None
    best = found.best(method)
    assert best is not None
    eps = float(np.finfo(dtype).eps)
    theory = eps ** (1 / 2 if method == "forward" else 1 / 3)
    assert abs(math.log10(STEPS[best] / theory)) < 1.1


@pytest.mark.parametrize("name", ["textbook", "squared", "soft"])
def test_the_slopes_of_both_regimes(name: str) -> None:
    found = sweep_of(STATES[name], "float64")
    assert found is not None
    for method, low, high, power in (
        ("forward", 1e-5, 1e-2, 1),
        ("central", 1e-3, 1e-2, 2),
        ("complex", 1e-4, 1e-2, 2),
        ("forward", 1e-14, 1e-10, -1),
        ("central", 1e-14, 1e-9, -1),
    ):
        errors = found.around(method)
        ratio = errors[place(high)] / errors[place(low)]
        assert math.log10(ratio) / math.log10(high / low) == pytest.approx(power, abs=0.3), method
    assert found.around("complex")[: place(1e-9)].max() < 1e-14


def test_a_lucky_step_is_not_the_best() -> None:
    found = sweep_of(LabState(), "float64")
    assert found is not None
    errors = found.errors["central"].copy()
    errors[place(1e-12)] = 0.0
    lucky = replace(found, errors={**found.errors, "central": errors})
    assert lucky.best("central") == found.best("central")


def test_a_step_that_vanishes_is_no_error_of_zero() -> None:
    state = LabState((1e4, 0.0, -3.0), 1)
    found = sweep_of(state, "float32")
    assert found is not None
    assert 1e4 + np.float32(found.unmoved) == np.float32(1e4)
    for method in ("forward", "central"):
        assert np.isnan(found.errors[method][: place(found.unmoved) + 1]).all()
    assert not np.isnan(found.errors["complex"]).any()
    said = " ".join(tables.sweep_remarks(found, "central", wording("en")))
    assert "z + h = z" in said
    assert "nan" not in said


@everywhere
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_holds_no_nan(name: str, language: str) -> None:
    state, words = STATES[name], wording(language)
    said: list[str] = []
    for method in METHODS:
        for dtype in PRECISIONS:
            found = sweep_of(state, dtype)
            if found is not None:
                said += tables.sweep_remarks(found, method, words)
                said += [str(tables.sweep_picture(found, method, words, "light"))]
        for slip in slips.SLIPS:
            one = slips.finding(state, slip, method)
            said += tables.slip_remarks(state, slip, method, one, words)
            said += [str(tables.slip_table(state, slip, one, words))]
    assert not [text for text in said if "nan" in text.lower()]


def test_the_slips_are_those_of_the_facts() -> None:
    assert {slip.removesuffix("_negative") for slip in slips.SLIPS} == set(FACTS)


@methods
@everywhere
@pytest.mark.parametrize("slip", slips.SLIPS)
def test_every_slip_is_caught_wherever_it_can_be_seen(slip: str, name: str, method: str) -> None:
    state = STATES[name]
    found = slips.finding(state, slip, method)
    if found.check is None:
        assert found.verdict == "infinite"
        assert name == "needed_masked"
        assert state.loss == "cross_entropy"
        return
    changes = bool(found.off.any())
    assert (found.verdict == "agrees") == (found.check.passed and not changes)
    allowed = tables.allowance(found.check, found.value, method)
    if found.verdict == "unseen":
        assert np.abs(found.off).max() <= 2 * allowed
        assert not found.check.conclusive
    elif changes:
        assert found.verdict == "caught"
        assert not found.check.passed
        assert found.check.max_relative_error > 1e-6
    if found.verdict != "caught":
        other = slips.ways_out(state)[slips.way_out(state, slip, method)]
        assert slips.finding(other, slip, method).verdict == "caught"


@pytest.mark.parametrize("slip", slips.SLIPS)
def test_at_ordinary_numbers_every_slip_is_caught(slip: str) -> None:
    found = slips.finding(ODD["hot_squared"], slip, "central")
    assert found.verdict == "caught"
    assert found.check is not None
    worst = found.check.worst_index
    assert abs(found.off[worst]) == pytest.approx(np.abs(found.off).max(), rel=1e-3)


@methods
@everywhere
def test_the_right_gradient_passes_in_every_setting(name: str, method: str) -> None:
    state = STATES[name]
    case = slips.case_of(state)
    for setting in ("logits", "batch", "layer"):
        _, _, right = slips.posed(case, setting)
        found = slips.checked(case, setting, right, method)
        assert found.verdict == ("infinite" if case.value == INF else "agrees"), setting


def test_the_slips_by_hand() -> None:
    """z = [2, 3, 4], class 2, cross-entropy: a and y are in facts.md."""
    a = np.array([0.09003057, 0.24472847, 0.66524096])
    y = np.array([0.0, 1.0, 0.0])
    state = PRESETS["textbook"]
    expected = {
        "diagonal_only": -y * (1 - a),
        "sign_flipped": y - a,
        "missing_delta": a - 1,
        "missing_delta_negative": a,
        "own_path_only": -y * (1 - a),
        "double_softmax": np.exp(a) / np.exp(a).sum() - y,
        "log_softmax_as_softmax": -y / a[1] + a / a[1],
        "transposed_weights": np.cumsum(a - y),
        "probability_not_logit_gradient": -y / a,
    }
    for slip, wrong in expected.items():
        found = slips.finding(state, slip, "central")
        np.testing.assert_allclose(found.wrong, wrong, atol=1e-7, err_msg=slip)
    layer = slips.finding(state, "transposed_weights", "central")
    np.testing.assert_allclose(layer.right, np.cumsum((a - y)[::-1])[::-1], atol=1e-7)
    squared = replace(state, loss="mean_squared_error", temperature=2.0)
    n, right = 3, slips.case_of(squared).right
    for slip, factor in {"missing_class_mean": n, "missing_temperature": 2}.items():
        np.testing.assert_allclose(slips.finding(squared, slip, "central").wrong, factor * right)
    batch = slips.finding(squared, "missing_batch_mean", "central")
    np.testing.assert_allclose(batch.wrong, 2 * batch.right)
    other = slips.finding(squared, "cross_entropy_gradient_for_other_loss", "central").wrong
    np.testing.assert_allclose(other, (core.softmax(state.logits, temperature=2) - y) / 2)


@pytest.mark.parametrize("method", ["central", "complex"])
@pytest.mark.parametrize("name", ["textbook", "three", "squared", "soft", "hot_squared", "focal"])
def test_an_error_of_a_twentieth_of_a_percent_is_caught(name: str, method: str) -> None:
    case = slips.case_of(STATES[name])
    for factor in (1.0005, 0.9995):
        found = slips.checked(case, "logits", case.right * factor, method)
        assert found.verdict == "caught"
        assert found.check is not None
        assert found.check.max_relative_error == pytest.approx(5e-4, rel=1e-2)


@methods
@pytest.mark.parametrize("name", ["textbook", "squared", "hot_squared", "huge_wrong"])
def test_what_the_checker_lets_pass_is_what_is_said(name: str, method: str) -> None:
    case = slips.case_of(STATES[name])
    good = slips.checked(case, "logits", case.right, method)
    assert good.check is not None
    most = tables.allowance(good.check, good.value, method)
    where = int(np.abs(case.right).argmax())
    verdicts = []
    for share in (0.9, 1.1):
        wrong = case.right.copy()
        wrong[where] += share * most
        check = slips.checked(case, "logits", wrong, method).check
        assert check is not None
        verdicts.append(check.passed)
    assert verdicts == [True, False]


@settings(deadline=None, max_examples=60)
@given(states())
def test_any_state_has_its_answers(state: LabState) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for dtype in PRECISIONS:
            sweep_of(state, dtype)
        for slip in slips.SLIPS:
            found = slips.finding(state, slip, "central")
            assert not np.isnan(found.wrong).any()
            assert not np.isnan(found.off).any()


def test_a_difference_across_a_kink() -> None:
    _, _, rows = recipe.kink_table(wording("en"))
    cells = [[cell.value for cell in row if not isinstance(cell, str)] for row in rows]
    h = float(np.finfo(float).eps) ** (1 / 3)
    assert cells[0] == pytest.approx([h, (1e-6 + h) / (2 * h), 1])
    assert cells[1] == pytest.approx([1e-7, 1, 1])
    assert cells[2] == pytest.approx([h, 0.5])
