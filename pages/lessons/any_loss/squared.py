"""Cross-entropy against squared error: both on the way from wrong to right, and a question."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from pages.film import film
from pages.lessons.any_loss import squared_path
from pages.lessons.any_loss.passage_table import NOTHING, gradient
from pages.lessons.any_loss.squared_film import squared_film
from pages.lessons.any_loss.squared_path import Counterexample
from pages.visit.choices import Choices
from pages.visit.own_loss import ANSWERS
from pages.visit.session import visit
from pages.visit.state import LabState, with_logit
from pages.widgets import lesson
from pages.widgets.controls import choice_of, mirror
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Rows, fixed_cell, table
from pages.writing.numerals import fixed_text
from pages.writing.palette import theme
from pages.writing.wording import Wording


def show() -> None:
    """Show both losses on the way from wrong to right, and ask for squared error's gradient."""
    state, words = visit().state, visit().words
    lesson.section("any_loss", "squared", _PREDICTION)
    label = squared_path.label_of(state)
    shown, own = squared_film(state, words, theme()), state.logits[label]
    masked = own == -np.inf
    if masked:
        lesson.remark(masked_sentence(state, words))
    film("any_loss", "squared", shown, shown.stops[0] if masked else own, partial(_take, label))
    lesson.prose("any_loss", "squared_seen")
    with lesson.fold(words("any_loss.squared.factors"), "squared-factors") as is_open:
        if is_open:
            lesson.prose("any_loss", "squared_factors")
    _answer_field()
    # Who has chosen squared error is warned before they ask.
    tried = visit().choices.own_loss.answer or (
        "difference" if state.loss == "mean_squared_error" else None
    )
    if tried is not None:
        counterexample = squared_path.tried_answer(state, tried)
        say = st.success if tried == "rule" else st.warning
        say(answer_sentence(counterexample, tried, state, words))
        table(*answer_table(counterexample, words))


def _take(label: int, logit: float) -> None:
    visit().edit("logits", lambda s: with_logit(s, label, logit))


def _stronger_pull(state: LabState, _choices: Choices) -> str:
    """Say which loss pulls harder where the path begins, confidently wrong."""
    begins = squared_path.path(state, np.array([squared_path.reach_of_path(state)[0]]))
    cross, squared = (abs(float(slope[0])) for slope in begins.slopes.values())
    return "equal" if cross == squared else "cross" if cross > squared else "squared"


def _be_confidently_wrong() -> None:
    state = visit().state
    _take(squared_path.label_of(state), squared_path.reach_of_path(state)[0])


_PREDICTION = Prediction(
    "any_loss.squared",
    ("cross", "squared", "equal"),
    right=_stronger_pull,
    move=_be_confidently_wrong,
)


def masked_sentence(state: LabState, words: Wording) -> str:
    """Say that the path begins beyond the picture, and what is left to learn from there."""
    label = squared_path.label_of(state)
    here = squared_path.path(state, np.array([state.logits[label]]))
    return words(
        "any_loss.squared.masked",
        number=label + 1,
        share=fixed_text(float(here.share[0])),
        factor=fixed_text(float(here.factor[0])),
        cross=fixed_text(float(here.slopes["cross_entropy"][0])),
        squared=fixed_text(float(here.slopes["mean_squared_error"][0])),
    )


def answer_table(tried: Counterexample, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay an answer beside squared error's gradient, as core and as differences have it."""
    check = tried.passed.check
    head = [
        words("lesson.class"),
        words("any_loss.squared.answered"),
        words("any_loss.squared.is"),
        words("any_loss.rule.difference"),
    ]
    rows: Rows = [
        [
            name,
            fixed_cell("answer", float(tried.answer[k]), k),
            gradient(float(tried.passed.gradient[k]), k),
            NOTHING if check is None else fixed_cell("difference", float(check.numeric[k]), k),
        ]
        for k, name in enumerate(words.class_names(tried.state.names))
    ]
    return words("any_loss.squared.answer_table"), head, rows


def answer_sentence(tried: Counterexample, answer: str, state: LabState, words: Wording) -> str:
    """Say what is wrong with an answer, by its worst number."""
    k = tried.worst
    sentence = words(
        f"any_loss.squared.{answer}_said",
        number=k + 1,
        said=fixed_text(float(tried.answer[k])),
        true=fixed_text(float(tried.passed.gradient[k])),
    )
    if tried.state != state:
        sentence = f"{words('any_loss.squared.elsewhere')} {sentence}"
    return sentence


def _answer_field() -> None:
    """Ask which gradient is squared error's."""
    words = visit().words
    mirror("squared_answer", visit().choices.own_loss.answer or None)
    st.radio(
        words("any_loss.squared.quiz"),
        ANSWERS,
        index=None,
        key="squared_answer",
        format_func=lambda name: words(f"any_loss.squared.{name}"),
        on_change=_take_answer,
    )


def _take_answer() -> None:
    answer = choice_of("squared_answer", ANSWERS)
    if answer is not None:
        visit().choose("answer", lambda c: replace(c, own_loss=replace(c.own_loss, answer=answer)))
