"""What a component, or a click in a picture, has sent: a browser may send anything in its place."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

TURNING = "turning"  # the component that turns the screens of a lesson


def message_of(component: str, name: str) -> object:
    """Return what a component has sent under a name; None where it has sent nothing of the kind."""
    sent = st.session_state.get(component)
    return sent.get(name) if isinstance(sent, Mapping) else None


def clicked_edge(graph: str, classes: int, inputs: int) -> tuple[int, int] | None:
    """Return the class and the input that the clicked edge of a drawn layer leads between.

    A bias has the number of inputs in the place of its input.
    """
    sent = message_of(graph, "edge")
    edges = {f"{k},{d}": (k, d) for k in range(classes) for d in range(inputs + 1)}
    return edges.get(sent) if isinstance(sent, str) else None


def is_place(value: object, limit: int) -> bool:
    """Tell whether a value is a whole number from 0 to below a limit."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < limit
