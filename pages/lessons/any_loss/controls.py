"""The lab's widgets: g as text and by one click, a loss's amount, the quiz on squared error."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from pages.lessons.any_loss import squared
from pages.lessons.any_loss.numbers import chosen_passage
from pages.visit.own_loss import MOST, OwnLoss, with_amount, with_upstream
from pages.visit.session import visit
from pages.visit.state import with_logit
from pages.widgets.controls import mirror
from pages.widgets.figure import indexed
from pages.widgets.vector_field import vector_field
from pages.writing.math_colours import coloured
from pages.writing.numerals import parse_numbers
from pages.writing.palette import theme

_AMOUNTS = {
    "focal": ("gamma", 0.5),
    "label_smoothed_cross_entropy": ("smoothing", 0.05),
}


def _choose(name: str, change: Callable[[OwnLoss], OwnLoss]) -> None:
    visit().choose(name, lambda c: replace(c, own_loss=change(c.own_loss)))


def upstream_field() -> None:
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


def upstream_buttons() -> None:
    """Take g from the loss, or make it one of those that show what is lost."""
    current = visit()
    state, words = current.state, current.words
    label = squared.label_of(state)
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


def amount_slider() -> None:
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
        key=name,
        format_func=lambda x: f"{x:g}",
        on_change=_take_amount,
        args=(name,),
    )


def _take_amount(name: str) -> None:
    value = st.session_state[name]
    _choose(name, lambda own: with_amount(own, name, value))


def label_logit_slider() -> None:
    """Move the logit of the label along the path."""
    current = visit()
    label = squared.label_of(current.state)
    own = current.state.logits[label]
    if own == -np.inf:
        return
    low, high = squared.reach_of_path(current.state)
    mirror("label_logit", own)
    st.slider(
        current.words("any_loss.squared.slider", z=indexed("z", label)),
        low,
        high,
        step=0.1,
        key="label_logit",
        format="%.4g",
        on_change=_take_label_logit,
        args=(label,),
    )


def _take_label_logit(label: int) -> None:
    value = round(st.session_state.label_logit, 6)
    visit().edit("logits", lambda s: with_logit(s, label, value))


def answer_field() -> str | None:
    """Ask which gradient is squared error's; return the answer."""
    words = visit().words
    answer: str | None = st.radio(
        words("any_loss.squared.quiz"),
        squared.ANSWERS,
        index=None,
        key="squared_answer",
        format_func=lambda name: coloured(words.label(f"any_loss.squared.{name}"), theme()),
        persist_state="session",
    )
    return answer
