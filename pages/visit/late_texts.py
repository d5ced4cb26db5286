"""Which fields we have just written: a browser may still send their texts from before."""

from __future__ import annotations

import time

import streamlit as st

LATE = 3.0  # s after an answer in which the browser may not know it yet


def note_written(name: str) -> None:
    """Note that a field has a text of ours in this run."""
    _written()[name] = time.monotonic()


def answer_ends() -> None:
    """Note that the fields written in this run are on their way to the browser only now."""
    now = time.monotonic()
    for name, begun in _written().items():
        if begun > st.session_state.get("answer_ended", 0.0):
            _written()[name] = now
    st.session_state.answer_ended = now


def just_written(name: str) -> bool:
    """Tell whether the browser may not know yet what we wrote into a field."""
    return time.monotonic() - _written().get(name, -LATE) < LATE


def _written() -> dict[str, float]:
    """Return when each field was last written by us."""
    written: dict[str, float] = st.session_state.setdefault("fields_written", {})
    return written
