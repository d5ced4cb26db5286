"""The widgets of the lesson on stability: its examples, the dtype, and the timing."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.blocks import lesson
from pages.blocks.choices import DTYPES
from pages.blocks.controls import mirror
from pages.blocks.presets import EXTREMES
from pages.blocks.session import visit
from pages.blocks.stability import sentences, tables
from pages.blocks.stability.cost import Timing, timed
from pages.blocks.tables import table
from pages.blocks.turns import fragment


def examples_field() -> None:
    """Load one of the lesson's examples: it sets the logits, here and on the bench, and a dtype."""
    current = visit()
    words, state = current.words, current.state
    own = next((name for name, (example, _) in EXTREMES.items() if example == state), None)
    mirror("extreme", own)
    st.pills(
        words("stability.example.label"),
        list(EXTREMES.keys()),
        key="extreme",
        format_func=lambda name: words(f"stability.example.{name}"),
        on_change=_take_example,
    )


def dtype_field() -> None:
    """Choose the dtype that the steps and the picture are about."""
    current = visit()
    mirror("dtype", current.choices.dtype)
    st.segmented_control(
        current.words("stability.dtype"),
        DTYPES,
        key="dtype",
        on_change=_take_dtype,
    )


@fragment
def timing() -> None:
    """Time both ways when asked, and keep what came out until the next time."""
    words = visit().words
    # By a callback: what a button returns is lost where another run comes between.
    st.button(words("stability.cheaper.button"), on_click=_time)
    found: Timing | None = st.session_state.get("timing")
    if found is not None:
        table(words("stability.cheaper.timed"), *tables.timing_table(found, words))
        lesson.remark(sentences.timing_sentence(found, words))


def _time() -> None:
    st.session_state.timing = timed()


def _take_example() -> None:
    name = st.session_state.extreme
    if name in EXTREMES:  # none is chosen where the one that stands was clicked again
        example, dtype = EXTREMES[name]
        visit().edit("preset", lambda _: example)
        visit().choose("dtype", lambda choices: replace(choices, dtype=dtype))


def _take_dtype() -> None:
    name = st.session_state.dtype
    if name is not None:
        visit().choose("dtype", lambda choices: replace(choices, dtype=name))
