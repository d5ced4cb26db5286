"""What every lesson is laid out with: a column, sections, pictures with their text twins."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.browser.sight import watch_pictures
from pages.visit.lessons import LESSONS
from pages.visit.session import visit
from pages.widgets.chart import chart
from pages.widgets.figure import Figure
from pages.widgets.tables import Rows, table
from pages.writing.math_colours import coloured
from pages.writing.numerals import short_text
from pages.writing.palette import COLOUR_NAMES, ink, theme

COLUMN = 720  # pixels: pictures and tables
MEASURE = 560  # pixels: about 75 characters of prose a line
_AFTER_FORMULA = re.compile(r"\$\]?(?=[,.;:!?)，。；：！？、）])")


class Picture(NamedTuple):
    """A figure, its sentence for those who cannot see it, and its numbers as a table."""

    figure: Figure
    alt: str
    head: Sequence[str]
    rows: Rows


def column() -> DeltaGenerator:
    """Return the page's column, in the middle of a wide screen and all of a narrow one."""
    colours = "".join(
        f'.lab-table [data-quantity="{quantity}"] {{ color: {ink(quantity, theme())}; }}'
        for quantity in COLOUR_NAMES
    )
    background = st.get_option(f"theme.{theme()}.backgroundColor")
    st.html(f"<style>:root {{ --lab-background: {background}; }} {colours}</style>")
    return st.container(horizontal_alignment="center").container(width=COLUMN)


def learners_numbers(what: str = "numbers") -> DeltaGenerator:
    """Return the strip for the learner's own numbers, which stays in sight where there is room.

    A second strip on a page says `what` it is for, and stays as long as its own container.
    """
    return st.container(key=f"strip-{what}", horizontal=True, vertical_alignment="bottom")


def prose(page: str, *sections: str) -> None:
    """Show one passage of a lesson, or several."""
    passage(page, "\n\n".join(visit().words.prose(page, section) for section in sections))


def passage(page: str, text: str) -> None:
    """Show a text in the colours of a lesson, in lines short enough to read."""
    # A word joiner: no line may begin with the full stop or comma that follows a formula.
    text = _AFTER_FORMULA.sub("\\g<0>\u2060", text)
    st.markdown(coloured(text, theme(), page), width=MEASURE)


def section(page: str, name: str) -> None:
    """Begin a section: its question as the heading, then its first passage."""
    st.header(visit().words(f"{page}.{name}.question"), anchor=name)
    prose(page, name)


def picture(
    page: str,
    name: str,
    drawn: Picture,
    on_select: Callable[[], None] | None = None,
    *,
    at_once: bool = False,
) -> None:
    """Show a picture under the question that it answers, and the same as a table.

    at_once     for a page's first: drawn before the browser has said what the reader is near
    on_select   called when a mark is clicked; the marks are in session state under `<name>-picture`
    """
    words = visit().words
    title = words(f"{page}.{name}.picture")
    st.markdown(f"**{title}**")
    chart(drawn.figure, f"{name}-picture", drawn.alt, on_select, at_once=at_once)
    with st.expander(words("lesson.as_table")):
        table(title, drawn.head, drawn.rows)


def diagram(page: str, name: str, html: str) -> None:
    """Show a diagram of HTML under the question that it answers."""
    st.markdown(f"**{visit().words(f'{page}.{name}.picture')}**")
    st.html(html)


def remark(text: str) -> None:
    """Say in one sentence what the numbers on the screen show."""
    st.markdown(text, width=MEASURE)


def at_temperature_one() -> None:
    """Say that the lesson leaves the learner's temperature out, where they have set one."""
    current = visit()
    if current.state.temperature != 1:
        own = short_text(current.state.temperature)
        st.info(current.words("lesson.temperature_one", temperature=own))


def take_away(page: str) -> None:
    """Close a lesson with what to keep of it, and lead to the next one and to the bench."""
    words = visit().words
    st.header(words("lesson.take_away"), anchor="take-away")
    prose(page, "take_away")
    with st.container(horizontal=True):
        for following in LESSONS[LESSONS.index(page) + 1 :][:1]:
            st.page_link(
                f"lessons/{following}/page.py",
                label=words("lesson.next", title=words(f"nav.{following}")),
                icon=":material/arrow_forward:",
            )
        st.page_link("bench/page.py", label=words("lesson.to_bench"), icon=":material/tune:")
    watch_pictures()
