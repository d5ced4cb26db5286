"""A text field for a whole vector (logits, or a distribution), or for a formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from pages.blocks.notices import field_notice
from pages.blocks.numerals import numbers_text
from pages.blocks.session import visit

Value = TypeVar("Value")


def vector_field(
    name: str, label: str, read: Callable[[], tuple[float, ...]], take: Callable[[str], object]
) -> None:
    """Edit a vector as text, as `text_field` does."""
    text_field(name, label, read, take, lambda vector: numbers_text(vector, ", "))


def text_field(
    name: str,
    label: str,
    read: Callable[[], Value],
    take: Callable[[str], object],
    write: Callable[[Value], str],
) -> None:
    """Edit a value as text; what was typed stays, refused or not, until the value is another.

    `read` returns the value, `write` its text, `take` proposes what was typed; a refusal is known
    by `name`.
    """
    current = visit()
    key, typed = f"{name}_text", f"{name}_typed"

    def standing() -> tuple[str | None, Value, bool]:
        return st.session_state.get(key), read(), name in current.refused

    def edited() -> None:
        take(st.session_state[key])
        st.session_state[typed] = standing()

    # In a new session the field may hold a text already: the server was restarted under the page.
    begun = typed in st.session_state
    if begun and st.session_state[typed] != standing():
        st.session_state[key] = write(read())
        current.refused.pop(name, None)
    own = "" if begun else write(read())
    text = st.text_input(label, own, key=key, autocomplete="off", on_change=edited)
    if not begun:
        # A default is forgotten on the way to another page: the next run sets the text.
        st.session_state[typed] = None
        if text != own:
            edited()
            st.rerun()
    field_notice(current, name)
