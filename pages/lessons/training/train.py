"""Screen "train": the settings, the steps, and what they do to the loss and to the model."""

from __future__ import annotations

import math

import streamlit as st

from pages.lessons.training import controls, sample, side
from pages.lessons.training.course import show_course, stop_at
from pages.lessons.training.model_tables import model_table
from pages.lessons.training.progress import table_steps
from pages.lessons.training.run import Run
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import percent_text, significant_text
from pages.writing.wording import Wording

_MANY_RISES = 0.1  # of the steps: the loss does not settle
_ROUNDING = 1e-12  # of the loss: what it rises by where it has settled is no rise


def show() -> None:
    """Let the learner train, with map and curves beside the settings and the button."""
    words = visit().words
    lesson.section("training", "train", _PREDICTION)
    run = side.learners_run("train")
    if run is None:
        return
    with st.container(key="training-settings"):
        for name in ("rate", "decay", "click", "seed"):
            controls.number(name)
    stop = stop_at([run], controls.plan().at)
    two = len(run.data.features) == 2
    followed = sample.place_of(run.model, controls.plan()) if two else None
    show_course({"": run}, "at", stop, curves_alt(run, words), followed)
    lesson.remark(course_sentence(run, words))
    model = side.looked_at(run, "train")
    if run.steps and followed is not None:
        _follow_button(followed + 1)
    with lesson.fold(words("lesson.as_table"), "course-table") as is_open:
        if is_open:
            table(*model_table(model, words))
            table(*curves_table(run, words))
    lesson.prose("training", "train_seen")
    with lesson.fold(words("training.train.formulas"), "step-formulas") as is_open:
        if is_open:
            lesson.prose("training", "steps")


_PREDICTION = Prediction(
    "training.train",
    ("right", "long", "never"),
    right=lambda _state, _choices: "never",  # a share of softmax is below 1, and -ln of it above 0
    move=side.train_first,
)


def _follow_button(number: int) -> None:
    """Lead to the screen that follows the sample in the ring."""
    st.button(
        visit().words("training.regions.follow", sample=number),
        key="follow_sample",
        icon=":material/arrow_forward:",
        on_click=lambda: visit().turn_to("sample"),
    )


def course_of(run: Run) -> str:
    """Return what became of the loss, as the id of a sentence."""
    rises = _rises(run)
    if run.overflow:
        return "overflow"
    if run.steps == 0:
        return "start"
    if run.losses[-1] > run.losses[0]:
        return "grew"
    if rises > _MANY_RISES * run.steps:
        return "bumpy"
    return "fell" if rises == 0 else "mostly"


def course_sentence(run: Run, words: Wording) -> str:
    """Say what the steps did to the loss, and what it means."""
    return words(
        f"training.course.{course_of(run)}",
        steps=run.steps,
        next=run.steps + 1,
        start=significant_text(run.losses[0]),
        now=significant_text(run.losses[-1]),
        highest=significant_text(max(run.losses)),
        rises=_rises(run),
        classes=len(run.data.classes),
        even=significant_text(math.log(len(run.data.classes))),
    )


def _rises(run: Run) -> int:
    return sum(b > a * (1 + _ROUNDING) for a, b in zip(run.losses, run.losses[1:], strict=False))


def curves_alt(run: Run, words: Wording) -> str:
    """Say in a sentence what the curves show."""
    return words(
        "training.curves.alt",
        steps=run.steps,
        start=significant_text(run.losses[0]),
        now=significant_text(run.losses[-1]),
        accuracy=percent_text(run.accuracies[-1]),
    )


def curves_table(run: Run, words: Wording) -> Table:
    """Lay loss and accuracy out at every tenth step."""
    held_out = dict(run.held_out)
    if len(run.data.test):
        held_out[run.steps] = run.held_out_now()
    rows: list[list[str | Number]] = []
    for step in table_steps(run.steps):
        loss, right = run.losses[step], run.accuracies[step]
        rows.append(
            [
                str(step),
                Number("loss", loss, significant_text(loss)),
                Number("accuracy", right, percent_text(right)),
                _held_out_cell(held_out.get(step)),
            ]
        )
    columns = ("step", "loss", "train", "held_out")
    head = [words(f"training.curves.{name}") for name in columns]
    return Table(words("training.curves.picture"), head, rows)


def _held_out_cell(accuracy: float | None) -> str | Number:
    return "" if accuracy is None else Number("held_out", accuracy, percent_text(accuracy))
