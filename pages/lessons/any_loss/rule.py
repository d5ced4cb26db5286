"""The rule: what softmax makes of a gradient g, whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from pages.lessons.any_loss.numbers import Passage, chosen_passage
from pages.lessons.any_loss.passage_table import check_sentence, passage_table
from pages.lessons.any_loss.squared_path import label_of
from pages.lessons.any_loss.upstream_figure import upstream_figure
from pages.visit.own_loss import MOST, OwnLoss, with_amount, with_upstream
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.figure import Vector
from pages.widgets.lesson import Picture
from pages.widgets.vector_field import vector_field
from pages.writing.numerals import fixed_text, parse_numbers, short_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

_AMOUNTS = {
    "focal": ("gamma", 0.5),
    "label_smoothed_cross_entropy": ("smoothing", 0.05),
}


def show() -> None:
    """Let the learner set g, and show what softmax makes of it."""
    current = visit()
    state, words = current.state, current.words
    lesson.section("any_loss", "rule")
    _upstream_field()
    _upstream_buttons()
    _amount_slider()
    passed = chosen_passage(state, current.choices)
    lesson.picture("any_loss", "rule", passage_picture(passed, state, words, theme()))
    lesson.remark(sum_sentence(passed, words))
    if not current.choices.own_loss.upstream:
        lesson.remark(check_sentence(passed, words))
    lesson.prose("any_loss", "rule_seen")
    with lesson.fold(words("any_loss.rule.why"), "rule-why") as is_open:
        if is_open:
            lesson.prose("any_loss", "rule_why")


def passage_picture(passed: Passage, state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw g against what softmax makes of it; its table has every number of the way."""
    names = words.class_names(state.names)
    g, dz = passed.upstream, passed.gradient
    _, head, rows = passage_table(passed, state, words, caption="")
    mean = "∞" if passed.mean is None else fixed_text(passed.mean)
    return Picture(
        upstream_figure(names, g, passed.mean, dz, words, theme),
        words("any_loss.rule.alt", mean=mean, lowest=_ends(dz, 0), highest=_ends(dz, -1)),
        head,
        rows,
    )


def sum_sentence(passed: Passage, words: Wording) -> str:
    """Say what the numbers of a passage show."""
    if passed.mean is None:
        return words("any_loss.rule.infinite")
    lost = fixed_text(passed.mean)
    if np.ptp(passed.upstream) == 0:
        largest = short_text(float(np.abs(passed.gradient).max()))
        return words("any_loss.rule.constant", mean=lost, largest=largest)
    return words("any_loss.rule.shifted", mean=lost, sum=short_text(float(passed.gradient.sum())))


def _ends(values: Vector, which: int) -> str:
    place = int(np.argsort(values)[which])
    return f"{fixed_text(float(values[place]))} ({place + 1})"


def _choose(name: str, change: Callable[[OwnLoss], OwnLoss]) -> None:
    visit().choose(name, lambda c: replace(c, own_loss=change(c.own_loss)))


def _upstream_field() -> None:
    """Edit g as text; until then it is that of the loss, rounded so that it can be read."""

    def read() -> tuple[float, ...]:
        current = visit()
        passed = chosen_passage(current.state, current.choices)
        own = current.choices.own_loss.for_classes(current.state.classes).upstream
        return own or tuple(float(f"{g:.6g}") for g in passed.upstream)

    def take(text: str) -> None:
        current = visit()
        classes = current.state.classes
        _choose(
            "upstream", lambda own: with_upstream(own, parse_numbers(text, "upstream"), classes)
        )

    vector_field("upstream", visit().words("any_loss.rule.field"), read, take)


def _upstream_buttons() -> None:
    """Take g from the loss, or make it one of those that show what is lost."""
    current = visit()
    state, words = current.state, current.words
    label = label_of(state)
    n = state.classes
    shifted = [float(g) + 1 for g in chosen_passage(state, current.choices).upstream]
    with st.container(horizontal=True):
        _button("from_loss", (), disabled=not current.choices.own_loss.upstream)
        _button("same", (1.0,) * n)
        _button("one_hot", tuple(float(k == label) for k in range(n)), number=label + 1)
        _button("add_one", tuple(shifted), disabled=not np.isfinite(shifted).all())
    if current.choices.own_loss.upstream:
        st.caption(words("any_loss.rule.own"))
    else:
        st.caption(words("any_loss.rule.of_loss"))


def _button(
    name: str, upstream: tuple[float, ...], *, disabled: bool = False, **values: object
) -> None:
    def take() -> None:
        _choose("upstream", lambda own: replace(own, upstream=upstream))

    label = visit().words(f"any_loss.rule.{name}", **values)
    st.button(label, key=f"upstream_{name}", on_click=take, disabled=disabled)


def _amount_slider() -> None:
    """Set the gamma or the smoothing of the learner's loss, where it has one."""
    current = visit()
    if current.state.loss not in _AMOUNTS or current.choices.own_loss.upstream:
        return
    name, step = _AMOUNTS[current.state.loss]
    most, own = MOST[name], getattr(current.choices.own_loss, name)
    mirror(name, own)
    st.select_slider(
        current.words(f"any_loss.rule.{name}"),
        sorted({*np.arange(0, most + step / 2, step).round(2).tolist(), own}),
        own,  # what Streamlit takes where the browser has no choice to send yet
        key=name,
        format_func=lambda x: f"{x:g}",
        on_change=_take_amount,
        args=(name,),
    )


def _take_amount(name: str) -> None:
    value = st.session_state[name]
    _choose(name, lambda own: with_amount(own, name, value))
