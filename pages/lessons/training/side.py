"""What stands beside every screen: what is learnt from, how far, and the buttons that train on."""

from __future__ import annotations

import streamlit as st

from pages.lessons.training import controls
from pages.lessons.training.run import Model, Run
from pages.lessons.training.workplace import data_of, main_run, open_side, take_side, workplace
from pages.visit.session import visit
from pages.visit.training_plan import MOST_STEPS
from pages.widgets import lesson
from pages.writing.plain_text import as_plain_markdown

_RACE = "race"  # its screen trains runs of its own


def show() -> None:
    """Name the data, and keep a place for the training: a screen does it once it has begun."""
    words, kind, accepted = visit().words, controls.plan().data, workplace().accepted
    name = words(f"training.data.{kind}")
    if kind == "csv" and accepted is not None:
        name = as_plain_markdown(accepted.name)
    with st.container(key="training-side"):
        st.markdown(words("training.data.chosen", name=name))
        open_side()


def train_at_side() -> Run | None:
    """Train the learner's run as far as they asked, in sight; None while a file is awaited."""
    plan, side = controls.plan(), take_side()
    data = data_of(plan)
    if data is None:
        return None
    run = main_run(data, plan)
    place = visit().choices.place
    if side is not None and (place.whole or place.screen != _RACE):
        with side.container():
            controls.train([run], "trained")
    return run


def learners_run(screen: str) -> Run | None:
    """Return the learner's run for a screen; while a file is awaited lead to where it is chosen."""
    run = train_at_side()
    if run is None:
        _lead(screen, "no_data", "")
    return run


def trained_model(screen: str) -> Model | None:
    """Return the learner's model for a screen about it; before training lead to that."""
    run = learners_run(screen)
    if run is None:
        return None
    if not run.steps:
        _lead(screen, "untrained", "train")
        return None
    return looked_at(run, screen)


def train_first() -> None:
    """Train by one click where there are data and nothing is trained yet."""
    plan = controls.plan()
    if not plan.trained and data_of(plan) is not None:
        controls.set_number("trained", plan.click)


def looked_at(run: Run, screen: str) -> Model:
    """Return the model of the step that is looked at; if it is not the last one, say so."""
    stop = run.stop_at(controls.plan().at)
    if stop < run.steps:
        words = visit().words
        with st.container(horizontal=True, vertical_alignment="center"):
            lesson.remark(words("training.at.said", step=stop, last=run.steps))
            st.button(
                words("training.at.last", step=run.steps),
                key=f"{screen}_last",
                icon=":material/last_page:",
                on_click=controls.set_number,
                args=("at", MOST_STEPS),
            )
    return run.model_at(stop)


def _lead(screen: str, lack: str, to: str) -> None:
    """Say what is lacking on a screen, and lead to the one where it is mended."""
    words = visit().words
    lesson.remark(words(f"training.{lack}.said"))
    st.button(
        words(f"training.{lack}.lead"),
        key=f"{screen}_{lack}",
        icon=":material/arrow_back:",
        on_click=lambda: visit().turn_to(to),
    )
