"""Every picture is plain, finite and still, whatever the state, and no name can speak to Plotly."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pages.lessons.network.steps_figure import steps_figure
from pages.lessons.softmax.stages import shares_bars
from pages.lessons.training.regions_figure import regions_figure
from pages.widgets.figure import indexed, short_name
from tests.pages.every_figure import all_figures, calibrations, figures_of_a_state, trainings
from tests.pages.figures import WORDS, can_be_drawn, states

INF = math.inf
logit = st.floats(-1e6, 1e6) | st.just(-INF)
logits_of_a_state = st.lists(logit, min_size=2, max_size=10).filter(lambda z: max(z) > -INF)


def test_no_name_of_a_file_speaks_to_plotly() -> None:
    shown = json.dumps(trainings())
    assert "&lt;img src=x&gt;" in shown
    assert "<img" not in shown
    assert "<b>" not in shown


@example(logits=[0.0, 20053.0], temperature=28.0)
@example(logits=[-math.inf, 0.0, 0.0, 0.0, 0.0, -38721.0], temperature=54.0)
@given(logits=logits_of_a_state, temperature=st.floats(0.01, 100))
def test_every_state_gives_finite_plain_figures(logits: list[float], temperature: float) -> None:
    for figure in figures_of_a_state(logits, temperature):
        assert set(figure) == {"data", "layout"}
        can_be_drawn(figure)


def test_every_model_gives_finite_plain_figures() -> None:
    for figure in (*calibrations(), *trainings()):
        assert set(figure) == {"data", "layout"}
        can_be_drawn(figure)


def test_numbers_of_any_size_have_an_axis_that_can_be_drawn() -> None:
    for figure in (
        steps_figure([1e-310, 2e-312], WORDS, "light"),
        steps_figure([0.0, 1.7e308], WORDS, "light"),
        regions_figure(
            1e-310 * np.arange(6.0).reshape(3, 2) - 2e-310,
            np.array([0, 1, 0]),
            (np.eye(2), np.zeros(2)),
            (["a", "b"], ["u", "v"]),
            "light",
        ),
    ):
        can_be_drawn(figure)


@states
def test_no_figure_zooms_or_has_a_title(logits: tuple[float, ...], temperature: float) -> None:
    for figure in all_figures(logits, temperature):
        layout = figure["layout"]
        assert layout["dragmode"] is False
        assert "title" not in layout
        axes = [part for name, part in layout.items() if name[1:5] == "axis"]
        assert axes
        assert all(axis["fixedrange"] for axis in axes)


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
    assert short_name(name) == shown


def test_names_reach_the_figures_harmless() -> None:
    names = ["<img src=x>", "b & c"]
    shown = shares_bars(names, [0.5, 0.5], WORDS, "light").html("<img src=y>")
    assert shown.count("&lt;img src=x&gt;") == 1
    assert "<img" not in shown
    assert "b & c" not in shown


def test_an_index_counts_from_one() -> None:
    assert indexed("z", 0) == "z₁"
    assert indexed("z", 9) == "z₁₀"
