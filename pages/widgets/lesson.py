"""What every screen is laid out with: passages, pictures with their text twins, folds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from pages.visit.lessons import LESSONS
from pages.visit.one_go import go_to
from pages.visit.practice import OF_LESSON
from pages.visit.session import visit
from pages.widgets.bar_rows import BarRows
from pages.widgets.chart import chart
from pages.widgets.figure import Figure
from pages.widgets.prediction import Prediction, ask
from pages.widgets.tables import Rows, table
from pages.writing.math_colours import coloured
from pages.writing.numerals import short_text
from pages.writing.palette import COLOUR_NAMES, ink, theme
from pages.writing.plain_text import without_typesetting


class Picture(NamedTuple):
    """A figure, its sentence for those who cannot see it, and its numbers as a table."""

    figure: Figure | BarRows
    alt: str
    head: Sequence[str]
    rows: Rows


def colours() -> None:
    """Give the tables' numbers the colours of their quantities, in the reader's theme."""
    inks = "".join(
        f'.lab-table [data-quantity="{quantity}"] {{ color: {ink(quantity, theme())}; }}'
        for quantity in COLOUR_NAMES
    )
    background, primary = (
        st.get_option(f"theme.{theme()}.{name}Color") for name in ("background", "primary")
    )
    # Paper is white: the dark theme's light letters would not be read on it.
    on_paper = "@media print { .stApp *, .stApp text { color: #111 !important; } }"
    on_paper += "@media print { .stApp text { fill: #111 !important; } }"
    st.html(
        f"<style>:root {{ --lab-background: {background}; --lab-primary: {primary}; }} {inks}"
        f"{on_paper if theme() == 'dark' else ''}</style>"
    )


@contextmanager
def fold(label: str, key: str, *, expanded: bool = False) -> Iterator[bool]:
    """Lay out what is longer only once it is opened; on one page with all else it stands open.

    `with fold(label, key) as is_open:` and, in it, `if is_open:`.
    """
    if visit().choices.place.whole:
        with st.container(key=f"open-{key}"):
            yield True
        return
    box = st.expander(label, expanded, key=f"fold-{key}", on_change="rerun")
    with box:
        yield bool(box.open)


def prose(page: str, *sections: str) -> None:
    """Show one passage of a lesson, or several; what was seen is veiled until there is a guess."""
    text = "\n\n".join(visit().words.prose(page, section) for section in sections)
    if any(section.endswith("_seen") for section in sections):
        seen(page, sections[0], text)
    else:
        passage(page, text)


@contextmanager
def veil(key: str) -> Iterator[bool]:
    """Veil what gives a screen's answer away until there is a guess; say whether it is veiled."""
    current = visit()
    if not current.veiled:
        yield False
        return
    st.caption(current.words("predict.veiled"))
    current.veiled = False  # what is in it is veiled already
    with st.container(key=f"veiled-{key}"):
        yield True
    current.veiled = True


def seen(page: str, key: str, text: str) -> None:
    """Say what there was to see; it is veiled until there is a guess."""
    with veil(key) as veiled:
        # To set a screen's formulas takes the browser a tenth of a turn.
        passage(page, without_typesetting(text) if veiled else text)


def passage(page: str, text: str) -> None:
    """Show a text in the colours of a lesson, in lines short enough to read."""
    st.markdown(coloured(text, theme(), page))


def section(page: str, name: str, prediction: Prediction) -> None:
    """Begin a screen: its question as the heading, its first passage, what to predict."""
    st.header(visit().words(f"{page}.{name}.question"), anchor=name)
    prose(page, name)
    predict(prediction)


def predict(prediction: Prediction | None) -> None:
    """Ask what the screen's picture will show, but not on one page with all else."""
    current = visit()
    asked = prediction is not None and not current.choices.place.whole
    if prediction is not None and asked:
        ask(prediction)
    current.veiled = asked and current.question_is_open


def picture(page: str, name: str, drawn: Picture) -> None:
    """Show a picture under the question that it answers, and the same as a table."""
    words = visit().words
    title = words(f"{page}.{name}.picture")
    st.markdown(f"**{title}**")
    if isinstance(drawn.figure, BarRows):
        st.html(drawn.figure.html(drawn.alt))
    else:
        chart(drawn.figure, f"{name}-picture", drawn.alt)
    with fold(words("lesson.as_table"), f"{name}-table") as is_open:
        if is_open:
            table(title, drawn.head, drawn.rows)


def diagram(page: str, name: str, html: str) -> None:
    """Show a diagram of HTML under the question that it answers."""
    st.markdown(f"**{visit().words(f'{page}.{name}.picture')}**")
    st.html(html)


def remark(text: str) -> None:
    """Say in one sentence what the numbers on the screen show."""
    st.markdown(text)


def at_temperature_one() -> None:
    """Say that the lesson leaves the learner's temperature out, where they have set one."""
    current = visit()
    if current.state.temperature != 1:
        own = short_text(current.state.temperature)
        st.info(current.words("lesson.temperature_one", temperature=own))


def _reading(page: str) -> Iterator[str]:
    """Write what to read after a lesson, a line each: what it is, where, and what is in it."""
    labels = visit().words.group(f"reading.{page}")
    for name in dict.fromkeys(label.partition(".")[0] for label in labels):
        source, url, says = (labels[f"{name}.{part}"] for part in ("source", "url", "says"))
        yield f"- [{source}]({url})  \n  {says}"


def take_away(page: str) -> None:
    """Close a lesson with what to keep of it, and lead on: to the next, the bench, an exercise."""
    words = visit().words
    st.header(words("lesson.take_away"), anchor="take-away")
    prose(page, "take_away")
    with fold(words("lesson.reading"), "reading") as is_open:
        if is_open:
            st.markdown("\n".join(_reading(page)))
    # The row below follows the first of them.
    with st.container(horizontal=True, vertical_alignment="center", key="leads-on"):
        for following in LESSONS[LESSONS.index(page) + 1 :][:1]:
            st.page_link(
                f"lessons/{following}/page.py",
                label=words("lesson.next", title=words(f"nav.{following}")),
                icon=":material/arrow_forward:",
            )
        st.page_link("bench/page.py", label=words("lesson.to_bench"), icon=":material/tune:")
        _to_practice(page)


def _to_practice(page: str) -> None:
    """Lead to an exercise of the lesson; a link there would hold all that the learner has typed."""
    label = visit().words("lesson.to_practice")
    if st.button(label, key="to-practice", type="tertiary", icon=":material/edit_note:"):
        visit().choose("practice", lambda choices: replace(choices, practice=OF_LESSON[page]))
        go_to("practice/page.py")
