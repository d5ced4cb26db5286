"""The layer at the side of every screen: as its steps left it, to be changed in the drawing."""

from __future__ import annotations

import json

import streamlit as st

from pages.browser.assets import component
from pages.lessons.network import edits
from pages.lessons.network.controls import (
    change_layer,
    drawing_history,
    learners_descent,
    learners_layer,
)
from pages.lessons.network.descent import Descent
from pages.lessons.network.fields import layer_fields
from pages.lessons.network.graph_figure import graph_svg
from pages.visit.edits import LAYER, answer_edit
from pages.visit.layer import MOST_STEPS, with_steps
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.screens import first_screen
from pages.writing.palette import theme

_drawing = component("editable_layer")


def show() -> None:
    """Show the buttons that take steps, the layer, and its fields unless the screen has them."""
    words, descent = visit().words, learners_descent()
    _step_buttons(descent.steps, overflow=descent.overflow)
    _show_drawing(descent)
    if not (first_screen() or visit().choices.place.whole):
        with lesson.fold(words("network.graph.fields"), "layer-numbers") as is_open:
            if is_open:
                layer_fields()


def _show_drawing(descent: Descent) -> None:
    """Draw the layer; the numbers go along, for the browser to start from."""
    words, history = visit().words, drawing_history()
    names = words.class_names(visit().state.names)
    edge = learners_layer().edge
    refused = visit().refused.get(edits.FIELD)
    numbers = {
        "weight": descent.weights.tolist(),
        "bias": descent.bias.tolist(),
        "input": descent.inputs[0].tolist(),
        "target": descent.targets[0].tolist(),
        "steps": descent.steps,
        "can_undo": bool(history.past),
        "can_redo": bool(history.future),
        "refused": words.refusal(refused) if refused else None,
        "readings": refused.readings if refused else (),
        "words": words.group("network.edit")
        | {name: words(f"bench.{name}") for name in ("undo", "redo")},
        "sequence": answer_edit(LAYER) or None,
    }
    # As text, as the bench's: Streamlit would ask each entry of a dict whether it is a data frame.
    svg = graph_svg(descent, edge, words, theme(), names, editable=True)
    data = {"svg": svg, "json": json.dumps(numbers, allow_nan=False)}
    _drawing(key=LAYER, data=data, on_edit_change=edits.take)


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
