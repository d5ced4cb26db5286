"""What the bench is sent: core's numbers, as JSON can carry them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given

from core import LOSSES, entropy, softmax_jacobian, softmax_loss
from pages.bench.numbers import bench_numbers, lane_numbers
from pages.visit.state import LabState
from tests.pages.reading import sent
from tests.pages.strategies import states

MASKED = LabState((-math.inf, 0.0, 1.0), 0)
EXTREMES = {
    "label on a masked class": MASKED,
    "two masked": LabState((-math.inf, 0.0, -math.inf), 1),
    "soft target on a masked class": LabState((-math.inf, 0.0, 1.0), (0.5, 0.25, 0.25)),
    "huge": LabState((1e6, -1e6, 0.0), 1),
    "huge and cold": LabState((1e6, -1e6, 0.0), 1, temperature=0.01),
    "e^z overflows": LabState((710.0, 0.0, 1.0), 0),
    "e^z vanishes": LabState((-800.0, -801.0, -802.0), 0),
    "saturated and right": LabState((800.0, 0.0, 0.0), 0),
    "saturated and wrong": LabState((800.0, 0.0, 0.0), 1),
    "tiny": LabState((5e-324, -5e-324, 0.0), 0),
    "hot": LabState((5.0, 1.0, 2.0), 0, temperature=100.0),
    "cold": LabState((5.0, 1.0, 2.0), 1, temperature=0.01),
}


def with_loss(state: LabState, loss: str) -> LabState:
    return LabState(state.logits, state.target, loss, state.temperature, state.names)


def read(values: object) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array(values, dtype=object).astype(float)


def assert_from_core(state: LabState) -> None:
    data = sent(state)
    z = np.array(state.logits)
    expected = softmax_loss(
        z, np.asarray(state.target), loss=state.loss, temperature=state.temperature
    )
    jacobian = softmax_jacobian(expected.probabilities, temperature=state.temperature)
    for quantity, numbers in {
        "logit": z,
        "target": state.distribution,
        "probability": expected.probabilities,
        "gradient_probability": expected.grad_probabilities,
        "gradient": expected.grad_logits,
        "jacobian": jacobian,
        "loss": expected.value,
        "entropy": entropy(expected.probabilities),
    }.items():
        np.testing.assert_array_equal(read(data[quantity]), numbers, err_msg=quantity)


@pytest.mark.parametrize("loss", LOSSES)
def test_extremes_survive_json(loss: str, subtests: pytest.Subtests) -> None:
    for name, state in EXTREMES.items():
        with subtests.test(name=name):
            assert_from_core(with_loss(state, loss))


@given(state=states())
@example(MASKED)
def test_a_compact_bench_is_sent_its_lanes_alone(state: LabState) -> None:
    whole, lanes = bench_numbers(state), lane_numbers(state, jacobian=False)
    assert lanes.items() <= whole.items()
    assert not {"jacobian", "check", "gradient", "entropy"} & lanes.keys()
    assert {"logit", "probability", "target", "loss", "exponential"} <= lanes.keys()


@given(state=states())
@example(MASKED)
def test_any_state_survives_json(state: LabState) -> None:
    assert_from_core(state)
    assert sent(state)["check"]["verdict"] != "disagree", sent(state)["check"]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (LabState((2.0, 3.0, 4.0), 1), "agree"),
        (LabState((1.0, 0.0, -1.0), (0.2, 0.3, 0.5), temperature=3.0), "agree"),
        (LabState((60.0, 0.0, 0.0), 0), "too_small"),
    ],
    ids=["ordinary", "soft and warm", "saturated"],
)
def test_the_check_gives_its_verdict(state: LabState, verdict: str, loss: str) -> None:
    if verdict == "too_small" and loss == "label_smoothed_cross_entropy":
        verdict = "agree"  # its target never reaches 1: a sure answer still has a slope
    assert sent(with_loss(state, loss))["check"]["verdict"] == verdict


def test_an_infinite_loss_cannot_be_checked() -> None:
    assert sent(MASKED)["check"] == {"verdict": "infinite"}
    assert sent(MASKED)["loss"] == "Infinity"
    assert sent(MASKED)["gradient_probability"][0] == "-Infinity"


def test_the_shift_is_shown_where_exponentials_fail() -> None:
    assert sent(LabState())["shifted"] is None
    for name in ("e^z overflows", "e^z vanishes"):
        assert sent(EXTREMES[name])["shifted"]["sum"] > 0


def test_argmax_is_the_first_of_a_tie() -> None:
    assert sent(LabState((1.0, 2.0, 2.0)))["argmax"] == 1


def test_a_low_temperature_is_no_disagreement() -> None:
    """A step as wide as at T = 1 would see the loss bend, and blame the gradient."""
    for temperature in (0.01, 0.015625, 0.1):
        state = LabState(
            (-math.inf, 0.0, 0.0, 0.0), 0, "mean_squared_error", temperature, ("",) * 4
        )
        assert sent(state)["check"]["verdict"] != "disagree"
