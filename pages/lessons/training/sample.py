"""Screen "sample": one training sample followed through: scores, gradients, what it pulls on."""

from __future__ import annotations

import numpy as np
import streamlit as st

from core import one_hot, softmax_loss
from pages.lessons.network.chain import show_chain
from pages.lessons.network.controls import show_graph
from pages.lessons.network.graph_figure import graph_svg
from pages.lessons.network.one_sample import OneSample
from pages.lessons.training import controls
from pages.lessons.training.run import Model
from pages.lessons.training.sample_pictures import pull_picture, sample_image, sample_table
from pages.lessons.training.sample_weight import (
    GRAPH,
    can_be_drawn,
    choose_weight,
    take_edge,
    weight_of,
)
from pages.lessons.training.side import train_first, trained_model
from pages.lessons.training.workplace import data_of, main_run
from pages.visit.session import visit
from pages.visit.state import MAX_CLASSES, with_label, with_logits
from pages.visit.training_plan import Plan
from pages.widgets import lesson
from pages.widgets.notices import field_notice
from pages.widgets.prediction import Prediction
from pages.widgets.tables import table
from pages.writing.palette import theme


def show() -> None:
    """Follow one sample through, by the pieces of the network lesson."""
    lesson.section("training", "sample", _PREDICTION)
    model = trained_model("sample")
    if model is not None:
        _follow(model)
        lesson.prose("training", "sample_seen")


def _take_worst() -> None:
    """Follow the sample with the largest loss, or train the model that is to have one."""
    plan = controls.plan()
    data = data_of(plan)
    if data is not None and plan.trained:
        model = main_run(data, plan).model_at(plan.at)
        controls.set_number("sample", sample_with_largest_loss(model))
    train_first()


_PREDICTION = Prediction(
    "training.sample",
    ("sure", "wrong", "alike"),
    right=lambda _state, _choices: "wrong",  # a - y is close to 0 in the other
    move=_take_worst,
)


def _follow(model: Model) -> None:
    words, tone = visit().words, theme()
    place = place_of(model, controls.plan())
    _choose_sample(model)
    one = sample_of(model, place)
    weight = weight_of(one, controls.plan())
    if can_be_drawn(one):
        st.markdown(f"**{words('training.pull.picture')}**")
        names = words.class_names(model.data.classes)
        show_graph(graph_svg(one, weight, words, tone, names), GRAPH, take_edge)
    elif model.data.kind == "digits":
        with st.container(key="training-image"):
            with st.container():
                lesson.picture("training", "image", sample_image(model, place, words, tone))
            with st.container():
                lesson.picture("training", "pull", pull_picture(one, model, words, tone))
    else:
        lesson.picture("training", "pull", pull_picture(one, model, words, tone))
    with lesson.fold(words("training.sample.numbers"), "sample-numbers") as is_open:
        if is_open:
            table(*sample_table(one, model, words))
    with lesson.fold(words("training.sample.chain"), "sample-chain") as is_open:
        if is_open:
            choose_weight(one, model, weight)
            show_chain(one, weight)
    _to_bench_button(one)


def place_of(model: Model, plan: Plan) -> int:
    """Return which training sample is followed, from 0: the last where there are fewer now."""
    return min(plan.sample, len(model.data.train)) - 1


def sample_of(model: Model, place: int) -> OneSample:
    """Return a training sample before the model's layer."""
    part = model.data.train
    target = one_hot(part.labels[[place]], len(model.bias))
    return OneSample(model.weights, model.bias, part.inputs[[place]], target)


def sample_with_largest_loss(model: Model) -> int:
    """Return the training sample with the largest loss, from 1."""
    part = model.data.train
    losses = softmax_loss(model.scores(part.inputs), part.labels, reduction="none").value
    return int(np.argmax(losses)) + 1


def _choose_sample(model: Model) -> None:
    """Choose a training sample by its number, the next one, or the one with the largest loss."""
    words, most = visit().words, len(model.data.train)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.number("sample", most=most)
        st.button(
            words("training.button.next"),
            key="sample_next",
            on_click=lambda: controls.set_number(
                "sample", min(controls.plan().sample, most) % most + 1
            ),
        )
        st.button(
            words("training.button.worst"),
            key="sample_worst",
            on_click=lambda: controls.set_number("sample", sample_with_largest_loss(model)),
        )


def _to_bench_button(one: OneSample) -> None:
    """Take the scores over to the bench, with the sample's class as the label."""
    current, classes = visit(), len(one.bias)
    if classes > MAX_CLASSES:
        st.caption(current.words("training.sample.too_many", classes=classes))
        return
    st.button(
        current.words("training.sample.to_bench"),
        key="sample_to_bench",
        icon=":material/tune:",
        on_click=_give_scores,
        args=(one,),
    )
    field_notice(current, "sample_to_bench")


def _give_scores(one: OneSample) -> None:
    scores, label = one.scores.tolist(), int(one.targets[0].argmax())
    visit().edit("sample_to_bench", lambda state: with_label(with_logits(state, scores), label))
