"""What the learner chooses on the lab: method, precision, slip, and by how much to be wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from pages.lessons.gradient_check.slips import ways_out
from pages.visit.difference_check import (
    METHODS,
    PRECISIONS,
    SLIPS,
    DifferenceCheck,
    with_percent,
)
from pages.visit.session import visit
from pages.widgets.controls import chosen, mirror
from pages.widgets.vector_field import number_field
from pages.writing.wording import Wording


def method_and_precision() -> None:
    """Choose the kind of differences and the floating-point format."""
    words = visit().words
    with st.container(horizontal=True):
        for name, accepted in (("method", METHODS), ("precision", PRECISIONS)):
            mirror(f"check_{name}", getattr(visit().choices.check, name))
            st.radio(
                words(f"gradient_check.choose_{name}"),
                accepted,
                key=f"check_{name}",
                format_func=partial(_said, words, name),
                horizontal=True,
                on_change=_take,
                args=(name, accepted),
            )


def _said(words: Wording, name: str, value: str) -> str:
    return words(f"gradient_check.{name}.{value}")


def slip_field() -> None:
    """Choose the slip that is handed to the checker."""
    words = visit().words
    mirror("check_slip", visit().choices.check.slip)
    st.selectbox(
        words("gradient_check.choose_slip"),
        SLIPS,
        key="check_slip",
        format_func=lambda slip: words(f"gradient_check.slip.{slip}"),
        on_change=_take,
        args=("slip", SLIPS),
    )


def percent_field() -> None:
    """Choose by how many percent the right gradient is made wrong."""
    number_field(
        "percent",
        visit().words("gradient_check.choose_percent"),
        lambda: visit().choices.check.percent,
        lambda percent: _choose("percent", lambda check: with_percent(check, percent)),
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
        on_click=lambda: _choose("method", lambda check: replace(check, method="complex")),
    )


def _take_way_out(name: str) -> None:
    visit().edit("preset", lambda state: ways_out(state)[name])


def _take(name: str, accepted: Sequence[str]) -> None:
    value = chosen(f"check_{name}", accepted)
    if value is not None:
        change: dict[str, Any] = {name: value}
        _choose(name, lambda check: replace(check, **change))


def _choose(name: str, change: Callable[[DifferenceCheck], DifferenceCheck]) -> None:
    visit().choose(name, lambda c: replace(c, check=change(c.check)))
