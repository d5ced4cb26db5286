"""A film as a Streamlit component: all stops go out, where the hand comes to rest comes in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.browser.assets import component
from pages.film.parts import Panel
from pages.visit.edits import answer_edit, coming_patches
from pages.visit.session import visit
from pages.widgets.lesson import fold
from pages.widgets.tables import Rows, table

_component = component("film")


@dataclass(frozen=True)
class Film:
    """A picture at every stop of a slider.

    label    of the slider
    stops    its numbers, ascending
    shown    each stop as it is read beside the slider
    says     what is seen at each stop, in a sentence
    panels   side by side in so many columns where there is room, and in so many on phones
    alt      what the picture shows, for those who cannot see it
    head     of the same numbers as a table
    rows     of that table
    """

    label: str
    stops: Sequence[float]
    shown: Sequence[str]
    says: Sequence[str]
    panels: Sequence[Panel]
    alt: str
    head: Sequence[str]
    rows: Rows
    columns: int = 1
    columns_on_phones: int = 1


def film(page: str, name: str, shown: Film, own: float, choose: Callable[[float], None]) -> None:
    """Show a film under the question that it answers, and its table.

    own      the stop where it stands
    choose   takes the stop where the hand came to rest
    """
    current = visit()
    words = current.words
    title = words(f"{page}.{name}.picture")
    key = f"{name}-film"
    st.markdown(f"**{title}**")
    data = {
        "label": shown.label,
        "stops": list(shown.stops),
        "shown": shown.shown,
        "says": shown.says,
        "panels": [panel.part() for panel in shown.panels],
        "columns": [shown.columns, shown.columns_on_phones],
        "alt": shown.alt,
        "at": list(shown.stops).index(own),
        "lang": current.language,
        "sequence": answer_edit(key) or None,
    }
    _component(
        key=key,
        # As one text: of a dict's entries Streamlit would ask each whether it is a data frame.
        data={"name": key, "json": json.dumps(data, allow_nan=False)},
        on_edit_change=lambda: _take(key, shown.stops, choose),
    )
    with fold(words("lesson.as_table"), f"{name}-table") as is_open:
        if is_open:
            table(title, shown.head, shown.rows)


def _take(key: str, stops: Sequence[float], choose: Callable[[float], None]) -> None:
    for patch in coming_patches(key):
        match patch:
            case {"kind": "stop", "value": int() | float() as stop} if stop in stops:
                choose(float(stop))
