"""Which prediction is right depends on the numbers: compared with what happens by differences."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from pages.lessons.cross_entropy import both_ways
from pages.lessons.cross_entropy.derived import OF_ONE_SAMPLE
from pages.lessons.jacobian.derived import SOFTMAX_JACOBIAN, TEMPERATURE_SENSITIVITY
from pages.lessons.softmax import network
from pages.visit.choices import Choices
from pages.visit.matrix_entry import MatrixEntry
from pages.visit.samples import Sample
from pages.visit.state import LabState
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction

STATES = (
    (2.0, 3.0, 4.0),
    (4.0, 4.0, 1.0),
    (0.1, 0.1, 0.1),
    (5.0, 5.0),
    (-math.inf, 0.0, 1.0),
    (3.0, -math.inf),
    (1000.0, 0.0, -1000.0),
    tuple(float(k) for k in range(1, 11)),
)


def shares(z: tuple[float, ...], t: float = 1.0) -> Vector:
    powers = np.exp((np.array(z) - max(z)) / t)
    return np.asarray(powers / powers.sum())


def of(prediction: Prediction | None, z: tuple[float, ...], **state: int) -> str:
    assert prediction is not None
    return prediction.right(LabState(z, names=("",) * len(z), **state), Choices())  # type: ignore[arg-type]


def change(before: float, after: float) -> str:
    if math.isclose(before, after, abs_tol=1e-12):
        return "stay"
    return "rise" if after > before else "fall"


@pytest.mark.parametrize("z", STATES)
def test_softmax_twice(z: tuple[float, ...]) -> None:
    once = shares(z)
    twice = shares(tuple(once.tolist()))
    assert of(network._PREDICTION, z) == change(once.max(), twice.max())


@pytest.mark.parametrize("z", [z for z in STATES if max(z) < 1000])
def test_a_little_warmer(z: tuple[float, ...]) -> None:
    prediction = TEMPERATURE_SENSITIVITY.prediction
    assert prediction is not None
    state = LabState(z, names=("",) * len(z))
    k = int(prediction.numbers(state, Choices())["number"]) - 1
    assert of(prediction, z) == change(shares(z)[k], shares(z, 1.001)[k])


@pytest.mark.parametrize(("z", "t"), [(z, t) for z in STATES for t in range(2) if max(z) < 1000])
def test_another_logit_rises(z: tuple[float, ...], t: int) -> None:
    prediction = OF_ONE_SAMPLE[1].prediction
    assert prediction is not None
    state = LabState(z, t, names=("",) * len(z))
    k = int(prediction.numbers(state, Choices())["other"]) - 1
    raised = tuple(x + 0.1 * (i == k) for i, x in enumerate(z))
    # A larger probability is a smaller loss.
    assert of(prediction, z, target=t) == change(shares(raised)[t], shares(z)[t])


def test_the_way_back() -> None:
    halves = [(0.5, 0.3, 0.2), (0.2, 0.5, 0.3), (0.6, 0.4, 0.0), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0)]
    for p, q in product(halves, halves):
        there, back = (
            sum(x * math.log(x / y) if y else math.inf for x, y in pairs if x)
            for pairs in (list(zip(p, q, strict=True)), list(zip(q, p, strict=True)))
        )
        # Infinity less itself has no value, but the two are as large.
        same = there == back or math.isclose(there, back, abs_tol=1e-12)
        expected = "equal" if same else "larger" if back > there else "smaller"
        choices = Choices(samples=(Sample(p, q),))
        assert both_ways._PREDICTION.right(LabState(), choices) == expected, (p, q)


def test_the_logit_in_the_fraction() -> None:
    prediction = SOFTMAX_JACOBIAN.prediction
    assert prediction is not None
    for i, j in product(range(3), range(3)):
        said = prediction.right(LabState(), Choices(entry=MatrixEntry(i, j)))
        assert said == ("both" if i == j else "denominator")
