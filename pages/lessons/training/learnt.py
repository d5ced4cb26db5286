"""Screen "learnt": the model itself, its weights."""

from __future__ import annotations

import streamlit as st

from pages.lessons.training import controls
from pages.lessons.training.data_set import SIDE, feature_names
from pages.lessons.training.model_tables import model_alt, model_table
from pages.lessons.training.regions_figure import regions_figure
from pages.lessons.training.run import Model
from pages.lessons.training.side import train_first, trained_model
from pages.lessons.training.weights_figure import weights_or_images
from pages.lessons.training.workplace import data_of, main_run
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.figure import short_names
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

_IN_A_LEGEND = 14  # columns of a name: two such stand side by side on a phone


def show() -> None:
    """Show the weights; of two inputs the regions that follow from them."""
    words = visit().words
    st.header(words("training.learnt.question"), anchor="learnt")
    lesson.predict(_OF_DIGITS if controls.plan().data == "digits" else _OF_BOUNDARIES)
    model = trained_model("learnt")
    if model is None:
        return
    with lesson.veil("learnt"):
        if len(model.data.features) == 2:
            lesson.picture("training", "learnt", regions_picture(model, words, theme()))
        else:
            lesson.picture("training", "weights", weights_picture(model, words, theme()))
        lesson.prose("training", f"learnt_{model.data.kind}")


_MIDDLE = slice(SIDE // 2 - 1, SIDE // 2 + 1)  # the rows, and the columns, of four pixels


def _middle_of_0(_state: LabState, _choices: Choices) -> str:
    """Say which sign the weights of the 0 have in the middle: before training, will have."""
    plan = controls.plan()
    data = data_of(plan)
    if data is None or data.kind != "digits" or not main_run(data, plan).steps:
        return "negative"
    weights = main_run(data, plan).model_at(plan.at).weights[0].reshape(SIDE, SIDE)
    return "negative" if weights[_MIDDLE, _MIDDLE].mean() < 0 else "positive"


_OF_DIGITS = Prediction(
    "training.learnt_digits",
    ("positive", "negative", "zero"),
    right=_middle_of_0,
    move=train_first,
)
_OF_BOUNDARIES = Prediction(
    "training.learnt",
    ("straight", "curved", "longer"),
    right=lambda _state, _choices: "straight",  # where two linear functions are equal
    move=train_first,
)


def regions_picture(model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw the training points on the model's regions; the table has the layer itself."""
    data = model.data
    names = short_names(words.class_names(data.classes), _IN_A_LEGEND)
    figure = regions_figure(
        data.train.inputs,
        data.train.labels,
        (model.weights, model.bias),
        (names, short_names(feature_names(data, words))),
        theme,
    )
    return Picture(figure, model_alt(model, words), *model_table(model, words)[1:])


def weights_picture(model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw the weights: as images where the inputs are one; the table has the strongest."""
    figure = weights_or_images(model.weights, model.data, "weight", words, theme)
    return Picture(figure, model_alt(model, words), *model_table(model, words)[1:])
