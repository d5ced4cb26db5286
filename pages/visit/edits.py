"""The edits of the bench, numbered by the browser: which was taken last, which one comes."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages.visit.messages import message_of

BENCH = "bench"


def edit_number() -> int:
    """Return the number of the edit in the browser's message, 0 where there is none."""
    message = message_of(BENCH, "edit")
    number = message.get("sequence") if isinstance(message, Mapping) else None
    return number if isinstance(number, int) else 0


def last_edit() -> int:
    """Return the number of the last edit that was taken."""
    number: int = st.session_state.get("bench_edit", 0)
    return number


def take_edit() -> bool:
    """Take the edit that comes; False where it was taken: it is sent again if we are late."""
    if edit_number() <= last_edit():
        return False
    st.session_state.bench_edit = edit_number()
    return True


def answer_edit() -> int:
    """Note that the answer about the last edit is on its way; return the edit's number."""
    st.session_state.bench_edit_answered = last_edit()
    return last_edit()


def edit_comes() -> bool:
    """Tell whether the browser's message that is being taken brings an edit not yet answered."""
    answered: int = st.session_state.get("bench_edit_answered", 0)
    return edit_number() > answered
