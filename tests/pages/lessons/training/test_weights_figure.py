"""Weights, and gradients, as one cell for each class and input."""

from __future__ import annotations

import numpy as np
import pytest

from pages.lessons.training.weights_figure import weights_figure
from tests.pages.figures import WORDS


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
