"""Screen "steps": how large, how many, and what becomes of the loss."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.lessons.network.controls import change_layer, learners_descent, learners_layer
from pages.lessons.network.descent import Descent, descend
from pages.lessons.network.steps_figure import steps_figure
from pages.visit.choices import Choices
from pages.visit.layer import Layer, with_l2, with_step_size
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number
from pages.widgets.vector_field import number_field
from pages.writing.numerals import short_text, significant_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording, sentences

GUESSED_SIZE = 30.0
_FEW = 10  # steps in a table before it goes on in tens


def show() -> None:
    """Show the loss after each step down, for the step size and the L2 term that are set here."""
    words, descent = visit().words, learners_descent()
    lesson.section("network", "steps", _PREDICTION)
    _step_fields()
    lesson.picture("network", "steps", steps_picture(descent, words, theme()))
    lesson.remark(_course_sentence(descent, words))
    lesson.prose("network", "steps_seen")


def _after_a_huge_step(layer: Layer) -> Layer:
    return replace(layer, step_size=GUESSED_SIZE, steps=1)


def _losses(state: LabState, choices: Choices) -> tuple[float, float]:
    """Return the loss at the start and after one huge step."""
    descent = descend(state, _after_a_huge_step(choices.layer))
    return descent.losses[0], float("inf") if descent.overflow else descent.losses[-1]


def course_of_loss(state: LabState, choices: Choices) -> str:
    """Say what one huge step from the start does to the loss."""
    start, now = _losses(state, choices)
    return "fall" if now < start else "rise" if now > start else "stay"


def _numbers(state: LabState, choices: Choices) -> dict[str, str]:
    start, now = map(significant_text, _losses(state, choices))
    return {"start": start, "now": now}


_PREDICTION = Prediction(
    "network.steps",
    ("fall", "rise", "stay"),
    right=course_of_loss,
    move=lambda: change_layer("step_size", _after_a_huge_step),
    numbers=_numbers,
)


def _step_fields() -> None:
    """Edit the step size and the strength of the L2 term."""
    words = visit().words
    with st.container(horizontal=True):
        number_field(
            "step_size",
            words("network.steps.size"),
            lambda: learners_layer().step_size,
            lambda size: change_layer("step_size", lambda x: with_step_size(x, size)),
        )
        number_field(
            "l2",
            words("network.steps.l2"),
            lambda: learners_layer().l2,
            lambda strength: change_layer("l2", lambda x: with_l2(x, strength)),
        )


def _course_sentence(descent: Descent, words: Wording) -> str:
    """Say what the steps did to the loss."""
    said = words(
        f"network.course.{descent.course}",
        steps=descent.steps,
        next=descent.steps + 1,
        start=significant_text(descent.losses[0]),
        now=significant_text(descent.losses[-1]),
        rises=descent.rises,
        factor=short_text(descent.factor),
    )
    return said if descent.factor == 1 else sentences([said, words("network.course.with_l2")])


def steps_picture(descent: Descent, words: Wording, theme: Theme) -> Picture:
    """Draw the loss after each step; the table goes on in tens."""
    losses, last = descent.losses, descent.steps
    rows: list[list[str | Number]] = [
        [str(step), Number("loss", losses[step], significant_text(losses[step]))]
        for step in range(last + 1)
        if step <= _FEW or step % _FEW == 0 or step == last
    ]
    alt = words(
        "network.steps.alt",
        steps=last,
        start=significant_text(losses[0]),
        now=significant_text(losses[-1]),
    )
    head = [words("network.axis.step"), words("network.axis.loss")]
    return Picture(steps_figure(losses, words, theme), alt, head, rows)
