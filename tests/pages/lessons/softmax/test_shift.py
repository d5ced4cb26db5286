"""A shift moves the logits and leaves the probabilities."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import softmax
from pages.lessons.softmax.shift import shift_figure
from tests.pages.figures import STATES, WORDS, traces
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import clean, numbers, table_of, visit_of

INF = math.inf


def test_a_shift_changes_the_logits_and_not_the_probabilities() -> None:
    at = opened(z="0.1,-2,3.7", temperature="0.7")
    at.slider(key="c").set_value(-7.5).run()
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
        for shift in [-10.0, 0.0, 2.5]:
            with subtests.test(logits=logits, temperature=temperature, shift=shift):
                figure = shift_figure(logits, shift, temperature, WORDS, "light")
                before, after = traces(figure, "markers")
                z = np.array([x for x in logits if x > -INF])
                assert before["x"] == z.tolist()
                assert after["x"] == (z + shift).tolist()
                kept = [
                    a
                    for a, x in zip(softmax(logits, temperature=temperature), logits, strict=True)
                    if x > -INF
                ]
                assert before["y"] == kept
                assert after["y"] == pytest.approx(kept, abs=1e-9 / temperature)
                assert before["customdata"] == [i for i, x in enumerate(logits, 1) if x > -INF]
                low, high = figure["layout"]["xaxis"]["range"]
                assert low < min(before["x"] + after["x"])
                assert max(before["x"] + after["x"]) < high
