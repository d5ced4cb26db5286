"""The pictures show core's numbers, whatever the state, and no name can speak to Plotly."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import softmax, softmax_jacobian, softmax_loss
from pages.blocks import cross_entropy_tables, figures
from pages.blocks.any_loss import squared
from pages.blocks.any_loss import tables as any_loss
from pages.blocks.any_loss.numbers import passage
from pages.blocks.calibration import tables
from pages.blocks.calibration.chosen import Chosen, ready_judgement
from pages.blocks.calibration.far import far_picture
from pages.blocks.calibration.mistakes import mistakes_picture
from pages.blocks.calibration.predictions import intervals
from pages.blocks.calibration.strange import strange_picture
from pages.blocks.calibration.temperature import beside_picture
from pages.blocks.gradient_check.sweep import METHODS, PRECISIONS, STEPS, sweep_of
from pages.blocks.palette import fill
from pages.blocks.presets import PRESETS, TEN_ACTIONS
from pages.blocks.samples import Sample
from pages.blocks.stability import pictures as stability
from pages.blocks.state import LabState
from pages.blocks.training.workplace import READY
from pages.blocks.wording import wording
from tests.pages.strategies import distributions

WORDS = wording("en")
INF = math.inf
STATES: Sequence[tuple[tuple[float, ...], float]] = (
    ((2.0, 3.0, 4.0), 1.0),
    ((3.0, 1.0, -3.0), 0.5),
    ((-INF, 0.0, 1.0), 1.0),
    ((0.0, -INF), 1.0),
    ((-INF, -INF, -1e6, -INF), 100.0),
    ((1e6, -1e6), 0.01),
    ((-1e6, -1e6, -1e6), 0.01),
    (tuple(math.log(p) for p in TEN_ACTIONS), 1.0),
)
logit = st.floats(-1e6, 1e6) | st.just(-INF)
logits_of_a_state = st.lists(logit, min_size=2, max_size=10).filter(lambda z: max(z) > -INF)
states = pytest.mark.parametrize(("logits", "temperature"), STATES)


def all_figures(logits: Sequence[float], temperature: float) -> list[figures.Figure]:
    names = [f"class {i + 1}" for i in range(len(logits))]
    a = softmax(logits, temperature=temperature).tolist()
    state = LabState(tuple(logits), target=len(names) - 1, names=("",) * len(names))
    first, second = figures.unmasked_pair(logits)
    _, _, at = figures.moving_range(logits, temperature)
    g = np.array([float(k) for k in range(len(logits))])
    return [
        figures.shares(names, a, WORDS, "light"),
        figures.largest(TEN_ACTIONS, 3, WORDS, "dark"),
        figures.shifted(logits, 3.0, temperature, WORDS, "light"),
        figures.sweep(names, logits, temperature, WORDS, "dark"),
        figures.two_classes(logits[first] - logits[second], WORDS, "light"),
        figures.who_looks(logits, temperature, at, WORDS, "dark"),
        figures.jacobian(softmax_jacobian(softmax(logits)), (0, 1), WORDS, "light"),
        *step_errors(logits, temperature),
        figures.descent([abs(logits[0]) if logits[0] > -INF else 0.0, 1e300], WORDS, "dark"),
        stability.growing(state, "float16", WORDS, "dark").figure,
        stability.penalties(state, WORDS, "light").figure,
        any_loss.passage_picture(passage(state, g), state, WORDS, "dark").figure,
        any_loss.path_picture(state, WORDS, "light").figure,
        *calibrations(),
    ]


@cache
def calibrations() -> list[figures.Figure]:
    """The calibration lesson's pictures, which are of models and not of logits."""
    source, raw, spiral = (Chosen(name, ready_judgement(name)) for name in READY)
    assert raw.found.after is not None
    return [
        tables.reliability_picture(source.found.before, 15, WORDS, "light").figure,
        tables.reliability_picture(spiral.found.before, 50, WORDS, "dark").figure,
        beside_picture(raw.found.before, raw.found.after, 2, WORDS, "light").figure,
        mistakes_picture(raw.found, WORDS, "dark").figure,
        far_picture(spiral, 10, WORDS, "light").figure,
        strange_picture(raw, 1, WORDS, "dark").figure,
    ]


def step_errors(logits: Sequence[float], temperature: float) -> list[figures.Figure]:
    state = LabState(
        tuple(logits), int(np.argmin(logits)), "focal", temperature, ("",) * len(logits)
    )
    sweeps = [
        sweep_of(replace(state, loss=loss), d)
        for loss in ("mean_squared_error", "focal")
        for d in PRECISIONS
    ]
    return [
        figures.step_error(sweep, method, WORDS, "light")
        for sweep in sweeps
        for method in METHODS
        if sweep is not None
    ]


def traces(figure: figures.Figure, mode: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("mode") == mode]


@settings(deadline=None)
@given(logits=logits_of_a_state, temperature=st.floats(0.01, 100))
def test_every_state_gives_finite_plain_figures(logits: list[float], temperature: float) -> None:
    for figure in all_figures(logits, temperature):
        assert set(figure) == {"data", "layout"}
        json.dumps(figure, allow_nan=False)


@states
def test_no_figure_zooms_or_has_a_title(logits: tuple[float, ...], temperature: float) -> None:
    for figure in all_figures(logits, temperature):
        layout = figure["layout"]
        assert layout["dragmode"] is False
        assert "title" not in layout
        axes = [part for name, part in layout.items() if name[1:5] == "axis"]
        assert axes
        assert all(axis["fixedrange"] for axis in axes)


@states
def test_shares_are_softmax(logits: tuple[float, ...], temperature: float) -> None:
    a = softmax(logits, temperature=temperature)
    figure = figures.shares(["x"] * len(a), a.tolist(), WORDS, "light")
    (bars,) = figure["data"]
    assert bars["x"] == a.tolist()
    assert bars["y"] == list(range(1, len(a) + 1))
    low, high = figure["layout"]["yaxis"]["range"]
    assert low > high, "the first class is to be at the top"


@pytest.mark.parametrize(
    ("k", "chosen"), [(1, [10]), (2, [10, 1]), (3, [10, 1, 5]), (5, [10, 1, 5, 2, 4])]
)
def test_the_k_largest_of_the_ten_actions(k: int, chosen: list[int]) -> None:
    (bars,) = figures.largest(TEN_ACTIONS, k, WORDS, "light")["data"]
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
    figure = figures.shifted(logits, shift, temperature, WORDS, "light")
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
    figure = figures.sweep(names, logits, temperature, WORDS, "light")
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
    lows = [t["y"][0] for t in traces(figures.sweep("abc", (2, 3, 3), 1, WORDS, "light"), "lines")]
    assert lows == pytest.approx([0.5, 0.5, 0], abs=1e-8)
    assert figures.temperatures(100.0)[-1] == 100
    assert figures.temperatures(0.01)[0] == 0.01


@pytest.mark.parametrize("difference", [0.0, -1.0, 7.5, 2e6, -2e6])
def test_the_sigmoid_and_softmax_meet_at_every_point(difference: float) -> None:
    figure = figures.two_classes(difference, WORDS, "light")
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
    assert traces(figures.two_classes(INF, WORDS, "light"), "markers") == []


def test_the_sigmoid_alone() -> None:
    assert figures.sigmoid(np.array([0.0, INF, -1e6])).tolist() == [0.5, 1.0, 0.0]
    assert figures.sigmoid(np.array([-1.0]))[0] == pytest.approx(0.2689414213699951, rel=1e-15)


@pytest.mark.parametrize(
    ("logits", "pair"),
    [((1, 2, 3), (0, 1)), ((-INF, 2, 3), (1, 2)), ((1, -INF), (0, 1)), ((-INF, 4), (1, 0))],
)
def test_the_pair_passes_masked_classes_over(
    logits: tuple[float, ...], pair: tuple[int, int]
) -> None:
    assert figures.unmasked_pair(logits) == pair


@states
def test_only_softmax_looks_at_the_other_logit(
    logits: tuple[float, ...], temperature: float
) -> None:
    low, high, start = figures.moving_range(logits, temperature)
    assert low <= start <= high
    watched, mover = figures.unmasked_pair(logits)
    places = np.linspace(low, high, 7)
    found = figures.outputs(logits, temperature, places)
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
    figure = figures.who_looks((2.0, 3.0, 4.0), 1.0, 2.5, WORDS, "light")
    curves, points = traces(figure, "lines"), traces(figure, "markers")
    for name, curve, point in zip(
        figures.outputs((2, 3, 4), 1, [2.5]), curves, points, strict=True
    ):
        assert curve["y"] == figures.outputs((2, 3, 4), 1, curve["x"])[name].tolist()
        assert point["x"] == [2.5]
        assert point["y"] == figures.outputs((2, 3, 4), 1, [2.5])[name].tolist()
        assert curve["xaxis"] == point["xaxis"]
    assert points[0]["y"] == [softmax([2, 2.5, 4])[0]]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("cat", "cat"),
        ("<b>&lt;", "&lt;b&gt;&amp;lt;"),
        ("a" * 20, "a" * 20),
        ("a" * 21, "a" * 19 + "…"),
        ("猫" * 10, "猫" * 10),
        ("猫" * 11, "猫" * 9 + "…"),
        ("<" * 500, "&lt;" * 19 + "…"),
    ],
)
def test_names_are_short_and_harmless(name: str, shown: str) -> None:
    assert figures.short_name(name) == shown


def test_names_reach_the_figures_harmless() -> None:
    names = ["<img src=x>", "b & c"]
    shown = json.dumps(
        [
            figures.shares(names, [0.5, 0.5], WORDS, "light"),
            figures.sweep(names, (1.0, 1.0), 1.0, WORDS, "light"),
        ]
    )
    assert shown.count("&lt;img src=x&gt;") == 2
    assert "<img" not in shown
    assert "b & c" not in shown


def test_an_index_counts_from_one() -> None:
    assert figures.indexed("z", 0) == "z₁"
    assert figures.indexed("z", 9) == "z₁₀"


def bars(figure: figures.Figure, part: str) -> dict[int, tuple[float, float]]:
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


@pytest.mark.parametrize("method", METHODS)
def test_the_step_picture_shows_the_sweep(method: str) -> None:
    sweep = sweep_of(LabState(), "float32")
    assert sweep is not None
    figure = figures.step_error(sweep, method, WORDS, "light")
    curves = {t["name"]: t for t in traces(figure, "lines") if "name" in t}
    assert list(curves)[-1] == WORDS(f"gradient_check.method.{method}"), "the chosen one in front"
    for name in METHODS:
        curve = curves[WORDS(f"gradient_check.method.{name}")]
        for y, error in zip(curve["y"], sweep.errors[name], strict=True):
            assert (y is None) == bool(np.isnan(error)), "a step that vanishes has no error"
            assert y is None or y == max(error, 1e-17)
    stars = {t["x"][0] for t in traces(figure, "markers")}
    assert stars == {STEPS[sweep.best(name)] for name in METHODS}
    (area,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert area["x1"] == sweep.unmoved
    (line,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert line["x0"] == 1e-10
    notes = " ".join(note["text"] for note in figure["layout"]["annotations"])
    power = "h" if method == "forward" else "h²"
    assert WORDS("gradient_check.regime.truncation", power=power) in notes
    assert ("ε/h" in notes) == (method != "complex")


def test_the_descent_ends_at_the_state_shown() -> None:
    losses = [3.0, 1.0, 0.5]
    curve, now = figures.descent(losses, WORDS, "light")["data"]
    assert (curve["x"], curve["y"]) == ([0, 1, 2], losses)
    assert (now["x"], now["y"]) == ([2], [0.5])


def test_a_loss_that_runs_away_gets_a_logarithmic_axis() -> None:
    kinds = [
        figures.descent(losses, WORDS, "light")["layout"]["yaxis"].get("type")
        for losses in ([3.0, 1.0], [3.0, 299.0], [3.0, 301.0, 1e300], [0.0], [0.0, 1e9])
    ]
    assert kinds == [None, None, "log", None, None]


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


def test_a_reliability_diagram_shows_cores_bins() -> None:
    found = ready_judgement("source").before
    shown = found.reliability(15)
    some = np.flatnonzero(shown.count)
    figure = tables.reliability_picture(found, 15, WORDS, "light").figure
    accuracy, counts = (trace for trace in figure["data"] if trace["type"] == "bar")
    assert accuracy["y"] == shown.accuracy[some].tolist()
    assert accuracy["x"] == pytest.approx((some + 0.5) / 15)
    assert counts["y"] == shown.count[some].tolist()
    assert counts["text"] == [str(count) for count in counts["y"]]
    low, high = (np.array(ends)[some] for ends in intervals(shown))
    assert accuracy["error_y"]["array"] == pytest.approx(high - accuracy["y"])
    assert accuracy["error_y"]["arrayminus"] == pytest.approx(accuracy["y"] - low)
    (marks,) = traces(figure, "markers")
    assert marks["x"] == marks["y"] == shown.confidence[some].tolist()
    diagonal, *_ = traces(figure, "lines")
    assert diagonal["x"] == diagonal["y"] == [0, 1]


def test_before_and_after_have_their_own_axes() -> None:
    found = ready_judgement("source")
    assert found.after is not None
    figure = beside_picture(found.before, found.after, 10, WORDS, "light").figure
    first, second = (trace for trace in figure["data"] if trace["type"] == "bar")
    for trace, predictions in ((first, found.before), (second, found.after)):
        shown = predictions.reliability(10)
        assert trace["y"] == shown.accuracy[shown.count > 0].tolist()
    assert ("xaxis" in first, second["xaxis"]) == (False, "x2")


def test_confidence_far_away_is_the_course() -> None:
    spiral = Chosen("spiral", ready_judgement("spiral"))
    figure = far_picture(spiral, 20, WORDS, "light").figure
    *single, mean, right = traces(figure, "lines")
    assert mean["y"] == spiral.found.course.sure[0].tolist()
    assert right["y"] == spiral.found.course.right.tolist()
    assert len(single) == len(spiral.found.course.sure) - 1
    (at,) = figure["layout"]["shapes"]
    assert at["x0"] == 20
