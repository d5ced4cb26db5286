"""Screen "train": the settings, the steps, what they do to the loss, and the model's regions."""

from __future__ import annotations

import math

import streamlit as st

from pages.lessons.training import controls, sample, side
from pages.lessons.training.data_set import feature_names
from pages.lessons.training.learning_figure import Curves, learning_figure
from pages.lessons.training.progress import percent, table_steps
from pages.lessons.training.regions_figure import regions_figure
from pages.lessons.training.run import Model, Run
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.figure import short_names
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number, fixed_cell
from pages.writing.numerals import significant_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

_IN_A_LEGEND = 14  # columns of a name: two such stand side by side on a phone
_MANY_RISES = 0.1  # of the steps: the loss does not settle
_ROUNDING = 1e-12  # of the loss: what it rises by where it has settled is no rise


def show() -> None:
    """Let the learner train, with map and curves beside the settings and the button."""
    words, tone = visit().words, theme()
    lesson.section("training", "train")
    run = side.learners_run("train")
    if run is None:
        return
    with st.container(key="training-settings"):
        for name in ("rate", "decay", "click", "seed"):
            controls.number(name)
    with st.container(key="training-pictures"):
        if len(run.data.features) == 2:
            followed = sample.place_of(run.model, controls.plan())
            with st.container():
                regions = regions_picture(run.model, followed, words, tone)
                lesson.picture("training", "regions", regions, sample.take_point)
        with st.container():
            lesson.picture("training", "curves", curves_picture(run, words, tone))
    lesson.remark(course_sentence(run, words))
    if run.steps and len(run.data.features) == 2:
        _follow_button(followed + 1)
    lesson.prose("training", "train_seen")
    with lesson.fold(words("training.train.formulas"), "step-formulas") as is_open:
        if is_open:
            lesson.prose("training", "steps")


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


def curves_picture(run: Run, words: Wording, theme: Theme) -> Picture:
    """Draw loss and accuracy; the table has them at every tenth step."""
    held_out = dict(run.held_out)
    if len(run.data.test):
        held_out[run.steps] = run.held_out_now()
    curves = Curves(run.losses, run.accuracies, held_out)
    rows: list[list[str | Number]] = []
    for step in table_steps(run.steps):
        loss, right = run.losses[step], run.accuracies[step]
        rows.append(
            [
                str(step),
                Number("loss", loss, significant_text(loss)),
                Number("accuracy", right, percent(right)),
                _held_out_cell(held_out.get(step)),
            ]
        )
    alt = words(
        "training.curves.alt",
        steps=run.steps,
        start=significant_text(run.losses[0]),
        now=significant_text(run.losses[-1]),
        accuracy=percent(run.accuracies[-1]),
    )
    columns = ("step", "loss", "train", "held_out")
    head = [words(f"training.curves.{name}") for name in columns]
    return Picture(learning_figure(curves, words, theme), alt, head, rows)


def _held_out_cell(accuracy: float | None) -> str | Number:
    return "" if accuracy is None else Number("held_out", accuracy, percent(accuracy))


def regions_picture(model: Model, followed: int | None, words: Wording, theme: Theme) -> Picture:
    """Draw the training points on the model's regions; the table has the layer itself."""
    data = model.data
    names = words.class_names(data.classes)
    right = model.scores(data.train.inputs).argmax(axis=1) == data.train.labels
    rows: list[list[str | Number]] = []
    for k, name in enumerate(names):
        hits = right[data.train.labels == k]
        rows.append(
            [
                name,
                *(fixed_cell("weight", w) for w in model.weights[k]),
                fixed_cell("bias", model.bias[k]),
                Number("count", len(hits), str(len(hits))),
                Number("right", int(hits.sum()), str(int(hits.sum()))),
            ]
        )
    columns = [words(f"training.regions.{name}") for name in ("bias", "points", "right")]
    features = feature_names(data, words)
    figure = regions_figure(
        data.train.inputs,
        data.train.labels,
        (model.weights, model.bias),
        (short_names(names, _IN_A_LEGEND), short_names(features)),
        theme,
        followed,
    )
    alt = words(
        "training.regions.alt",
        points=len(data.train),
        classes=len(names),
        right=int(right.sum()),
    )
    head = [words("lesson.class"), *(f"w {name}" for name in features), *columns]
    return Picture(figure, alt, head, rows)
