"""The training lesson's pictures show the model and its data, each number in its place."""

from __future__ import annotations

import re
from html import unescape

import numpy as np
import pytest

from core import layer_loss, softmax
from pages.lessons.network.graph_figure import graph_svg, symbol
from pages.lessons.training.confusion import confusion_figure, confusion_picture
from pages.lessons.training.data_set import made_data
from pages.lessons.training.images_figure import IMAGE, LINE, images_figure
from pages.lessons.training.learnt import regions_picture, weights_picture
from pages.lessons.training.mistakes import largest_losses, mistakes_picture, mistakes_table
from pages.lessons.training.regions_figure import (
    CLASS_SYMBOLS,
    HEIGHT,
    class_symbol,
    regions_figure,
)
from pages.lessons.training.regions_figure import LINE as REGIONS_LINE
from pages.lessons.training.sample import sample_of
from pages.lessons.training.sample_pictures import pull_picture
from pages.lessons.training.weights_figure import weights_figure
from pages.visit.training_plan import Plan
from pages.widgets.figure import Figure, cut_names, short_names
from pages.writing.palette import CLASS_COLOURS, Theme, background, class_colour, fill, text
from tests.pages.figures import WORDS, own_file, traces, trained

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


def test_pixels_are_in_their_places() -> None:
    pixels = np.arange(3 * 4).reshape(3, 4) / 11
    figure = images_figure(pixels, ["one", "two<br>2", "three"], "light", columns=2)
    assert [cells["z"] for cells in figure["data"]] == [
        np.round(image.reshape(2, 2), 4).tolist() for image in pixels
    ]
    assert {(cells["zmin"], cells["zmax"]) for cells in figure["data"]} == {(0, 1)}, "one scale"
    layout = figure["layout"]
    notes = layout["annotations"]
    assert [note["text"] for note in notes] == ["one", "two<br>2", "three"]
    assert [note["x"] for note in notes] == [0.25, 0.75, 0.25], "above the middle of its image"
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    for place, (cells, note) in enumerate(zip(figure["data"], notes, strict=True)):
        across, up = (layout[f"{cells[f'{a}axis'][0]}axis{cells[f'{a}axis'][1:]}"] for a in "xy")
        assert sum(across["domain"]) / 2 == pytest.approx(note["x"])
        assert up["domain"][1] == note["y"]
        assert inner * (up["domain"][1] - up["domain"][0]) == pytest.approx(IMAGE)
        assert (up["scaleanchor"], up["anchor"]) == (cells["xaxis"], cells["xaxis"])
        low, high = up["range"]
        assert low > high, "the first row of pixels is to be at the top"
        # Two lines of words have room above each image, whatever the width.
        above = 1 if place < 2 else layout["yaxis"]["domain"][0]
        assert inner * (above - up["domain"][1]) > 2 * LINE


@pytest.mark.parametrize("size", [1e-9, 1e-300, 1e90])
def test_images_show_weights_of_any_size(size: float) -> None:
    pixels = np.array([[-1.0, 0.25, 0.5, 0.0]])
    (drawn,) = images_figure(size * pixels, ["w"], "light", signed="weight")["data"]
    assert np.array(drawn["z"]) / drawn["zmax"] == pytest.approx(pixels.reshape(2, 2), abs=1e-3)


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


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_images_say_ink_or_sign(theme: Theme) -> None:
    pixels = np.array([[0.0, 0.5, 1.0, 0.25]])
    (plain,) = images_figure(pixels, [""], theme)["data"]
    assert (plain["zmin"], plain["zmax"]) == (0, 1)
    assert plain["colorscale"][-1] == [1, text(theme)]
    signed = np.array([[-4.0, 0.5, 1.0, 0.0]])
    for quantity, (below, above) in {
        "weight": ("target", "probability"),
        "gradient": ("gradient_below", "gradient_above"),
    }.items():
        (cells,) = images_figure(signed, [""], theme, signed=quantity)["data"]
        assert (cells["zmin"], cells["zmax"]) == (-4, 4), "0 is in the middle"
        (low, first), (middle, _), (high, last) = cells["colorscale"]
        assert (low, middle, high) == (0, 0.5, 1)
        assert (first, last) == (fill(below, theme), fill(above, theme))
        assert background(theme) != first


def test_a_digits_weights_stand_under_its_own_name() -> None:
    run = trained(Plan(data="digits"), 5)
    figure = weights_picture(run.model, WORDS, "light").figure
    notes = figure["layout"]["annotations"]
    assert [note["text"] for note in notes] == [*"0123456789"]
    for cells, weights in zip(figure["data"], run.model.weights, strict=True):
        assert np.allclose(cells["z"], weights.reshape(8, 8), rtol=0, atol=5e-5)
    part, places = run.data.test, largest_losses(run.model)
    mistakes = mistakes_picture(run.model, places, WORDS, "light")
    shown = zip(
        places, mistakes.figure["data"], mistakes.figure["layout"]["annotations"], strict=True
    )
    for sample, cells, note in shown:
        assert np.allclose(cells["z"], part.inputs[sample].reshape(8, 8), rtol=0, atol=5e-5)
        truth, said = re.findall(r"\d", note["text"])[:2]
        assert int(truth) == part.labels[sample]
        assert int(said) == run.model.scores(part.inputs[[sample]]).argmax()


def test_a_confusion_has_a_row_for_what_is_true() -> None:
    counts = np.array([[5, 2, 0], [0, 7, 1], [4, 0, 9]])
    figure = confusion_figure(counts, ["a", "b", "c"], WORDS, "light")
    (cells,) = figure["data"]
    assert cells["text"] == [["5", "2", ""], ["", "7", "1"], ["4", "", "9"]]
    depth = np.array(cells["z"])
    assert (np.diag(depth) > 0).all()
    assert (depth[~np.eye(3, dtype=bool)] <= 0).all()
    assert np.abs(depth) == pytest.approx(np.sqrt(counts / 9), abs=1e-4)
    layout = figure["layout"]
    assert layout["xaxis"]["title"]["text"] == WORDS("training.axis.said")
    assert layout["yaxis"]["ticktext"] == ["a", "b", "c"]
    low, high = layout["yaxis"]["range"]
    assert low > high, "the first class is to be at the top"
    assert not confusion_figure(np.zeros((2, 2), int), ["a", "b"], WORDS, "light")["data"][0]["z"][
        0
    ][0]


@pytest.mark.parametrize(
    ("names", "shown", "angle"),
    [
        ([*"0123456789"], [*"0123456789"], 0),
        ([f"a long name {k}" for k in range(6)], [f"a long name {k}" for k in range(6)], -90),
        ([f"a name {k}" for k in range(7)], [*"1234567"], 0),
        ([f"{k}" * 20 for k in range(20)], [f"{k}" for k in range(1, 21)], 0),
    ],
    ids=["digits", "few", "many", "most"],
)
def test_names_of_a_confusion_find_room_on_a_phone(
    names: list[str], shown: list[str], angle: int
) -> None:
    layout = confusion_figure(np.eye(len(names), dtype=int), names, WORDS, "light")["layout"]
    assert layout["xaxis"]["ticktext"] == layout["yaxis"]["ticktext"] == shown
    assert layout["xaxis"]["tickangle"] == angle


@pytest.mark.parametrize(
    ("inputs", "name", "written"),
    [(2, 20, True), (3, 20, True), (4, 8, True), (4, 20, False), (5, 8, False)],
)
def test_weights_are_written_where_they_find_room_on_a_phone(
    inputs: int, name: int, written: bool
) -> None:
    names = ["k" * name, "猫"], [f"x{d}" for d in range(inputs)]
    figure = weights_figure(np.full((2, inputs), -0.1234), names, "weight", WORDS, "light")
    (cells,) = figure["data"]
    assert ("text" in cells) == written


def test_names_that_begin_alike_are_told_apart() -> None:
    names = [f"a name that begins like the others {k}" for k in range(12)] + ["short", "猫" * 11]
    shown = short_names(names)
    assert len(set(shown)) == len(names)
    assert shown[2] == "3 · a name that beg…"
    assert shown[12:] == ["short", "14 · 猫猫猫猫猫猫…"]
    assert short_names(["<b>" * 9, "&"]) == ["1 · " + "&lt;b&gt;" * 5 + "…", "&amp;"]
    assert cut_names(["<i>"]) == ["<i>"], "a table escapes of its own accord"
    model = own_file().model
    rows = mistakes_table(model, largest_losses(model), WORDS).rows
    long = "2 · " + "n" * 15 + "…"
    assert any(long in row[1:3] for row in rows)
    picture = confusion_picture(model, WORDS, "light")
    assert picture.figure["layout"]["yaxis"]["ticktext"][1] == long
    assert picture.head[2] == picture.rows[1][0] == "2 · " + "n" * 60, "whole in the table"


def test_a_long_legend_makes_the_regions_no_smaller() -> None:
    points = np.array([[1.0, 1.0], [-1.0, -1.0]])
    heights = [
        regions_figure(points, np.array([0, 1]), None, (names, ["u", "v"]), "light")["layout"][
            "height"
        ]
        for names in (["a", "b"], ["n" * 20] * 4, ["n" * 14] * 20)
    ]
    assert heights == [HEIGHT, HEIGHT + 3 * REGIONS_LINE, HEIGHT + 9 * REGIONS_LINE]


@pytest.mark.parametrize(("inputs", "written"), [(2, True), (30, False)])
def test_weights_have_a_row_for_each_class(inputs: int, written: bool) -> None:
    values = np.linspace(-3, 1, 4 * inputs).reshape(4, inputs)
    names = [f"class {k}" for k in range(4)], [f"x{d}" for d in range(inputs)]
    figure = weights_figure(values, names, "weight", WORDS, "light")
    (cells,) = figure["data"]
    assert np.array_equal(cells["z"], values)
    assert (cells["zmin"], cells["zmax"]) == (-3, 3)
    assert ("text" in cells) == written
    layout = figure["layout"]
    assert layout["yaxis"]["ticktext"] == names[0]
    shown = layout["xaxis"]
    assert len(shown["tickvals"]) <= 12
    assert shown["ticktext"] == [f"x{d}" for d in shown["tickvals"]]


def test_what_a_sample_pulls_on_is_its_gradient() -> None:
    model = own_file().model
    seen = sample_of(model, 4)
    figure = pull_picture(seen, model, WORDS, "light").figure
    part = model.data.train
    result = layer_loss(model.weights, model.bias, part.inputs[[4]], part.labels[[4]])
    assert np.allclose(figure["data"][0]["z"], result.grad_weights)
    assert [place[0] for place in figure["data"][0]["colorscale"]] == [0, 0.5, 1]
    assert figure["data"][0]["colorscale"][2][1] == fill("gradient_above", "light")


def test_the_drawn_layer_names_its_classes() -> None:
    seen = sample_of(RUN.model, 4)
    names = ["6", "a long name & more", "<b>x</b>"]
    svg = graph_svg(seen, (0, 0), WORDS, "light", names)
    found = re.findall(r'<text class="name" x="(\d+)" y="([\d.]+)"[^>]*>(.*?)</text>', svg)
    shown = [unescape(name) for _, _, name in found]
    assert shown == ["6", "2 · a long …", "<b>x</b>"]
    assert "<b>" not in svg
    # Each stands above the probability of its own class.
    nodes = [re.escape(symbol("a", seen.node(k))) for k in range(3)]
    for (_, y, _), node in zip(found, nodes, strict=True):
        (below,) = re.findall(rf'y="([\d.]+)"[^>]*>{node}<', svg)
        assert 0 < float(below) - float(y) < 40
    assert 'class="name"' not in graph_svg(seen, (0, 0), WORDS, "light")
