"""The page of exercises: one at a time, its answer judged at once; below it, the progress."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from pages.browser.address import keep_address
from pages.practice.answer_keys import answer_keys
from pages.practice.attempts import Attempt, attempt, count_outcome
from pages.practice.exercises import at_variant
from pages.practice.kinds import task_of
from pages.practice.progress import progress, wanted_variant
from pages.practice.sets import go, place_in_set, teachers_corner, turn_item
from pages.practice.tasks import Task
from pages.visit.one_go import rerun
from pages.visit.practice import DERIVATIONS, KINDS
from pages.visit.session import visit
from pages.visit.turns import fragment
from pages.widgets.controls import choice_of, mirror
from pages.widgets.lesson import colours, passage
from pages.widgets.notices import link_notices
from pages.widgets.typed_fault import offer_instead

PAGE = "practice_page"  # the fragment that is all of it but the title


def show_practice() -> None:
    """Show the page."""
    current = visit()
    link_notices(current)
    colours()
    st.title(current.words("practice.title"), anchor=False)
    _page()


@partial(fragment, key=PAGE)
def _page() -> None:
    """Rerun where another exercise is chosen."""
    current = visit()
    if current.notices_shown != current.notices_due:
        rerun()
    with st.container(key="practice"):
        practice = current.choices.practice
        task = task_of(attempt().exercise)
        if practice.is_set:
            place_in_set()
        else:
            _choose()
        with st.container(key="exercise"):
            st.header(task.heading, anchor=False)
            task.show()
            _answer()
        if not practice.is_set:
            teachers_corner()
    keep_address("practice")


@fragment
def _answer() -> None:
    """Rerun at every answer: no more than it changes, as a class shares one processor."""
    own = attempt()
    task = task_of(own.exercise)
    if own.pending is not None:
        _judge(task, own)
    task.field(own)
    answer_keys(task, own)
    _buttons(task, own)
    _verdict(own)
    _hints(task, own)
    progress()


def _choose() -> None:
    """Let the learner choose a kind, and a derivation where it is about one."""
    words, practice = visit().words, visit().choices.practice
    with st.container(horizontal=True, vertical_alignment="bottom"):
        mirror("practice_kind", practice.kind)
        st.segmented_control(
            words("practice.which"),
            KINDS,
            required=True,
            key="practice_kind",
            format_func=lambda kind: words(f"practice.kind.{kind}"),
            label_visibility="collapsed",
            on_change=_take_kind,
        )
        if practice.kind != "numbers":
            mirror("practice_derivation", practice.derivation)
            st.selectbox(
                words("practice.about"),
                ("", *DERIVATIONS),
                key="practice_derivation",
                format_func=lambda name: words(
                    f"derivation.{name}.title" if name else "practice.any"
                ),
                on_change=_take_derivation,
                placeholder=words("practice.any"),
            )


def _take_kind() -> None:
    kind = choice_of("practice_kind", KINDS)
    if kind is not None:
        go(lambda practice: replace(practice, kind=kind))


def _take_derivation() -> None:
    name = choice_of("practice_derivation", ("", *DERIVATIONS))
    if name is not None:
        go(lambda practice: replace(practice, derivation=name))


def _judge(task: Task, own: Attempt) -> None:
    answer, own.pending = own.pending, None
    own.outcome, was_over = task.judge(answer, own), own.is_over
    own.is_over = was_over or own.outcome.ends
    own.judged += 1
    count_outcome(own, task.slips)
    if own.is_over and not was_over and visit().choices.practice.is_set:
        rerun()  # above it stands how many are done


def _buttons(task: Task, own: Attempt) -> None:
    """Offer to check the answer, to get a hint, and to go on."""
    words, practice = visit().words, visit().choices.practice
    with st.container(horizontal=True):
        st.button(
            words("practice.check"),
            key="check",
            type="secondary" if own.is_over else "primary",
            on_click=_check,
        )
        if practice.hints or not practice.is_set:
            st.button(
                words(f"practice.{'next_hint' if own.hints else 'hint'}"),
                key="hint",
                on_click=_hint,
                disabled=own.hints >= len(task.hints(own)),
            )
        st.button(
            words(f"practice.{'set.next' if practice.is_set else 'another'}"),
            key="another",
            type="primary" if own.is_over else "secondary",
            on_click=_another,
            disabled=practice.is_set and practice.item == practice.items,
        )


def _check() -> None:
    own = attempt()
    typed = st.session_state.get("answer")
    own.pending = "" if typed is None else typed


def _hint() -> None:
    attempt().hints += 1


def _another() -> None:
    if visit().choices.practice.is_set:
        turn_item(1)
    else:
        variant = wanted_variant()
        go(lambda practice: at_variant(practice, variant))
    rerun(PAGE)


def _verdict(own: Attempt) -> None:
    """Say what the last answer is: the browser reads it out as a status."""
    words, outcome = visit().words, own.outcome
    with st.container(key="verdict"):
        # The box is there before anything is said in it, as a status must be.
        st.html(f'<span data-finding="{outcome.finding if outcome else ""}"></span>')
        if outcome is None:
            return
        passage("practice", outcome.say(words))
        if outcome.html:
            st.html(outcome.html)
        if outcome.instead is not None:
            offer_instead(outcome.instead, words("practice.instead"), "instead", _take_instead)
        if outcome.bench:
            st.page_link(
                "bench/page.py",
                label=words("practice.bench"),
                icon=":material/tune:",
                query_params={**outcome.bench, "lang": visit().language},
            )


def _take_instead(text: str) -> None:
    st.session_state.answer = text
    attempt().pending = text


def _hints(task: Task, own: Attempt) -> None:
    """Show the hints that were asked for."""
    hints = task.hints(own)
    with st.container(key="says-hints"):
        for show in hints[: own.hints]:
            show()
    if hints and own.hints >= len(hints):
        own.given = True
