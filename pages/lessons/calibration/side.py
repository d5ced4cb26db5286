"""What stands beside every screen: which model is judged, and what it was trained on."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.bench.side import learners_bench
from pages.lessons.calibration.subject import Subject, judged_model, own_run, subject_of
from pages.lessons.training import controls as training_controls
from pages.lessons.training.workplace import open_side, take_side
from pages.visit.judging import BINS, MODELS, with_bins
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import choice_of, mirror
from pages.writing.wording import Wording

_IN_BINS = ("", "noise", "temperature", "meaning")  # screens; the first one is ""


def show() -> None:
    """Let the learner choose the model, and keep a place to train their own in and to name it."""
    screen = visit().choices.place.screen
    _model_field()
    if screen in _IN_BINS:
        _bins_field()
    open_side()
    if screen == "bench":
        learners_bench(temperature=True)


def learners_subject() -> Subject:
    """Return the model that the screens are about, once it is trained, and name it at the side."""
    side = take_side()
    if side is None:
        return subject_of(judged_model())
    with side.container():
        _train_own()
        subject = subject_of(judged_model())
        _about_model(subject)
    return subject


def _model_field() -> None:
    """Choose the model that the lesson is about."""
    words = visit().words
    mirror("judged_model", judged_model())
    st.segmented_control(
        words("calibration.model.label"),
        MODELS,
        key="judged_model",
        format_func=lambda name: words(f"calibration.model.{name}"),
        on_change=_take_model,
    )


def _take_model() -> None:
    name = choice_of("judged_model", MODELS)
    if name is not None:  # or the one that stands was clicked again
        visit().choose("model", lambda c: replace(c, judging=replace(c.judging, model=name)))


def _bins_field() -> None:
    """Choose the number of bins."""
    bins = visit().choices.judging.bins
    mirror("judged_bins", bins)
    st.segmented_control(
        visit().words("calibration.bins.label"),
        sorted({*BINS, bins}),
        key="judged_bins",
        on_change=_take_bins,
    )


def _take_bins() -> None:
    count = choice_of("judged_bins", {*BINS, visit().choices.judging.bins})
    if count is not None:
        visit().choose("bins", lambda c: replace(c, judging=with_bins(c.judging, count)))


def _train_own() -> None:
    """Train the learner's model as far as they asked, in sight, so that Stop is heard."""
    run, place = own_run() if judged_model() == "own" else None, st.empty()
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


def shown_sentence(screen: str, shown: Subject, chosen: Subject, words: Wording) -> str:
    """Say which model a picture shows, and why it is not the chosen one, if it is another."""
    name = words(f"calibration.model.{shown.name}")
    if shown is chosen:
        return words("calibration.asked", model=name)
    other = words(f"calibration.model.{chosen.name}")
    return words(f"calibration.{screen}.needs", model=name, chosen=other)
