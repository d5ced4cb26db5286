"""What the learner chooses on the lab: method, precision, slip, and by how much to be wrong."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from pages.lessons.gradient_check.slips import ways_out
from pages.visit.choices import ONE_OF, checked_percent
from pages.visit.session import visit
from pages.widgets.controls import chosen, mirror
from pages.widgets.vector_field import number_field
from pages.writing.wording import Wording


def method_and_precision() -> None:
    """Choose the kind of differences and the floating-point format."""
    words = visit().words
    with st.container(horizontal=True):
        for name in ("method", "precision"):
            mirror(f"check_{name}", getattr(visit().choices, name))
            st.radio(
                words(f"gradient_check.choose_{name}"),
                ONE_OF[name],
                key=f"check_{name}",
                format_func=partial(_said, words, name),
                horizontal=True,
                on_change=_take,
                args=(name,),
            )


def _said(words: Wording, name: str, value: str) -> str:
    return words(f"gradient_check.{name}.{value}")


def slip_field() -> None:
    """Choose the slip that is handed to the checker."""
    words = visit().words
    mirror("check_slip", visit().choices.slip)
    st.selectbox(
        words("gradient_check.choose_slip"),
        ONE_OF["slip"],
        key="check_slip",
        format_func=lambda slip: words(f"gradient_check.slip.{slip}"),
        on_change=_take,
        args=("slip",),
    )


def percent_field() -> None:
    """Choose by how many percent the right gradient is made wrong."""
    number_field(
        "percent",
        visit().words("gradient_check.choose_percent"),
        lambda: visit().choices.percent,
        lambda percent: visit().choose(
            "percent", lambda c: replace(c, percent=checked_percent(percent))
        ),
    )


def way_out_button(name: str, place: str) -> None:
    """Offer other numbers, one click away; the visit's Undo leads back."""
    st.button(
        visit().words(f"gradient_check.way_out.{name}"),
        key=f"way_out_{place}",
        on_click=_take_way_out,
        args=(name,),
    )


def complex_button() -> None:
    """Offer the complex step, which sees what the others do not."""
    st.button(
        visit().words("gradient_check.way_out.complex"),
        key="take_complex",
        on_click=lambda: visit().choose("method", lambda c: replace(c, method="complex")),
    )


def _take_way_out(name: str) -> None:
    visit().edit("preset", lambda state: ways_out(state)[name])


def _take(name: str) -> None:
    value = chosen(f"check_{name}", ONE_OF[name])
    if value is not None:
        change: dict[str, Any] = {name: value}
        visit().choose(name, lambda choices: replace(choices, **change))
