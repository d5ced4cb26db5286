"""The layer at the side of every screen: as its steps left it, with the next step a click away."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.lessons.network.controls import (
    change_layer,
    learners_descent,
    learners_layer,
    show_graph,
)
from pages.lessons.network.fields import layer_fields
from pages.lessons.network.graph_figure import graph_svg
from pages.visit.layer import INPUTS, MOST_STEPS, with_steps
from pages.visit.messages import clicked_edge
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.screens import first_screen
from pages.writing.palette import theme

_GRAPH = "layer-graph"


def show() -> None:
    """Show the layer, the buttons that take steps, and its fields unless the screen has them."""
    words, descent = visit().words, learners_descent()
    _step_buttons(descent.steps, overflow=descent.overflow)
    names = words.class_names(visit().state.names)
    drawn = graph_svg(descent, learners_layer().chosen, words, theme(), names)
    show_graph(drawn, _GRAPH, _take_edge)
    if not (first_screen() or visit().choices.place.whole):
        with lesson.fold(words("network.graph.fields"), "layer-numbers") as is_open:
            if is_open:
                layer_fields()


def _step_buttons(taken: int, *, overflow: bool) -> None:
    """Take a gradient step, or ten, or go back to the start."""
    words = visit().words
    ended = overflow or taken >= MOST_STEPS
    with st.container(horizontal=True):
        for count in (1, 10):
            st.button(
                words(f"network.steps.take_{count}"),
                key=f"take_{count}",
                type="primary" if count == 1 else "secondary",
                disabled=ended,
                on_click=_go_to,
                args=(min(taken + count, MOST_STEPS),),
            )
        st.button(
            words("network.steps.back"),
            key="back_to_start",
            icon=":material/first_page:",
            disabled=learners_layer().steps == 0,
            on_click=_go_to,
            args=(0,),
        )


def _go_to(steps: int) -> None:
    change_layer("steps", lambda x: with_steps(x, steps))


def _take_edge() -> None:
    edge = clicked_edge(_GRAPH, len(learners_layer().bias), INPUTS)
    if edge is not None:
        change_layer("chosen", lambda x: replace(x, chosen=edge))
