"""The pictures of losses and their gradients show the numbers that they are drawn from."""

from __future__ import annotations

import numpy as np
import pytest

from core import softmax, softmax_jacobian
from pages.lessons.any_loss.numbers import passage
from pages.lessons.any_loss.rule import passage_picture
from pages.visit.presets import PRESETS
from pages.writing.palette import fill
from tests.pages.figures import WORDS


def test_bars_lead_from_the_mean_to_g_and_from_zero_to_the_gradient() -> None:
    a, g = softmax([2.0, 3.0, 4.0]), np.array([-2.0, 0.5, 3.0])
    state = PRESETS["textbook"]
    figure = passage_picture(passage(state, g), state, WORDS, "light").figure
    before, points, after = figure["data"]
    assert points["x"] == g.tolist()
    ends = [base + size for base, size in zip(before["base"], before["x"], strict=True)]
    assert ends == pytest.approx(g.tolist())
    assert before["base"] == pytest.approx([float(a @ g)] * 3)
    assert after["x"] == pytest.approx((softmax_jacobian(a) @ g).tolist())
    above, below = fill("gradient_above", "light"), fill("gradient_below", "light")
    assert after["marker"]["color"] == [above if x > 0 else below for x in after["x"]]


def test_what_rounding_leaves_of_equal_g_fills_no_picture() -> None:
    state = PRESETS["textbook"]
    figure = passage_picture(passage(state, np.ones(3)), state, WORDS, "light").figure
    for place in ("xaxis", "xaxis2"):
        low, high = figure["layout"][place]["range"]
        assert high - low >= 1
