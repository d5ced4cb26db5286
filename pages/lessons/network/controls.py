"""What several screens of the network lesson share: the learner's layer, and its drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.browser.assets import loader
from pages.lessons.network.descent import Descent, descend
from pages.visit.history import History
from pages.visit.layer import Layer
from pages.visit.session import visit

_graph = st.components.v2.component("softmax_layer", js=loader("layer.js"), isolate_styles=False)


def learners_layer() -> Layer:
    """Return the learner's layer, with one row a class."""
    current = visit()
    return current.choices.layer.for_classes(current.state.classes)


def learners_descent() -> Descent:
    """Return where the steps of the learner's layer led."""
    return descend(visit().state, learners_layer())


def change_layer(
    name: str, change: Callable[[Layer], Layer], gesture: object | None = None
) -> None:
    """Propose a change to the layer; a refusal is known by the name.

    gesture  all changes of one (a drag) are one step for undo
    """
    before = learners_layer()
    visit().choose(name, lambda choices: replace(choices, layer=change(before)))
    now = learners_layer()
    if replace(before, edge=now.edge) != now:  # which weight is chosen is no edit
        layer_history().note(before, gesture)


def layer_history() -> History[Layer]:
    """Return the ways back from the layer's edits and steps: the bench's undo knows neither."""
    history: History[Layer] = st.session_state.setdefault("layer_history", History())
    return history


def show_graph(svg: str, key: str, on_edge: Callable[[], None]) -> None:
    """Show a drawn layer; of an edge that is clicked the ends are found under the key."""
    # Streamlit takes an SVG out of what `st.html` is given.
    _graph(key=key, data={"svg": svg}, on_edge_change=on_edge)
