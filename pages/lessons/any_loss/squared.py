"""Cross-entropy against squared error: both on the way from wrong to right, and a question."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from pages.lessons.any_loss import squared_path
from pages.lessons.any_loss.passage_table import NOTHING, gradient
from pages.lessons.any_loss.squared_path import Counterexample
from pages.lessons.any_loss.two_losses_figure import LossPath, two_losses_figure
from pages.visit.own_loss import ANSWERS
from pages.visit.session import visit
from pages.visit.state import LabState, with_logit
from pages.widgets import lesson
from pages.widgets.controls import chosen, mirror
from pages.widgets.figure import dense_near, indexed
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number, Rows, fixed_cell, table
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording


def show() -> None:
    """Show both losses on the way from wrong to right, and ask for squared error's gradient."""
    state, words = visit().state, visit().words
    lesson.section("any_loss", "squared")
    _label_logit_slider()
    lesson.picture("any_loss", "squared", path_picture(state, words, theme()))
    lesson.remark(point_sentence(state, words))
    lesson.prose("any_loss", "squared_seen")
    with lesson.fold(words("any_loss.squared.factors"), "squared-factors") as is_open:
        if is_open:
            lesson.prose("any_loss", "squared_factors")
    _answer_field()
    # Who has chosen squared error is warned before they ask.
    own = visit().choices.own_loss.answer
    tried = own or ("difference" if state.loss == "mean_squared_error" else None)
    if tried is not None:
        counterexample = squared_path.tried_answer(state, tried)
        say = st.success if tried == "rule" else st.warning
        say(answer_sentence(counterexample, tried, state, words))
        table(*answer_table(counterexample, words))


def path_picture(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw both losses and both pulls along the path, the learner's point on it."""
    label, ends = squared_path.label_of(state), squared_path.reach_of_path(state)
    across = dense_near(squared_path.halfway(state), squared_path.REACH, *ends)
    own = [z for z in (state.logits[label],) if np.isfinite(z)]
    places = {*np.linspace(*ends, 7).tolist(), *own}
    shown = squared_path.path(state, np.array(sorted(places)))
    return Picture(
        two_losses_figure(
            label,
            squared_path.path(state, across),
            squared_path.path(state, np.array(own)) if own else None,
            words,
            theme,
        ),
        words("any_loss.squared.alt", number=label + 1),
        _path_head(label, words),
        _path_rows(shown),
    )


def point_sentence(state: LabState, words: Wording) -> str:
    """Say where the learner stands on the path, and what the factor a(1 - a) does there."""
    label = squared_path.label_of(state)
    here = squared_path.path(state, np.array([state.logits[label]]))
    numbers = {
        "number": label + 1,
        "share": fixed_text(float(here.share[0])),
        "factor": fixed_text(float(here.factor[0])),
        "cross": fixed_text(float(here.slopes["cross_entropy"][0])),
        "squared": fixed_text(float(here.slopes["mean_squared_error"][0])),
        "c": fixed_text(squared_path.others_spread(state)),
    }
    kind = "point" if np.isfinite(state.logits[label]) else "masked"
    return words(f"any_loss.squared.{kind}", **numbers)


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


def _path_head(label: int, words: Wording) -> list[str]:
    z, a = indexed("z", label), indexed("a", label)
    short = [words(f"any_loss.squared.short.{name}") for name in ("cross_entropy", "squared")]
    return [
        z,
        a,
        *(f"L {name}" for name in short),
        *(f"∂L/∂{z} {name}" for name in short),
        f"{a}(1\u00a0−\u00a0{a})",
    ]


def _path_rows(shown: LossPath) -> Rows:
    rows: list[list[str | Number]] = []
    for k, z in enumerate(shown.logits):
        a = fixed_cell("probability", float(shown.share[k]), k)
        cross, squared = (fixed_cell("loss", float(v[k])) for v in shown.losses.values())
        slope, squared_slope = (fixed_cell("slope", float(v[k])) for v in shown.slopes.values())
        rows.append(
            [
                short_text(float(z)),
                a,
                cross.computed("−ln a", "−ln {}", a),
                squared,
                slope.computed("a − 1", "{} − 1", a),
                squared_slope,
                fixed_cell("factor", float(shown.factor[k])).computed(
                    "a (1 − a)", "{0} · (1 − {0})", a
                ),
            ]
        )
    return rows


def _label_logit_slider() -> None:
    """Move the logit of the label along the path."""
    current = visit()
    label = squared_path.label_of(current.state)
    own = current.state.logits[label]
    if own == -np.inf:
        return
    low, high = squared_path.reach_of_path(current.state)
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
    answer = chosen("squared_answer", ANSWERS)
    if answer is not None:
        visit().choose("answer", lambda c: replace(c, own_loss=replace(c.own_loss, answer=answer)))
