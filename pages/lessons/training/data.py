"""Screen "data": what is learnt from, and the parts that it is divided into."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.lessons.training import controls
from pages.lessons.training.data_set import DataSet, feature_names
from pages.lessons.training.images_figure import digits_picture
from pages.lessons.training.regions_figure import regions_figure
from pages.lessons.training.side import train_at_side
from pages.lessons.training.upload_field import upload_field
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.visit.training_plan import LIMITS
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

_SLIDER_STEPS = {"arms": 1, "points": 10, "noise": 0.05}


def show() -> None:
    """Let the learner choose what to learn from."""
    words = visit().words
    kind = controls.plan().data
    lesson.section("training", "data", _PREDICTION)
    controls.choice("data")
    lesson.prose("training", f"data_{kind}")
    if kind == "csv":
        upload_field()
    run = train_at_side()
    if run is not None:
        _show_data(run.data)
        parts = zip(("train", "validation", "test"), map(len, run.data.parts), strict=True)
        lesson.remark(words("training.data.parts", **dict(parts)))
    lesson.prose("training", "data_seen")
    if kind == "csv":
        lesson.prose("training", "scaled_csv")


_GUESSED_CLASSES = 5
_OF_HUNDRED = {"five": 5, "twenty": 20, "fifty": 50}


def _by_chance(_state: LabState, _choices: Choices) -> str:
    """Return the answer nearest to how many of 100 are right by chance."""
    return min(_OF_HUNDRED, key=lambda answer: abs(_OF_HUNDRED[answer] - 100 / _GUESSED_CLASSES))


def _five_arms() -> None:
    """Give the spiral as many arms as the question has classes; not where a model would be lost."""
    plan = controls.plan()
    if plan.data == "spiral" and not (plan.trained or plan.raced):
        controls.set_number("arms", _GUESSED_CLASSES)


_PREDICTION = Prediction("training.data", tuple(_OF_HUNDRED), right=_by_chance, move=_five_arms)


def _show_data(data: DataSet) -> None:
    """Show some of the data, and let their features be scaled where they need be."""
    words = visit().words
    if data.kind == "spiral":
        with st.container(key="training-points"):
            _spiral_sliders()
            with st.container():
                lesson.picture("training", "points", points_picture(data, words, theme()))
        return
    controls.choice("features")
    if data.kind == "digits":
        lesson.picture("training", "digits", some_digits(data, words, theme()))
    elif controls.plan().features == "scaled" and data.too_far:
        lesson.remark(words("training.features.too_far", count=data.too_far))


def _spiral_sliders() -> None:
    """Shape the spiral."""
    words = visit().words
    with st.container():
        for name, step in _SLIDER_STEPS.items():
            key, value = f"plan_{name}", getattr(controls.plan(), name)
            mirror(key, value)
            st.slider(
                words(f"training.field.{name}"),
                type(value)(LIMITS[name].least),
                type(value)(LIMITS[name].most),
                step=step,
                key=key,
                on_change=_take_slider,
                args=(name,),
            )


def _take_slider(name: str) -> None:
    controls.set_number(name, st.session_state[f"plan_{name}"])


def some_digits(data: DataSet, words: Wording, theme: Theme) -> Picture:
    """Draw the first training digit of each class."""
    labels = data.train.labels
    places = [int(np.flatnonzero(labels == k)[0]) for k in range(len(data.classes))]
    return digits_picture(data, places, words("training.digits.alt"), words, theme)


def points_picture(data: DataSet, words: Wording, theme: Theme) -> Picture:
    """Draw the training points of two features; the table counts them."""
    part, names = data.train, words.class_names(data.classes)
    axes = names, feature_names(data, words)
    counts = np.bincount(part.labels, minlength=len(names)).tolist()
    return Picture(
        regions_figure(part.inputs, part.labels, None, axes, theme),
        words("training.points.alt", points=len(part), classes=len(names)),
        [words("lesson.class"), words("training.regions.points")],
        [[k, Number("count", n, str(n))] for k, n in zip(names, counts, strict=True)],
    )
