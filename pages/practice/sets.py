"""Sets of exercises: how a class walks through one, and how a teacher makes one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.practice.attempts import finished
from pages.practice.exercises import at_item, exercise_of
from pages.practice.sheet import ENDINGS, sheet
from pages.visit.choices import Choices
from pages.visit.links import encode
from pages.visit.practice import (
    DERIVATIONS,
    KINDS,
    MOST_ITEMS,
    MOST_SEATS,
    MOST_VARIANTS,
    Practice,
    with_whole,
)
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets.controls import mirror
from pages.widgets.lesson import fold, prose
from pages.writing.wording import LANGUAGES


def go(change: Callable[[Practice], Practice]) -> None:
    """Go to another exercise, or to another place in the set."""
    visit().choose("practice", lambda c: replace(c, practice=change(c.practice)))


def place_in_set() -> None:
    """Say where in the set the learner is; let them choose their seat, turn, and leave."""
    words, practice = visit().words, visit().choices.practice
    items = [exercise_of(at_item(practice, item)) for item in range(1, practice.items + 1)]
    done = len(finished(items))
    st.markdown(words("practice.set.place", item=practice.item, items=practice.items, done=done))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mirror("practice_seat", practice.seat)
        st.number_input(
            words("practice.set.seat"),
            1,
            MOST_SEATS,
            practice.seat,
            key="practice_seat",
            on_change=_take_seat,
            width=150,
        )
        st.button(
            words("practice.set.back"),
            key="item_back",
            disabled=practice.item == 1,
            on_click=turn_item,
            args=(-1,),
        )
        st.button(words("practice.set.leave"), key="leave_set", on_click=_leave)


def turn_item(by: int) -> None:
    """Go on in the set, or back."""
    go(lambda practice: at_item(practice, practice.item + by))


def _take_seat() -> None:
    seat = st.session_state.practice_seat
    if isinstance(seat, int):
        go(lambda practice: with_whole(practice, "seat", seat, MOST_SEATS))


def _leave() -> None:
    go(lambda practice: Practice(practice.kinds[0]))


def teachers_corner() -> None:
    """Let a teacher make a set: its link, and its answer sheets."""
    words = visit().words
    with fold(words("practice.set.title"), "practice-set") as is_open:
        if is_open:
            prose("practice", "teachers")
            made, seats = _made()
            if made is None:
                st.info(words("practice.set.no_kind"))
                return
            st.markdown(words("practice.set.link"))
            st.code(_address(made), language=None, wrap_lines=True)
            st.markdown(words("practice.set.sheets"))
            with st.container(horizontal=True):
                for notation, ending in ENDINGS.items():
                    for language, name in LANGUAGES.items():
                        st.download_button(
                            f"{words(f'derivation_ui.{notation}')}, {name}",
                            partial(sheet, made, seats, notation, language),
                            file_name=f"practice-{made.variant}-{language}.{ending}",
                            mime="text/plain",
                            key=f"sheet-{notation}-{language}",
                            on_click="ignore",
                        )


def _made() -> tuple[Practice | None, int]:
    """Lay out the fields of a set; return it, and how many seats it is for."""
    words = visit().words
    kinds = st.pills(
        words("practice.which"),
        KINDS,
        default=KINDS,
        selection_mode="multi",
        key="set_kinds",
        format_func=lambda kind: words(f"practice.kind.{kind}"),
    )
    derivations = st.multiselect(
        words("practice.set.derivations"),
        DERIVATIONS,
        key="set_derivations",
        placeholder=words("practice.any"),
        format_func=lambda name: words(f"derivation.{name}.title"),
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        plain = Practice()
        field = partial(st.number_input, min_value=1, width=150)
        items = field(words("practice.set.items"), max_value=MOST_ITEMS, value=plain.items)
        seats = field(words("practice.set.seats"), max_value=MOST_SEATS, value=30)
        variant = field(words("practice.set.variant"), max_value=MOST_VARIANTS, value=1)
        hints = st.toggle(words("practice.set.hints"), value=True)
    if not kinds:
        return None, int(seats)
    made = Practice(
        variant=int(variant),
        kinds=tuple(kind for kind in KINDS if kind in kinds),
        derivations=tuple(name for name in DERIVATIONS if name in derivations),
        items=int(items),
        hints=hints,
    )
    return made, int(seats)


def _address(made: Practice) -> str:
    """Return the link to a set."""
    link = encode(LabState(), visit().language, Choices(practice=made))
    return f"{st.context.url or ''}?{link}"
