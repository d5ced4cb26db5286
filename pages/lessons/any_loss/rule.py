"""The screen of the rule: what softmax makes of a gradient g, whatever it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from pages.film import film
from pages.lessons.any_loss.numbers import amount_of, chosen_passage, chosen_upstream
from pages.lessons.any_loss.passage_table import check_sentence
from pages.lessons.any_loss.rule_film import rule_film
from pages.lessons.any_loss.squared_path import label_of
from pages.visit.own_loss import OwnLoss, with_amount, with_upstream
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.vector_field import vector_field
from pages.writing.numerals import parse_numbers
from pages.writing.palette import theme

GUESSED_AMOUNT = 3.0


def show() -> None:
    """Show what softmax makes of g, while its amount is moved, and let the learner set g."""
    current = visit()
    state, words, own = current.state, current.words, current.choices.own_loss
    lesson.section("any_loss", "rule", _PREDICTION)
    amount = amount_of(state, current.choices)
    now = chosen_passage(state, current.choices)
    shown = rule_film(state, current.choices, now, words, theme())
    film("any_loss", "rule", shown, getattr(own, amount), partial(_take_amount, amount))
    if not own.upstream:
        lesson.remark(check_sentence(now, words))
    with lesson.fold(
        words("any_loss.rule.write"), "rule-own", expanded=bool(own.upstream)
    ) as is_open:
        if is_open:
            lesson.prose("any_loss", "rule_field")
            _upstream_field()
            _upstream_buttons()
    lesson.prose("any_loss", "rule_seen")
    with lesson.fold(words("any_loss.rule.why"), "rule-why") as is_open:
        if is_open:
            lesson.prose("any_loss", "rule_why")
    with lesson.fold(words("any_loss.rule.losses"), "rule-losses") as is_open:
        if is_open:
            lesson.prose("any_loss", "rule_losses")


def _take_amount(name: str, value: float) -> None:
    _choose(name, lambda own: with_amount(own, name, value))


def _choose(name: str, change: Callable[[OwnLoss], OwnLoss]) -> None:
    visit().choose(name, lambda c: replace(c, own_loss=change(c.own_loss)))


def add_to_each() -> None:
    """Add the amount of the question to every g; where the slider is the loss's, to a g as own."""
    current = visit()
    if amount_of(current.state, current.choices) != "added":
        g = chosen_upstream(current.state, current.choices)
        own = g if np.isfinite(g).all() else np.ones_like(g)
        _choose("upstream", lambda c: replace(c, upstream=tuple(own.tolist())))
    _take_amount("added", GUESSED_AMOUNT)


_PREDICTION = Prediction(
    "any_loss.rule",
    ("each", "shares", "stay"),
    right=lambda _state, _choices: "stay",
    move=add_to_each,
)


def _upstream_field() -> None:
    """Edit g as text; until then it is that of the loss, rounded so that it can be read."""

    def read() -> tuple[float, ...]:
        current = visit()
        g = chosen_upstream(current.state, current.choices)
        return tuple(g if current.choices.own_loss.upstream else (float(f"{x:.6g}") for x in g))

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
    with st.container(horizontal=True):
        _button("from_loss", (), disabled=not current.choices.own_loss.upstream)
        _button("same", (1.0,) * n)
        _button("one_hot", tuple(float(k == label) for k in range(n)), number=label + 1)
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
