"""What several screens of the lab share: the choices of its link, and the way to other numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.lessons.gradient_check.finding import ways_out
from pages.visit.difference_check import DifferenceCheck
from pages.visit.session import visit
from pages.widgets.controls import choice_of


def way_out_button(name: str, place: str) -> None:
    """Offer other numbers, one click away; the visit's Undo leads back."""
    st.button(
        visit().words(f"gradient_check.way_out.{name}"),
        key=f"way_out_{place}",
        on_click=_take_way_out,
        args=(name,),
    )


def _take_way_out(name: str) -> None:
    visit().edit("preset", lambda state: ways_out(state)[name])


def take_choice(name: str, accepted: Sequence[str]) -> None:
    """Take what was chosen in the widget of a name."""
    value = choice_of(f"check_{name}", accepted)
    if value is not None:
        change: dict[str, Any] = {name: value}
        change_check(name, lambda check: replace(check, **change))


def change_check(name: str, change: Callable[[DifferenceCheck], DifferenceCheck]) -> None:
    """Propose a change to how gradients are checked; a refusal is known by the name."""
    visit().choose(name, lambda choices: replace(choices, check=change(choices.check)))
