"""Screen "data": what is learnt from, and the parts that it is divided into."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.lessons.training import controls
from pages.lessons.training.data_set import DataSet
from pages.lessons.training.images_figure import digits_picture
from pages.lessons.training.upload_field import upload_field
from pages.lessons.training.workplace import data_of
from pages.visit.session import visit
from pages.visit.training_plan import LIMITS
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.lesson import Picture
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

_SLIDER_STEPS = {"arms": 1, "points": 10, "noise": 0.05}


def show() -> DataSet | None:
    """Let the learner choose what to learn from; None while a file is awaited."""
    words = visit().words
    lesson.section("training", "data")
    controls.choice("data")
    kind = controls.plan().data
    if kind == "spiral":
        _spiral_sliders()
    lesson.prose("training", f"data_{kind}")
    if kind == "csv":
        upload_field()
    data = data_of(controls.plan())
    if data is not None:
        if kind == "digits":
            lesson.picture("training", "digits", some_digits(data, words, theme()))
        counts = {"train": len(data.train), "validation": len(data.validation)}
        lesson.remark(words("training.data.parts", test=len(data.test), **counts))
    return data


def _spiral_sliders() -> None:
    """Shape the spiral."""
    words = visit().words
    with st.container(horizontal=True):
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
