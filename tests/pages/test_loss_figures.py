"""The pictures of losses and their gradients show the numbers that they are drawn from."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import softmax, softmax_jacobian, softmax_loss
from pages.lessons.any_loss import squared
from pages.lessons.any_loss import tables as any_loss
from pages.lessons.any_loss.numbers import passage
from pages.lessons.cross_entropy import tables as cross_entropy_tables
from pages.visit.presets import PRESETS
from pages.visit.samples import Sample
from pages.widgets.figure import Figure
from pages.writing.palette import fill
from tests.pages.figures import WORDS, traces
from tests.pages.strategies import distributions


def bars(figure: Figure, part: str) -> dict[int, tuple[float, float]]:
    """Where each row's bar of one part begins and ends; rows count from 1, the sum is the last."""
    (trace,) = [t for t in figure["data"] if t.get("name") == WORDS(f"cross_entropy.pair.{part}")]
    return {
        int(row): (base, base + size)
        for row, base, size in zip(trace["y"], trace["base"], trace["x"], strict=True)
    }


def test_the_surprise_is_the_least_and_what_comes_on_top() -> None:
    p, q = (0.5, 0.3, 0.2), (0.2, 0.5, 0.3)
    least = [-x * math.log(x) for x in p]
    paid = [-x * math.log(y) for x, y in zip(p, q, strict=True)]
    least, paid = [*least, sum(least)], [*paid, sum(paid)]
    figure = cross_entropy_tables.pair_picture(Sample(p, q), WORDS, "light").figure
    assert figure["layout"]["yaxis"]["ticktext"] == ["class 1", "class 2", "class 3", "<b>sum</b>"]
    for row, (h, c) in enumerate(zip(least, paid, strict=True), 1):
        assert bars(figure, "least")[row] == pytest.approx((0, min(h, c)))
        part = bars(figure, "extra" if c > h else "saved")
        assert part[row] == pytest.approx((min(h, c), max(h, c)))
    assert set(bars(figure, "extra")) == {1, 4}
    assert set(bars(figure, "saved")) == {2, 3}
    (texts,) = traces(figure, "text")
    assert [float(text) for text in texts["text"]] == pytest.approx(paid, abs=5e-5)


def test_an_infinite_surprise_is_cut_and_says_so() -> None:
    figure = cross_entropy_tables.pair_picture(
        Sample((0.5, 0.5), (1.0, 0.0)), WORDS, "light"
    ).figure
    (texts,) = traces(figure, "text")
    assert ["∞" in text for text in texts["text"]] == [False, True, True]
    assert bars(figure, "extra")[2][1] == bars(figure, "extra")[3][1]
    assert bars(figure, "extra")[3][1] > math.log(2)


@settings(deadline=None)
@given(st.integers(2, 10).flatmap(lambda n: st.tuples(distributions(n), distributions(n))))
def test_every_pair_gives_a_finite_plain_figure(pair: tuple[tuple[float, ...], ...]) -> None:
    figure = cross_entropy_tables.pair_picture(Sample(*pair), WORDS, "dark").figure
    json.dumps(figure, allow_nan=False)
    layout = figure["layout"]
    assert layout["dragmode"] is False
    low, high = layout["xaxis"]["range"]
    for trace in figure["data"]:
        if trace["type"] == "bar":
            assert all(size > 0 for size in trace["x"])
            ends = [base + size for base, size in zip(trace["base"], trace["x"], strict=True)]
            assert all(low <= end <= high for end in ends)


def test_bars_lead_from_the_mean_to_g_and_from_zero_to_the_gradient() -> None:
    a, g = softmax([2.0, 3.0, 4.0]), np.array([-2.0, 0.5, 3.0])
    state = PRESETS["textbook"]
    figure = any_loss.passage_picture(passage(state, g), state, WORDS, "light").figure
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
    figure = any_loss.passage_picture(passage(state, np.ones(3)), state, WORDS, "light").figure
    for place in ("xaxis", "xaxis2"):
        low, high = figure["layout"][place]["range"]
        assert high - low >= 1


@pytest.mark.parametrize("name", PRESETS)
def test_the_path_shows_both_losses_and_the_learners_point(name: str) -> None:
    state = PRESETS[name]
    label = squared.label_of(state)
    figure = any_loss.path_picture(state, WORDS, "light").figure
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
