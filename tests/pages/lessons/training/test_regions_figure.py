"""The regions of a layer in the plane, and the samples in it."""

from __future__ import annotations

import numpy as np
import pytest

from core import softmax
from pages.lessons.training.data_set import made_data
from pages.lessons.training.learnt import regions_picture
from pages.lessons.training.regions_figure import (
    CLASS_SYMBOLS,
    HEIGHT,
    class_symbol,
    regions_figure,
)
from pages.lessons.training.regions_figure import LINE as REGIONS_LINE
from pages.visit.training_plan import Plan
from pages.widgets.figure import Figure
from pages.writing.palette import CLASS_COLOURS, class_colour
from tests.pages.figures import WORDS, traces, trained

RUN = trained(Plan(points=30), 100)


LAYER = np.array([[1.0, 2.0], [-1.0, 0.5], [0.0, -3.0]]), np.array([0.1, 0.0, -0.2])


def drawn_regions() -> Figure:
    part = RUN.data.train
    return regions_figure(part.inputs, part.labels, LAYER, (["a", "b", "c"], ["u", "v"]), "light")


def test_a_region_is_the_most_probable_class_and_how_sure_the_model_is() -> None:
    areas, *_ = drawn_regions()["data"]
    n, shades = 3, np.array(areas["z"])
    assert shades.shape == (len(areas["y"]), len(areas["x"]))
    for row, column in ((0, 0), (0, 89), (89, 0), (17, 60), (70, 33), (45, 45)):
        z = LAYER[0] @ [areas["x"][column], areas["y"][row]] + LAYER[1]
        a = softmax(z)
        shade = shades[row, column]
        assert int(shade) == int(np.argmax(a))
        sure = (shade - int(shade)) / 0.998 * (1 - 1 / n) + 1 / n
        assert sure == pytest.approx(max(a), abs=2e-3)
    assert (areas["zmin"], areas["zmax"]) == (0, n)
    assert {int(shade) for shade in shades.ravel()} == {0, 1, 2}
    # Each class goes through its own colour, faint where the model is unsure.
    for k in range(n):
        (low, faint), (high, strong) = areas["colorscale"][2 * k : 2 * k + 2]
        assert (low, high) == (k / n, (k + 1) / n)
        rgb = ",".join(str(part) for part in bytes.fromhex(class_colour(k)[1:]))
        alphas = [float(c.removeprefix(f"rgba({rgb},").rstrip(")")) for c in (faint, strong)]
        assert alphas[0] < alphas[1] < 1


def test_the_points_are_the_training_samples_by_class() -> None:
    part = RUN.data.train
    points = traces(drawn_regions(), "markers")
    assert [trace["name"] for trace in points] == ["a", "b", "c"]
    for k, trace in enumerate(points):
        places = np.flatnonzero(part.labels == k)
        assert trace["x"] == pytest.approx(part.inputs[places, 0], abs=1e-4)
        assert trace["y"] == pytest.approx(part.inputs[places, 1], abs=1e-4)
        marker = trace["marker"]
        assert (marker["color"], marker["symbol"]) == (class_colour(k), class_symbol(k))
    layout = drawn_regions()["layout"]
    for name in ("xaxis", "yaxis"):
        low, high = layout[name]["range"]
        assert low < part.inputs.min()
        assert part.inputs.max() < high


def test_the_pages_regions_are_those_of_the_model() -> None:
    figure = regions_picture(RUN.model, WORDS, "light").figure
    areas, *_ = figure["data"]
    at = [areas["x"][20], areas["y"][70]]
    scores = RUN.model.weights @ at + RUN.model.bias
    assert int(areas["z"][70][20]) == int(scores.argmax())


def test_classes_are_told_apart_by_colour_and_symbol() -> None:
    marks = [(class_colour(k), class_symbol(k)) for k in range(20)]
    assert len(set(marks)) == 20
    assert len(set(CLASS_COLOURS)) == 8
    assert len(set(CLASS_SYMBOLS)) == 10


def test_points_in_other_units_have_ranges_of_their_own() -> None:
    rng = np.random.default_rng(2)
    years = np.stack([rng.integers(1950, 2011, 60), rng.normal(1.7, 0.1, 60)], axis=1)
    layer = np.array([[0.0, 1.0], [0.0, -1.0]]), np.array([-1.7, 1.7])
    for inputs in (years, 1e-6 * rng.normal(3, 1, (60, 2)), np.tile([[5.0, 0.0]], (60, 1))):
        figure = regions_figure(inputs, np.arange(60) % 2, layer, (["a", "b"], ["u", "v"]), "light")
        areas, *_ = figure["data"]
        drawn = np.empty((60, 2))
        for k, trace in enumerate(traces(figure, "markers")):
            drawn[k::2] = np.stack([trace["x"], trace["y"]], axis=1)
        for d, name in enumerate(("xaxis", "yaxis")):
            axis = figure["layout"][name]
            low, high = axis["range"]
            span = np.ptp(inputs[:, d])
            assert low < inputs[:, d].min()
            assert inputs[:, d].max() < high
            assert (high - low < 1.2 * span) == (span > 0)
            assert "scaleanchor" not in axis
            assert np.allclose(drawn[:, d], inputs[:, d], rtol=0, atol=1e-3 * (high - low))
            assert areas["xy"[d]][:: len(areas["x"]) - 1] == pytest.approx([low, high], rel=1e-3)
    areas, *_ = regions_figure(years, np.arange(60) % 2, layer, (["a", "b"], ["u", "v"]), "light")[
        "data"
    ]
    said = np.array(areas["z"]).astype(int)
    assert [*said[:, 0]] == [int(height < 1.7) for height in areas["y"]]


@pytest.mark.parametrize("arms", [2, 3, 10])
@pytest.mark.parametrize("noise", [0.0, 0.2, 1.0])
def test_a_spiral_is_drawn_in_a_square_around_the_origin(arms: int, noise: float) -> None:
    part = made_data(Plan(arms=arms, points=100, noise=noise)).train
    layout = regions_figure(part.inputs, part.labels, None, (["a"] * arms, ["u", "v"]), "light")[
        "layout"
    ]
    assert layout["xaxis"]["range"] == layout["yaxis"]["range"]
    assert sum(layout["xaxis"]["range"]) == 0
    assert layout["yaxis"]["scaleanchor"] == "x"


def test_a_long_legend_makes_the_regions_no_smaller() -> None:
    points = np.array([[1.0, 1.0], [-1.0, -1.0]])
    heights = [
        regions_figure(points, np.array([0, 1]), None, (names, ["u", "v"]), "light")["layout"][
            "height"
        ]
        for names in (["a", "b"], ["n" * 20] * 4, ["n" * 14] * 20)
    ]
    assert heights == [HEIGHT, HEIGHT + 3 * REGIONS_LINE, HEIGHT + 9 * REGIONS_LINE]
