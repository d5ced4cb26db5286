"""Screen "race": cross-entropy and squared error, trained from the same start, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from pages.lessons.training import controls
from pages.lessons.training.course import show_course, stop_at
from pages.lessons.training.course_panels import left_of
from pages.lessons.training.data_set import DataSet
from pages.lessons.training.progress import table_steps
from pages.lessons.training.run import Run, finished
from pages.lessons.training.side import learners_run
from pages.lessons.training.workplace import kept_run, settings_of
from pages.visit.session import visit
from pages.visit.training_plan import Plan
from pages.widgets import lesson
from pages.widgets.figure import Vector
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import percent_text, significant_text
from pages.writing.wording import Wording, sentences

LOSSES = {"ce": "cross_entropy", "mse": "mean_squared_error"}
WRONG_STEPS = 200  # with each label moved on by one


def show() -> None:
    """Let two losses race."""
    words = visit().words
    lesson.section("training", "race")
    own = learners_run("race")
    if own is None:
        return
    with st.container(key="race-settings"):
        controls.choice("begin")
        controls.number("rival_rate")
    plan = controls.plan()
    runs = racers(own.data, plan) if plan.raced else {}
    controls.train([*runs.values()], "raced")
    if runs:
        stop = stop_at([*runs.values()], plan.race_at)
        show_course(runs, "race_at", stop, race_alt(runs, words))
        lesson.remark(race_sentence(runs, words, stop))
        with lesson.fold(words("lesson.as_table"), "race-table") as is_open:
            if is_open:
                table(*race_table(runs, words))
    lesson.prose("training", "race_seen")
    with lesson.fold(words("training.race.why"), "race-why") as is_open:
        if is_open:
            lesson.prose("training", "race_why")


def racers(data: DataSet, plan: Plan) -> dict[str, Run]:
    """Return both runs, as far as they have come."""
    return {name: _racer(name, data, plan) for name in LOSSES}


def _racer(name: str, data: DataSet, plan: Plan) -> Run:
    rate = plan.rate if name == "ce" else plan.rival_rate
    settings = replace(settings_of(plan), rate=rate, loss=LOSSES[name])
    key = data, settings, plan.begin, plan.rate
    return kept_run(name, key, plan.raced, lambda: Run(data, settings, _start(data, plan)))


def _start(data: DataSet, plan: Plan) -> tuple[Vector, Vector] | None:
    """Return the weights and the bias that both begin with; None for those of the seed."""
    if plan.begin == "initial":
        return None
    moved = replace(data.train, labels=(data.train.labels + 1) % len(data.classes))
    wrong = replace(data, parts=(moved, data.validation, data.test))
    settings = settings_of(plan)
    taught = kept_run("taught", (data, settings), WRONG_STEPS, lambda: Run(wrong, settings))
    model = finished(taught, WRONG_STEPS).model
    return model.weights, model.bias


def race_alt(runs: Mapping[str, Run], words: Wording) -> str:
    """Say in a sentence what the curves of both show."""
    steps = max(run.steps for run in runs.values())
    return words("training.race.alt", steps=steps, **_rights(runs, steps))


def race_table(runs: Mapping[str, Run], words: Wording) -> Table:
    """Lay both out at every tenth step."""
    left = {name: left_of(run.losses) for name, run in runs.items()}
    rows: list[list[str | Number]] = []
    for step in table_steps(max(run.steps for run in runs.values())):
        cells: list[str | Number] = []
        for name, run in runs.items():
            cells += _cells(run, left[name], step)
        rows.append([str(step), *cells])
    columns = ("step", "right_ce", "left_ce", "right_mse", "left_mse")
    head = [words(f"training.race.{name}") for name in columns]
    return Table(words("training.race.picture"), head, rows)


def _cells(run: Run, left: Sequence[float], step: int) -> list[str | Number]:
    if step > run.steps:
        return ["", ""]
    right = run.accuracies[step]
    return [
        Number("accuracy", right, percent_text(right)),
        Number("loss_left", left[step], significant_text(left[step])) if left else "",
    ]


def race_sentence(runs: Mapping[str, Run], words: Wording, step: int) -> str:
    """Say who has how much right after a step, and who has left the range of numbers by then."""
    said = [words("training.race.said", steps=step, **_rights(runs, step))]
    for name, run in runs.items():
        if run.overflow and run.steps <= step:
            loss = words(f"training.race.{name}")
            said.append(words("training.race.overflow", name=loss, steps=run.steps))
    return sentences(said)


def _rights(runs: Mapping[str, Run], step: int) -> dict[str, str]:
    return {
        place: percent_text(runs[name].accuracies[min(step, runs[name].steps)])
        for place, name in zip(("first", "second"), LOSSES, strict=True)
    }
