"""The opening: which model the lesson is about."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.lessons.calibration.subject import Subject, own_run, subject_of
from pages.lessons.training import controls as training_controls
from pages.visit.judging import MODELS
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import chosen, mirror
from pages.writing.wording import Wording


def show() -> Subject:
    """Let the learner choose the model, train their own as far as they asked, and name it."""
    lesson.prose("calibration", "opening")
    with lesson.learners_numbers("model"):
        _model_field()
    _train_own()
    subject = subject_of(visit().choices.judging)
    _about_model(subject)
    return subject


def _model_field() -> None:
    """Choose the model that the page is about."""
    words = visit().words
    mirror("judged_model", visit().choices.judging.model)
    st.segmented_control(
        words("calibration.model.label"),
        MODELS,
        key="judged_model",
        format_func=lambda name: words(f"calibration.model.{name}"),
        on_change=_take_model,
    )


def _take_model() -> None:
    name = chosen("judged_model", MODELS)
    if name is not None:  # or the one that stands was clicked again
        visit().choose("model", lambda c: replace(c, judging=replace(c.judging, model=name)))


def _train_own() -> None:
    """Train the learner's model as far as they asked, in sight, so that Stop is heard."""
    place = st.empty()
    run = own_run() if visit().choices.judging.model == "own" else None
    if run is not None and not run.ended(visit().choices.plan.trained):
        with place.container():
            training_controls.train([run], "trained")
        place.empty()


def _about_model(subject: Subject) -> None:
    """Say which model is shown, and how to get one of one's own where there is none yet."""
    words = visit().words
    if subject.why_not:
        st.info(words(f"calibration.own.{subject.why_not}"))
        st.page_link(
            "lessons/training/page.py",
            label=words("calibration.own.train"),
            icon=":material/school:",
        )
    lesson.remark(about(subject, words))


def about(subject: Subject, words: Wording) -> str:
    """Say what was trained, and on how many samples of what it is judged."""
    train, validation, test = (len(part) for part in subject.judgement.model.data.parts)
    model = words(f"calibration.about.{subject.name}")
    return words(
        "calibration.about.parts", model=model, train=train, validation=validation, test=test
    )
