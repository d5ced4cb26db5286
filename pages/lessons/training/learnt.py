"""Screen "learnt": the model itself, its weights."""

from __future__ import annotations

import streamlit as st

from pages.lessons.training.data_set import feature_names
from pages.lessons.training.run import Model
from pages.lessons.training.side import trained_run
from pages.lessons.training.train import regions_picture
from pages.lessons.training.weights_figure import weights_or_images
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number, fixed_cell
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording


def show() -> None:
    """Show the weights; of two inputs the regions that follow from them."""
    words = visit().words
    st.header(words("training.learnt.question"), anchor="learnt")
    run = trained_run("learnt")
    if run is None:
        return
    if len(run.data.features) == 2:
        lesson.picture("training", "learnt", regions_picture(run.model, None, words, theme()))
    else:
        lesson.picture("training", "weights", weights_picture(run.model, words, theme()))
    lesson.prose("training", f"learnt_{run.data.kind}")


def weights_picture(model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw the weights: as images where the inputs are one; the table has the strongest."""
    data = model.data
    names, features = words.class_names(data.classes), feature_names(data, words)
    figure = weights_or_images(model.weights, data, "weight", words, theme)
    rows: list[list[str | Number]] = []
    for k, name in enumerate(names):
        most, least = int(model.weights[k].argmax()), int(model.weights[k].argmin())
        rows.append(
            [
                name,
                fixed_cell("bias", model.bias[k]),
                fixed_cell("weight", model.weights[k, most]),
                features[most],
                fixed_cell("weight", model.weights[k, least]),
                features[least],
            ]
        )
    columns = ("bias", "most", "most_at", "least", "least_at")
    head = [words("lesson.class"), *(words(f"training.weights.{name}") for name in columns)]
    return Picture(figure, words("training.weights.alt", classes=len(names)), head, rows)
