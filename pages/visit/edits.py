"""The edits of a component, numbered by the browser: which was taken last, which one comes."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.visit.messages import message_of

BENCH, LAYER, SHARES = "bench", "layer-graph", "shares"
_COMPONENTS = (BENCH, LAYER, SHARES)


def edit_number(component: str) -> int:
    """Return the number of the edit in the browser's message, 0 where there is none."""
    message = message_of(component, "edit")
    number = message.get("sequence") if isinstance(message, Mapping) else None
    return number if isinstance(number, int) else 0


def last_edit(component: str) -> int:
    """Return the number of the last edit that was taken."""
    number: int = st.session_state.get(f"{component}_edit", 0)
    return number


def take_edit(component: str) -> bool:
    """Take the edit that comes; False where it was taken: it is sent again if we are late."""
    if edit_number(component) <= last_edit(component):
        return False
    st.session_state[f"{component}_edit"] = edit_number(component)
    return True


def answer_edit(component: str) -> int:
    """Note that the answer about the last edit is on its way; return the edit's number."""
    st.session_state[f"{component}_edit_answered"] = last_edit(component)
    return last_edit(component)


def edit_comes() -> bool:
    """Tell whether the browser's message that is being taken brings an edit not yet answered."""
    return any(
        edit_number(name) > st.session_state.get(f"{name}_edit_answered", 0) for name in _COMPONENTS
    )
