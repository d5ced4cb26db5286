"""What stands at the side of the lesson: the logits, the label, the number format."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.bench.side import learners_bench
from pages.visit.precision import DTYPES
from pages.visit.session import visit
from pages.widgets.controls import choice_of, mirror

_OF_ONE_FORMAT = ("steps", "stable")


def dtype_field() -> None:
    """Choose the dtype that the steps and the sentence on thresholds are about."""
    current = visit()
    mirror("dtype", current.choices.precision.dtype)
    st.segmented_control(
        current.words("stability.dtype"),
        DTYPES,
        key="dtype",
        on_change=_take_dtype,
    )


def _take_dtype() -> None:
    name = choice_of("dtype", DTYPES)
    if name is not None:
        take_dtype(name)


def take_dtype(name: str) -> None:
    """Choose a format."""
    visit().choose("dtype", lambda c: replace(c, precision=replace(c.precision, dtype=name)))


def bench_and_dtype() -> None:
    """Show the logits and the label at the side, and the format where a screen is about one."""
    learners_bench(target=True)
    place = visit().choices.place
    if place.whole or place.screen in _OF_ONE_FORMAT:
        dtype_field()
