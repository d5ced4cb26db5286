"""A lesson as a few screens, one question each, with the learner's numbers at their side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import streamlit as st

from pages.browser.address import last_link
from pages.browser.assets import component
from pages.visit.lessons import LESSONS, MOVED
from pages.visit.messages import TURNING, message_of
from pages.visit.one_go import go_to, rerun
from pages.visit.session import visit
from pages.visit.turns import fragment
from pages.widgets.lesson import colours, prose, take_away
from pages.widgets.notices import link_notices
from pages.writing.numerals import numbers_text

Show: TypeAlias = Callable[[], None]
_turning = component("turning")


def show_lesson(
    lesson: str,
    screens: Mapping[str, Show],
    side: Show,
    alone: Sequence[str] = (),
) -> None:
    """Show the screen of a lesson that the learner is at, or all of them on one page.

    screens  by name, in the order of the lesson; each shows one
    side     shows what stands beside the screens: the learner's numbers
    alone    the screens that have no use for it
    """
    current = visit()
    moved_to = MOVED.get(current.choices.place.screen, lesson)
    if moved_to != lesson:
        current.link_is_news = True  # or the place would be that where the learner left the lesson
        go_to(f"lessons/{moved_to}/page.py")
    current.check_screen(tuple(screens))
    link_notices(current)
    colours()
    with st.container(horizontal=True, vertical_alignment="center", key="lesson-head"):
        st.title(current.words(f"{lesson}.title"), anchor=False)
        st.page_link("notation/page.py", label=current.words("nav.notation"))
    _screens(lesson, screens, side, alone)


def first_screen() -> bool:
    """Whether the lesson stands at its first screen."""
    return visit().choices.place.screen == ""


@fragment
def _screens(lesson: str, screens: Mapping[str, Show], side: Show, alone: Sequence[str]) -> None:
    """Rerun at every edit and turn: the rest of the page stands still."""
    current = visit()
    if current.notices_shown != current.notices_due:
        rerun()
    place, names = current.choices.place, tuple(screens)
    with st.container(key="lesson"):
        if place.whole or (place.screen or names[0]) not in alone:
            with st.container(key="aside"):
                side()
        with st.container(key="screens"):
            for name in names if place.whole else (place.screen or names[0],):
                current.seen.add(f"{lesson}/{name}")
                with st.container(key=f"screen-{name}"):
                    if name == names[0]:
                        prose(lesson, "opening")
                    screens[name]()
                    if name == names[-1]:
                        take_away(lesson)
            _turning_row(lesson, names)


def _turning_row(lesson: str, names: Sequence[str]) -> None:
    """Offer the way back and on, list the screens in the sidebar, and keep the address.

    All in one component, the last of its run: each takes the browser some milliseconds of a turn.
    """
    current = visit()
    words, place = current.words, current.choices.place
    titles = [words(f"{lesson}.screen.{name}") for name in names]
    at = names.index(place.screen or names[0])
    _turning(
        key=TURNING,
        data={
            "lesson": lesson.replace("_", "-"),
            "screens": [
                {"name": name, "title": title, "seen": f"{lesson}/{name}" in current.seen}
                for name, title in zip(names, titles, strict=True)
            ],
            "at": at,
            "whole": place.whole,
            "page_title": f"{titles[at]} · {words(f'nav.{lesson}')} · {words('app')}",
            "query": last_link(),
            "after": words("lesson.to_bench" if lesson == LESSONS[-1] else "turning.next_lesson"),
            "words": words.group("turning")
            | {
                "numbers": words(
                    "turning.numbers", logits=numbers_text(current.state.logits, ", ")
                ),
            },
        },
        on_turn_change=lambda: _turn(names),
    )


def _turn(names: Sequence[str]) -> None:
    to = message_of(TURNING, "turn")
    if to == "whole":
        visit().turn_to(visit().choices.place.screen, whole=True)
    elif to in names:
        visit().turn_to("" if to == names[0] else str(to))
