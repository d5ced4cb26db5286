"""The pictures of losses and their gradients show the numbers that they are drawn from."""

from __future__ import annotations

import numpy as np
import pytest

from core import softmax, softmax_jacobian, softmax_loss
from pages.lessons.any_loss.numbers import passage
from pages.lessons.any_loss.rule import passage_picture
from pages.lessons.any_loss.squared import path_picture
from pages.lessons.any_loss.squared_path import label_of
from pages.visit.presets import PRESETS
from pages.writing.palette import fill
from tests.pages.figures import WORDS, traces


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


@pytest.mark.parametrize("name", PRESETS)
def test_the_path_shows_both_losses_and_the_learners_point(name: str) -> None:
    state = PRESETS[name]
    label = label_of(state)
    figure = path_picture(state, WORDS, "light").figure
    curves, points = traces(figure, "lines"), traces(figure, "markers")
    order = [("cross_entropy", "y"), ("cross_entropy", "y2")]
    order += [("mean_squared_error", axis) for _, axis in order]
    for (loss, axis), curve, point in zip(order, curves[:4], points, strict=True):
        assert point["x"] == [state.logits[label]]
        assert curve.get("yaxis", "y") == point.get("yaxis", "y") == axis
        shown = [*zip(curve["x"], curve["y"], strict=True)][::40]
        for z, value in [*shown, (*point["x"], *point["y"])]:
            moved = [z if k == label else other for k, other in enumerate(state.logits)]
            found = softmax_loss(moved, label, loss=loss)
            wanted = found.value if axis == "y" else -found.grad_logits[label]
            assert value == pytest.approx(float(wanted), rel=1e-12, abs=1e-15)
    factor = curves[4]
    assert max(factor["y"]) == pytest.approx(0.25, abs=1e-3)
