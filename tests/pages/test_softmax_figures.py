"""The pictures of the softmax lesson show core's numbers, whatever the state."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import softmax
from pages.lessons.softmax.shares_figure import largest_figure, shares_figure
from pages.lessons.softmax.shift_figure import shift_figure
from pages.lessons.softmax.temperature_figure import temperature_figure, temperatures
from pages.lessons.softmax.two_classes_figure import sigmoid, two_classes_figure
from pages.lessons.softmax.who_looks_figure import (
    moving_range,
    outputs,
    who_looks_figure,
)
from pages.visit.presets import TEN_ACTIONS
from pages.visit.state import unmasked_pair
from pages.writing.palette import fill
from tests.pages.figures import WORDS, states, traces

INF = math.inf


@states
def test_shares_are_softmax(logits: tuple[float, ...], temperature: float) -> None:
    a = softmax(logits, temperature=temperature)
    figure = shares_figure(["x"] * len(a), a.tolist(), WORDS, "light")
    (bars,) = figure["data"]
    assert bars["x"] == a.tolist()
    assert bars["y"] == list(range(1, len(a) + 1))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low > high, "the first class is to be at the top"


@pytest.mark.parametrize(
    ("k", "chosen"), [(1, [10]), (2, [10, 1]), (3, [10, 1, 5]), (5, [10, 1, 5, 2, 4])]
)
def test_the_k_largest_of_the_ten_actions(k: int, chosen: list[int]) -> None:
    (bars,) = largest_figure(TEN_ACTIONS, k, WORDS, "light")["data"]
    assert bars["y"] == [0.2, 0.1, 0.05, 0.1, 0.2, 0.02, 0.08, 0.01, 0.01, 0.23]
    filled = [
        i for i, c in enumerate(bars["marker"]["color"], 1) if c == fill("probability", "light")
    ]
    assert filled == sorted(chosen)
    ranks = {text.strip("</b>"): i for i, text in enumerate(bars["text"], 1) if text}
    assert [ranks[str(rank)] for rank in range(1, k + 1)] == chosen


@states
@pytest.mark.parametrize("shift", [-10.0, 0.0, 2.5])
def test_a_shift_moves_points_sideways_only(
    logits: tuple[float, ...], temperature: float, shift: float
) -> None:
    figure = shift_figure(logits, shift, temperature, WORDS, "light")
    before, after = traces(figure, "markers")
    z = np.array([x for x in logits if x > -INF])
    assert before["x"] == z.tolist()
    assert after["x"] == (z + shift).tolist()
    kept = [
        a for a, x in zip(softmax(logits, temperature=temperature), logits, strict=True) if x > -INF
    ]
    assert before["y"] == kept
    assert after["y"] == pytest.approx(kept, abs=1e-9 / temperature)
    assert before["customdata"] == [i for i, x in enumerate(logits, 1) if x > -INF]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < min(before["x"] + after["x"])
    assert max(before["x"] + after["x"]) < high


@states
def test_the_sweep_is_softmax_at_each_temperature(
    logits: tuple[float, ...], temperature: float
) -> None:
    names = [str(i) for i in range(len(logits))]
    figure = temperature_figure(names, logits, temperature, WORDS, "light")
    curves = {int(trace["name"]): trace for trace in traces(figure, "lines")}
    across = curves[0]["x"]
    assert len(curves) == len(logits)
    assert across == sorted(across)
    assert temperature in across
    assert across[0] <= 0.05
    assert across[-1] >= 20
    for position in (0, len(across) // 2, across.index(temperature), -1):
        expected = softmax(logits, temperature=across[position])
        assert [curves[i]["y"][position] for i in range(len(logits))] == expected.tolist()
    (points,) = traces(figure, "markers")
    own = softmax(logits, temperature=temperature)
    assert points["y"] == sorted(own.tolist(), reverse=True)
    assert set(points["x"]) == {temperature}


def test_the_sweep_ends_at_its_limits() -> None:
    lows = [
        t["y"][0] for t in traces(temperature_figure("abc", (2, 3, 3), 1, WORDS, "light"), "lines")
    ]
    assert lows == pytest.approx([0.5, 0.5, 0], abs=1e-8)
    assert temperatures(100.0)[-1] == 100
    assert temperatures(0.01)[0] == 0.01


@pytest.mark.parametrize("difference", [0.0, -1.0, 7.5, 2e6, -2e6])
def test_the_sigmoid_and_softmax_meet_at_every_point(difference: float) -> None:
    figure = two_classes_figure(difference, WORDS, "light")
    sigmoid, two_class = traces(figure, "lines")
    assert sigmoid["x"] == two_class["x"]
    assert sigmoid["y"] == pytest.approx(two_class["y"], abs=1e-15)
    expected = [softmax([d, 0.0])[0] for d in two_class["x"]]
    assert two_class["y"] == expected
    (point,) = traces(figure, "markers")
    assert point["x"] == [difference]
    assert point["y"] == [softmax([difference, 0.0])[0]]
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < difference < high


def test_an_infinite_difference_has_no_point() -> None:
    assert traces(two_classes_figure(INF, WORDS, "light"), "markers") == []


def test_the_sigmoid_alone() -> None:
    assert sigmoid(np.array([0.0, INF, -1e6])).tolist() == [0.5, 1.0, 0.0]
    assert sigmoid(np.array([-1.0]))[0] == pytest.approx(0.2689414213699951, rel=1e-15)


@pytest.mark.parametrize(
    ("logits", "pair"),
    [((1, 2, 3), (0, 1)), ((-INF, 2, 3), (1, 2)), ((1, -INF), (0, 1)), ((-INF, 4), (1, 0))],
)
def test_the_pair_passes_masked_classes_over(
    logits: tuple[float, ...], pair: tuple[int, int]
) -> None:
    assert unmasked_pair(logits) == pair


@states
def test_only_softmax_looks_at_the_other_logit(
    logits: tuple[float, ...], temperature: float
) -> None:
    low, high, start = moving_range(logits, temperature)
    assert low <= start <= high
    watched, mover = unmasked_pair(logits)
    places = np.linspace(low, high, 7)
    found = outputs(logits, temperature, places)
    for name in ("sigmoid", "relu", "leaky_relu"):
        assert len(set(found[name].tolist())) == 1, name
    assert found["softmax"][0] > found["softmax"][-1], "softmax is to answer"
    for place, output in zip(places, found["softmax"], strict=True):
        changed = list(logits)
        changed[mover] = place
        assert output == softmax(changed, temperature=temperature)[watched]
    z = logits[watched]
    assert found["relu"][0] == max(0.0, z)
    assert found["leaky_relu"][0] == (z if z > 0 else 0.01 * z)


def test_the_four_panels_show_these_outputs() -> None:
    figure = who_looks_figure((2.0, 3.0, 4.0), 1.0, 2.5, WORDS, "light")
    curves, points = traces(figure, "lines"), traces(figure, "markers")
    for name, curve, point in zip(outputs((2, 3, 4), 1, [2.5]), curves, points, strict=True):
        assert curve["y"] == outputs((2, 3, 4), 1, curve["x"])[name].tolist()
        assert point["x"] == [2.5]
        assert point["y"] == outputs((2, 3, 4), 1, [2.5])[name].tolist()
        assert curve["xaxis"] == point["xaxis"]
    assert points[0]["y"] == [softmax([2, 2.5, 4])[0]]
