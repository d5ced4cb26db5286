"""The worked examples give the numbers that the lessons quote.

Provenance: the sources' examples recomputed at 50 digits, rounded to what is written here.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import LossResult, softmax_loss
from pages.bench.numbers import bench_numbers
from pages.visit.choices import Choices
from pages.visit.links import decode, encode
from pages.visit.presets import PRESETS, TEN_ACTIONS
from pages.visit.state import (
    LabState,
    checked_logits,
    checked_loss,
    checked_target,
    checked_temperature,
)
from tests.pages.reading import listed

EIGHT_DIGITS = 5e-9


def result(name: str) -> LossResult:
    state = PRESETS[name]
    return softmax_loss(
        state.logits, np.asarray(state.target), loss=state.loss, temperature=state.temperature
    )


def near(actual: object, expected: list[float]) -> None:
    np.testing.assert_allclose(np.asarray(actual), expected, rtol=0, atol=EIGHT_DIGITS)


def test_one_clear_winner() -> None:
    near(result("three").probabilities, [0.87887824, 0.11894324, 0.00217852])


def test_the_textbook_gradient() -> None:
    textbook = result("textbook")
    near(textbook.probabilities, [0.09003057, 0.24472847, 0.66524096])
    near(textbook.grad_logits, [0.09003057, -0.75527153, 0.66524096])
    assert textbook.value == pytest.approx(1.4076059644443804, abs=4e-16)


def test_five_classes_with_squared_error() -> None:
    squared = result("squared")
    near(squared.probabilities, [0.08015892, 0.21789455, 0.59229879, 0.02948882, 0.08015892])
    near(squared.grad_logits, [-0.00969502, -0.01434905, 0.0496989, -0.01595981, -0.00969502])
    assert squared.value == pytest.approx(0.27060774825411876, abs=1e-16)


def test_given_probabilities() -> None:
    shares = result("shares")
    near(shares.probabilities, [0.2, 0.3, 0.5])
    near(shares.grad_probabilities, [0, -1 / 0.3, 0])
    assert shares.value == pytest.approx(1.2039728, abs=5e-8)


def test_ten_actions() -> None:
    actions = result("actions").probabilities
    near(actions, list(TEN_ACTIONS))
    assert actions.argmax() == 9
    assert actions[9] == pytest.approx(0.23)


def test_what_surprises() -> None:
    tie, equal = result("tie").probabilities, result("equal").probabilities
    assert tie[0] == tie[1] == tie.max()
    assert (equal == equal[0]).all()
    assert result("ahead").probabilities[0] == 1
    assert result("wrong").value > 9
    assert np.abs(result("wrong").grad_logits).max() > 0.99
    assert np.abs(result("wrong_squared").grad_logits).max() < 1e-3
    assert result("masked").probabilities[0] == 0
    assert result("soft").value > 0


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_state_like_any_other(name: str) -> None:
    state = PRESETS[name]
    assert isinstance(state, LabState)
    assert checked_logits(state.logits) == state.logits
    assert checked_loss(state.loss) == state.loss
    assert checked_temperature(state.temperature) == state.temperature
    assert len(state.names) == state.classes
    if isinstance(state.target, tuple):
        assert checked_target(state.target, state.classes) == state.target
        assert math.fsum(state.target) == pytest.approx(1, abs=1e-12)
    assert decode(listed(encode(state, "en"))) == (state, Choices(), [])
    assert bench_numbers(state)["check"]["verdict"] in ("agree", "too_small")  # type: ignore[index]


def test_presets_differ() -> None:
    assert len(set(PRESETS.values())) == len(PRESETS)
