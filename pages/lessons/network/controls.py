"""What several screens of the network lesson share: the learner's layer, and its drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from pages.browser.assets import component
from pages.lessons.network.descent import Descent, descend
from pages.visit.history import History
from pages.visit.layer import Layer
from pages.visit.session import visit

_graph = component("layer")


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
        drawing_history().note(Drawing(before), gesture)


class Drawing(NamedTuple):
    """What stood in the drawing before an edit: the layer, and the target if that was edited."""

    layer: Layer
    target: int | tuple[float, ...] | None = None


def drawing_history() -> History[Drawing]:
    """Return the ways back from the drawing's edits and steps: the bench's undo knows no layer."""
    history: History[Drawing] = st.session_state.setdefault("drawing_history", History())
    return history


def show_graph(svg: str, key: str, on_edge: Callable[[], None]) -> None:
    """Show a drawn layer; of an edge that is clicked the ends are found under the key."""
    # Streamlit takes an SVG out of what `st.html` is given.
    _graph(key=key, data={"svg": svg}, on_edge_change=on_edge)
