"""A text field for a whole vector (logits, or a distribution), for a number or a formula."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from pages.visit.edits import event_comes
from pages.visit.late_texts import just_written, note_written
from pages.visit.one_go import rerun
from pages.visit.session import begin, visit
from pages.widgets.notices import field_notice
from pages.writing.numerals import as_typed, number_text, numbers_text, parse_number
from pages.writing.refusal import Refused

Value = TypeVar("Value")
MOST_SHOWN = 5  # texts that a browser may still send back


def vector_field(
    name: str, label: str, read: Callable[[], tuple[float, ...]], take: Callable[[str], None]
) -> None:
    """Edit a vector as text, as `text_field` does."""
    text_field(name, label, read, take, lambda vector: numbers_text(vector, ", "))


def number_field(
    name: str,
    label: str,
    read: Callable[[], float],
    take: Callable[[float], None],
    help_text: str | None = None,
) -> None:
    """Edit a number as text, as `text_field` does; what is no number is refused by `name`, too."""

    def take_text(text: str) -> None:
        try:
            take(parse_number(text, name))
        except Refused as refused:
            visit().refused[name] = refused

    with st.container():  # field and message together
        text_field(name, label, read, take_text, number_text, help_text)


def text_field(
    name: str,
    label: str,
    read: Callable[[], Value],
    take: Callable[[str], None],
    write: Callable[[Value], str],
    help_text: str | None = None,
) -> None:
    """Edit a value as text; what was typed stays, refused or not, until the value is another.

    `read` returns the value, `write` its text, `take` proposes what was typed; a refusal is known
    by `name`.
    """
    current = visit()
    key, typed = f"{name}_text", current.exchange.typed
    shown = current.exchange.shown.setdefault(name, [])

    def standing() -> tuple[str | None, Value, bool]:
        return st.session_state.get(key), read(), name in current.refused

    def edited() -> None:
        begin()  # a link that comes in the same message was there before the edit
        # The browser sends every field with each message: one that was sent before it knew our last
        # answer still holds an older text, which would undo what that answer was about.
        text = st.session_state[key]
        late = text in shown and (event_comes() or just_written(name))
        if late or not isinstance(text, str):
            return
        take(text)
        if name in current.refused:
            current.refused[name] = as_typed(current.refused[name], text)
        typed[name] = standing()
        shown[:] = [text]

    begun = name in typed
    other = begun and typed[name] != standing()
    if other:
        text = st.session_state[key] = write(read())
        shown[:] = [*shown[1 - MOST_SHOWN :], text]
        note_written(name)
        current.refused.pop(name, None)
    # On another page the browser begins with the default, so that is the text as it stands. Setting
    # it would undo what is being typed meanwhile.
    own = "" if other else st.session_state.get(key, write(read()))
    text = st.text_input(label, own, key=key, autocomplete="off", on_change=edited, help=help_text)
    if not begun:
        shown.append(own)
        typed[name] = standing()
        # In a new session the field may hold a text already: the server was restarted below it.
        if text != own:
            edited()
            rerun()
    field_notice(current, name, take)


def number_is_behind(name: str, value: float) -> bool:
    """Whether the field of a number shows another one than `value`, until it is laid out anew."""
    text = st.session_state.get(f"{name}_text")
    standing = text, value, name in visit().refused
    return text != number_text(value) and visit().exchange.typed.get(name) != standing
