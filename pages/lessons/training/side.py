"""What stands beside every screen: what is learnt from, how far, and the buttons that train on."""

from __future__ import annotations

import streamlit as st

from pages.lessons.training import controls
from pages.lessons.training.run import Run
from pages.lessons.training.workplace import data_of, main_run, open_side, take_side, workplace
from pages.visit.session import visit
from pages.widgets import lesson
from pages.writing.plain_text import as_plain_markdown


def show() -> None:
    """Name the data, and keep a place for the training: a screen does it once it has begun."""
    words, kind, accepted = visit().words, controls.plan().data, workplace().accepted
    name = words(f"training.data.{kind}")
    if kind == "csv" and accepted is not None:
        name = as_plain_markdown(accepted.name)
    with st.container(key="training-side"):
        st.markdown(f"{words('training.data.choose')}: {name}")
        open_side()


def train_at_side() -> Run | None:
    """Train the learner's run as far as they asked, in sight; None while a file is awaited."""
    plan, side = controls.plan(), take_side()
    data = data_of(plan)
    if data is None:
        return None
    run = main_run(data, plan)
    if side is not None:
        with side.container():
            controls.train([run], "trained")
    return run


def learners_run(screen: str) -> Run | None:
    """Return the learner's run for a screen; while a file is awaited lead to where it is chosen."""
    run = train_at_side()
    if run is None:
        _lead(screen, "no_data", "")
    return run


def trained_run(screen: str) -> Run | None:
    """Return the learner's run for a screen about its model; before training lead to that."""
    run = learners_run(screen)
    if run is None or run.steps:
        return run
    _lead(screen, "untrained", "train")
    return None


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
