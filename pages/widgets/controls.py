"""The Streamlit widgets that edit the state: each mirrors it and proposes changes to it."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import replace
from typing import TypeVar

import streamlit as st

from core import LOSSES
from pages.visit.choices import Choices
from pages.visit.presets import PRESETS, preset_of
from pages.visit.session import visit
from pages.visit.state import checked_loss, checked_temperature, with_label, with_logits
from pages.widgets.vector_field import number_field, number_is_behind, vector_field
from pages.writing.numerals import numbers_text, parse_numbers, short_text

Value = TypeVar("Value")
Number = TypeVar("Number", int, float)
_TEMPERATURE_STOPS = (0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20)


def logits_field() -> None:
    """Edit the whole vector as text."""
    current = visit()
    vector_field(
        "logits", current.words("controls.logits"), lambda: current.state.logits, _take_logits
    )


def loss_field() -> None:
    """Choose the loss."""
    current = visit()
    mirror("loss", current.state.loss)
    words = current.words
    st.selectbox(
        words("controls.loss"),
        list(LOSSES.keys()),
        key="loss",
        format_func=lambda name: words(f"loss.{name}"),
        on_change=_take_loss,
        help=words.label("controls.loss_help"),
    )


def label_field() -> None:
    """Choose the class that the target names; a soft target stands in the empty field."""
    current = visit()
    state, words = current.state, current.words
    mirror("label", None if isinstance(state.target, tuple) else state.target, state.names)
    soft = numbers_text(state.target, ", ") if isinstance(state.target, tuple) else ""
    st.selectbox(
        words("controls.label"),
        range(state.classes),
        index=None if state.is_soft else 0,  # only an empty field has something to clear
        key="label",
        placeholder=words("controls.label_soft", target=soft),
        format_func=lambda k: f"{k + 1} · {words.class_name(state.names[k], k)}",
        on_change=_take_label,
    )


def temperature_field() -> None:
    """Edit the temperature."""
    current = visit()
    words = current.words
    number_field(
        "temperature",
        words("controls.temperature"),
        lambda: current.state.temperature,
        _take_temperature,
        words("controls.temperature_help"),
    )


def temperature_slider(label: str) -> None:
    """Edit the temperature by sliding, in steps that grow with it; any other value has its stop."""
    own = visit().state.temperature
    mirror("temperature_slider", own)
    st.select_slider(
        label,
        sorted({*_TEMPERATURE_STOPS, own}),
        own,  # what Streamlit takes where the browser has no choice to send yet
        key="temperature_slider",
        format_func=short_text,
        on_change=_take_temperature_slider,
    )


def choice_slider(
    name: str,
    label: str,
    ends: tuple[Number, Number],
    own: Number,
    step: Number,
    change: Callable[[Choices, Number], Choices],
) -> Number:
    """Slide a number among the choices; return where it stands.

    name    of the number in the link
    change  the choices with another value of it
    """
    # A slider keeps to its steps: a number between two of them is the next one's.
    mirror(name, own, ends)
    st.slider(
        label,
        *ends,
        own,  # what Streamlit takes where the browser has no choice to send yet
        step,
        "%g",
        key=name,
        on_change=lambda: visit().choose(name, lambda c: change(c, st.session_state[name])),
    )
    return own


def preset_field() -> None:
    """Load a worked example; the field shows one only while the state is that example."""
    current = visit()
    words = current.words
    mirror("preset", preset_of(current.state))
    st.selectbox(
        words("controls.preset"),
        list(PRESETS.keys()),
        index=None,
        key="preset",
        placeholder=words("controls.preset_placeholder"),
        format_func=lambda name: words(f"preset.{name}"),
        on_change=_take_preset,
    )


def mirror(key: str, value: object, names: object = ()) -> None:
    """Let a widget show what the state says: before the widget, and only where it differs.

    names   what the widget calls its options, where that may change other than with the language:
            a browser keeps the words of its choice until it is told of it anew
    """
    current = visit()
    said, known = (current.language, names), current.exchange.said
    if st.session_state.get(key, known) != value or known.get(key) != said:
        st.session_state[key] = value
    known[key] = said


def choice_of(key: str, options: Container[Value]) -> Value | None:
    """Return what was chosen of a widget's options.

    None where it is none of them: a browser sends the words of its choice, and may still send
    those from before the last answer, in another language or of other data.
    """
    value: Value = st.session_state[key]
    return value if value in options else None


def page_is_behind() -> bool:
    """Whether an edit on the bench changed what stands outside its fragment: widgets, notices."""
    current = visit()
    state = current.state
    shown = {"loss": state.loss, "preset": preset_of(state)}
    return (
        current.notices_shown != current.notices_due
        or number_is_behind("temperature", state.temperature)
        or any(st.session_state.get(key) != value for key, value in shown.items())
    )


def _take_logits(text: str) -> None:
    current = visit()
    before = current.state
    if current.edit("logits", lambda s: with_logits(s, parse_numbers(text, "logits"))):
        now = current.state.classes
        lost = isinstance(before.target, int) and before.target >= now
        current.note_resized("logits", before.classes, now, label_lost=lost)


def _take_label() -> None:
    label = choice_of("label", range(visit().state.classes))
    if label is not None:
        visit().edit("label", lambda s: with_label(s, label))


def _take_loss() -> None:
    name = choice_of("loss", LOSSES)
    if name is not None:
        visit().edit("loss", lambda s: replace(s, loss=checked_loss(name)))


def _take_temperature(value: float) -> None:
    visit().edit("temperature", lambda s: replace(s, temperature=checked_temperature(value)))


def _take_temperature_slider() -> None:
    _take_temperature(st.session_state.temperature_slider)


def _take_preset() -> None:
    name = choice_of("preset", PRESETS)
    if name is not None:
        visit().edit("preset", lambda _: PRESETS[name])
