"""A shift moves the logits and leaves the probabilities."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import softmax
from pages.lessons.softmax.shift import shift_film
from pages.visit.state import LabState
from tests.pages.figures import STATES, WORDS
from tests.pages.film import points, release, values
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import clean, numbers, table_of, visit_of

INF = math.inf


def test_a_shift_changes_the_logits_and_not_the_probabilities() -> None:
    at = opened(z="0.1,-2,3.7", temperature="0.7")
    release(at, "shift", -7.5)
    shift = table_of(clean(at), WORDS("softmax.shift.picture"))
    z = np.array([0.1, -2, 3.7])
    assert numbers(shift, "logit") == z.tolist()
    assert numbers(shift, "shifted_logit") == (z - 7.5).tolist()
    a = numbers(shift, "probability")
    before, after = softmax(z, temperature=0.7), softmax(z - 7.5, temperature=0.7)
    assert a[0::2] == before.tolist()
    assert a[1::2] == after.tolist()
    assert visit_of(at).state.logits == tuple(z), "the slider must leave the learner's logits"


def test_a_shift_moves_points_sideways_only(subtests: pytest.Subtests) -> None:
    for logits, temperature in STATES:
        with subtests.test(logits=logits, temperature=temperature):
            state = LabState(logits, names=("",) * len(logits), temperature=temperature)
            film = shift_film(state, 2.25, WORDS, "light")
            assert {-10.0, 0.0, 2.25, 10.0} <= set(film.stops)
            before, after = (
                points(film, quantity) for quantity in ("probability", "shifted_probability")
            )
            unmasked = [k for k, z in enumerate(logits, 1) if z > -INF]
            assert list(before) == list(after) == unmasked
            a = softmax(logits, temperature=temperature)
            low, high = film.panels[0].x.ends
            for k in unmasked:
                z = logits[k - 1]
                assert set(before[k]["x"]) == {z}
                assert set(values(before[k])) == {a[k - 1]}
                assert after[k]["x"] == [z + c for c in film.stops]
                assert values(after[k]) == pytest.approx(
                    [a[k - 1]] * len(film.stops), abs=1e-9 / temperature
                )
                assert low < min(after[k]["x"])
                assert max(after[k]["x"]) < high
