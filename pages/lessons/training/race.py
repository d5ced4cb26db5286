"""Screen "race": cross-entropy and squared error, trained from the same start, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from core import layer_loss
from pages.lessons.training import controls
from pages.lessons.training.course import show_course, stop_at
from pages.lessons.training.course_panels import left_of
from pages.lessons.training.data_set import DataSet, made_data
from pages.lessons.training.progress import table_steps
from pages.lessons.training.run import Run, finished
from pages.lessons.training.side import learners_run
from pages.lessons.training.workplace import data_of, kept_run, settings_of
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.visit.training_plan import Plan
from pages.widgets import lesson
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import percent_text, short_text, significant_text
from pages.writing.wording import Wording, sentences

LOSSES = {"ce": "cross_entropy", "mse": "mean_squared_error"}
WRONG_STEPS = 200  # with each label moved on by one


def show() -> None:
    """Let two losses race."""
    words = visit().words
    lesson.section("training", "race", _PREDICTION)
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


_ALIKE = 0.01


def _further(_state: LabState, _choices: Choices) -> str:
    """Say which loss moves the weights further in the first step, or that both do alike."""
    plan = controls.plan()
    data = data_of(plan) or made_data(Plan())
    first, second = map(_first_step, racers(data, plan).values())
    if abs(first - second) <= _ALIKE * max(first, second):
        return "alike"
    return "ce" if first > second else "mse"


def _first_step(run: Run) -> float:
    """Return the length of a run's first step: its step size times the gradient's length."""
    start, settings, part = run.kept[0], run.settings, run.data.train
    loss, l2 = settings.loss, settings.l2
    result = layer_loss(start.weights, start.bias, part.inputs, part.labels, loss=loss, l2=l2)
    return settings.rate * float(np.linalg.norm(result.grad_weights))


def _rates(_state: LabState, choices: Choices) -> dict[str, str]:
    plan = choices.plan
    return {"rate": short_text(plan.rate), "rival": short_text(plan.rival_rate)}


def _race() -> None:
    """Let both take the steps of one click, where they have not taken any."""
    plan = controls.plan()
    if not plan.raced and data_of(plan) is not None:
        controls.set_number("raced", plan.click)


_PREDICTION = Prediction(
    "training.race", ("ce", "mse", "alike"), right=_further, move=_race, numbers=_rates
)


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
