"""Slips are found wherever they show, and right gradients pass, at any of the learner's numbers."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import example, given, settings

from pages.lessons.gradient_check.finding import find, find_slip, posed, way_out, ways_out
from pages.lessons.gradient_check.step_errors import sweep_of
from pages.lessons.gradient_check.wrong_gradients import SLIPS, Setting, case_of
from pages.visit.difference_check import METHODS, PRECISIONS
from pages.visit.state import LabState
from tests.pages.lessons.gradient_check.states import ODD, STATES
from tests.pages.strategies import states


@pytest.mark.parametrize("slip", SLIPS)
def test_every_slip_is_caught_wherever_it_can_be_seen(slip: str, subtests: pytest.Subtests) -> None:
    for name in STATES:
        for method in METHODS:
            with subtests.test(state=name, method=method):
                is_caught_where_it_can_be_seen(slip, name, method)


def is_caught_where_it_can_be_seen(slip: str, name: str, method: str) -> None:
    state = STATES[name]
    finding = find_slip(state, slip, method)
    check = finding.check
    if check is None:
        assert finding.verdict == "infinite"
        assert name == "needed_masked"
        assert state.loss == "cross_entropy"
        return
    changes = bool(finding.off.any())
    assert (finding.verdict == "agrees") == (check.passed and not changes)
    if finding.verdict == "unseen":
        assert np.abs(finding.off).max() <= 2 * check.tolerance
        assert not check.conclusive
    elif changes:
        assert finding.verdict == "caught"
        assert not check.passed
        assert check.max_relative_error > 1e-6
    if finding.verdict != "caught":
        other = ways_out(state)[way_out(state, slip, method)]
        assert find_slip(other, slip, method).verdict == "caught"


def test_at_ordinary_numbers_every_slip_is_caught(subtests: pytest.Subtests) -> None:
    for slip in SLIPS:
        with subtests.test(slip=slip):
            finding = find_slip(ODD["hot_squared"], slip, "central")
            assert finding.verdict == "caught"
            assert finding.check is not None
            worst = finding.check.worst_index
            assert abs(finding.off[worst]) == pytest.approx(np.abs(finding.off).max(), rel=1e-3)


def test_the_right_gradient_passes_in_every_setting(subtests: pytest.Subtests) -> None:
    every: tuple[Setting, ...] = ("logits", "batch", "layer")
    for name, state in STATES.items():
        case = case_of(state)
        for method in METHODS:
            for setting in every:
                with subtests.test(state=name, method=method, setting=setting):
                    _, _, right = posed(case, setting)
                    finding = find(case, setting, right, method)
                    wanted = "infinite" if case.value == math.inf else "agrees"
                    assert finding.verdict == wanted


@pytest.mark.parametrize("method", ["central", "complex"])
def test_an_error_of_a_twentieth_of_a_percent_is_caught(
    method: str, subtests: pytest.Subtests
) -> None:
    for name in ("textbook", "three", "squared", "soft", "hot_squared", "focal"):
        case = case_of(STATES[name])
        for factor in (1.0005, 0.9995):
            with subtests.test(state=name, factor=factor):
                finding = find(case, "logits", case.right * factor, method)
                assert finding.verdict == "caught"
                assert finding.check is not None
                assert finding.check.max_relative_error == pytest.approx(5e-4, rel=1e-2)


@pytest.mark.parametrize("method", ["central", "complex"])
@pytest.mark.parametrize("state", [STATES["textbook"], ODD["hot_squared"]], ids=["textbook", "hot"])
def test_a_thousandth_of_a_percent_is_caught_at_ordinary_numbers(
    state: LabState, method: str
) -> None:
    case = case_of(state)
    for factor, verdict in ((1 + 1e-5, "caught"), (1 - 1e-5, "caught"), (1.0, "agrees")):
        assert find(case, "logits", case.right * factor, method).verdict == verdict


@pytest.mark.parametrize("method", METHODS)
def test_what_the_checker_lets_pass_is_what_is_said(method: str, subtests: pytest.Subtests) -> None:
    for name in ("textbook", "squared", "hot_squared", "huge_wrong"):
        with subtests.test(state=name):
            case = case_of(STATES[name])
            good = find(case, "logits", case.right, method).check
            assert good is not None
            where = int(np.abs(case.right).argmax())
            passed = []
            for share in (0.9, 1.1):
                wrong = case.right.copy()
                wrong[where] += share * good.tolerance
                check = find(case, "logits", wrong, method).check
                assert check is not None
                passed.append(check.passed)
            assert passed == [True, False]


@settings(deadline=None, max_examples=60)
@given(states())
@example(LabState((0.0, 14907.0, -math.inf), 0, "label_smoothed_cross_entropy", 21.0))
@example(LabState((-231506.0, -263226.0), 1, temperature=43.0, names=("", "")))
def test_any_state_has_its_answers(state: LabState) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for dtype in PRECISIONS:
            sweep_of(state, dtype)
        for slip in SLIPS:
            finding = find_slip(state, slip, "central")
            assert not np.isnan(finding.wrong).any()
            assert not np.isnan(finding.off).any()
