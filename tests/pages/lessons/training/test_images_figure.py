"""Images in rows, each pixel in its place, of ink or of signed numbers."""

from __future__ import annotations

import numpy as np
import pytest

from pages.lessons.training.images_figure import IMAGE, LINE, images_figure
from pages.writing.palette import Theme, background, fill, text


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
