"""What the lesson's questions call right, against the losses themselves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pages.lessons.any_loss.numbers import chosen_passage
from pages.lessons.any_loss.own import course_of_cubed
from pages.lessons.any_loss.squared_path import label_of, path, reach_of_path
from pages.visit.choices import Choices
from pages.visit.links import decode
from tests.pages.any_loss import opened, shares
from tests.pages.reading import clean, listed, visit_of

STATES = ("z=2,3,4&label=2", "z=5,-5,0,1&label=1", "z=1,2,3,4,5,6,7,8,9,10&label=9")
TIE = "z=5,4&label=2"


@pytest.mark.parametrize(
    "query", [*STATES, TIE, "z=0,2,1&target=0.1,0.8,0.1", "z=3,0,0&target=0.4,0.3,0.3"]
)
def test_the_cubed_error_goes_where_it_is_said_to_go(query: str) -> None:
    state, _, refused = decode(listed(query))
    assert not refused
    label = label_of(state)

    def cubed(moved: float) -> float:
        z = [x + moved * (k == label) for k, x in enumerate(state.logits)]
        return math.fsum(
            (a - y) ** 3 for a, y in zip(shares(tuple(z)), state.distribution, strict=True)
        )

    change = cubed(1e-4) - cubed(-1e-4)
    course = "stay" if abs(change) < 1e-12 else "rise" if change > 0 else "fall"
    assert course_of_cubed(state, Choices()) == course
    assert (course == "stay") == (query == TIE)


@pytest.mark.parametrize("query", [*STATES, TIE])
def test_squared_error_pulls_hardest_at_a_third(query: str) -> None:
    state, *_ = decode(listed(query))
    shown = path(state, np.linspace(*reach_of_path(state), 5001))
    steepest = int(np.abs(shown.slopes["mean_squared_error"]).argmax())
    assert shown.share[steepest] == pytest.approx(1 / 3, abs=2e-3)


@pytest.mark.parametrize("loss", ["cross_entropy", "focal"])
def test_three_more_for_every_g_leave_the_gradient(loss: str) -> None:
    at = opened(screen="rule", z="1,2,3,0,1", label="4", loss=loss)
    before = chosen_passage(visit_of(at).state, visit_of(at).choices)
    at.radio(key="guess").set_value("stay")
    clean(at.run())
    after = chosen_passage(visit_of(at).state, visit_of(at).choices)
    assert after.upstream == pytest.approx(before.upstream + 3)
    assert after.gradient == pytest.approx(before.gradient, abs=1e-12)
