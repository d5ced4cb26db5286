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
from pages.lessons.training.data_set import feature_names
from pages.lessons.training.images_figure import digits_picture
from pages.lessons.training.run import Model
from pages.lessons.training.side import train_first, trained_model
from pages.lessons.training.weights_figure import weights_or_images
from pages.lessons.training.workplace import data_of, main_run
from pages.visit.messages import clicked_edge
from pages.visit.session import visit
from pages.visit.state import MAX_CLASSES, with_label, with_logits
from pages.visit.training_plan import Plan
from pages.widgets import lesson
from pages.widgets.controls import choice_of, mirror
from pages.widgets.lesson import Picture
from pages.widgets.notices import field_notice
from pages.widgets.prediction import Prediction
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

MOST_INPUTS, MOST_CLASSES = 3, 10  # of a layer that can be drawn with an edge for each weight
_GRAPH = "sample-graph"


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
        show_graph(graph_svg(one, weight, words, tone, names), _GRAPH, _take_edge)
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
            _choose_weight(one, model, weight)
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


def weight_of(one: OneSample, plan: Plan) -> tuple[int, int]:
    """Return the weight whose chain is spelled out: class and input, from 0.

    What was not chosen, or is no longer there, is the true class and the largest input.
    """
    k, d = plan.to - 1, plan.source - 1
    if not 0 <= k < len(one.bias):
        k = int(one.targets[0].argmax())
    if not 0 <= d <= one.width:
        d = int(np.abs(one.inputs[0]).argmax())
    return k, d


def sample_with_largest_loss(model: Model) -> int:
    """Return the training sample with the largest loss, from 1."""
    part = model.data.train
    losses = softmax_loss(model.scores(part.inputs), part.labels, reduction="none").value
    return int(np.argmax(losses)) + 1


def can_be_drawn(one: OneSample) -> bool:
    """Whether the layer has so few weights that each may have its own edge."""
    return one.width <= MOST_INPUTS and len(one.bias) <= MOST_CLASSES


def sample_table(one: OneSample, model: Model, words: Wording) -> Table:
    """Lay the sample out class by class: score, probability, target, gradient in the score."""
    result = one.result
    z = [fixed_cell("logit", score, k) for k, score in enumerate(one.scores)]
    rows: list[list[str | Number]] = []
    for k, name in enumerate(words.class_names(model.data.classes)):
        share, target = float(result.probabilities[0, k]), float(one.targets[0, k])
        slope = float(result.grad_scores[0, k])
        a, y = (
            share_cell(share, k, one.scores, z),
            Number("target", target, short_text(target), k + 1),
        )
        apart = fixed_cell("grad_score", slope, k).computed("a − y", "{} − {}", a, y)
        rows.append([name, z[k], a, y, apart])
    head = [words("lesson.class"), "z", "a", "y", "∂L/∂z = a − y"]
    return Table(words("training.sample.numbers"), head, rows)


def sample_image(model: Model, place: int, words: Wording, theme: Theme) -> Picture:
    """Draw a digit."""
    label = model.data.classes[model.data.train.labels[place]]
    alt = words("training.sample.image_alt", digit=label)
    return digits_picture(model.data, [place], alt, words, theme)


def pull_picture(one: OneSample, model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw the gradient of the sample's loss in every weight; the table has the strongest."""
    gradient = one.result.grad_weights
    names, features = words.class_names(model.data.classes), feature_names(model.data, words)
    figure = weights_or_images(gradient, model.data, "gradient", words, theme)
    rows: list[list[str | Number]] = []
    for k, name in enumerate(names):
        d = int(np.abs(gradient[k]).argmax())
        o = fixed_cell("input", one.inputs[0, d], k)
        slope = fixed_cell("grad_score", one.result.grad_scores[0, k], k)
        pull = fixed_cell("grad_weight", gradient[k, d], k)
        rows.append(
            [name, features[d], o, slope, pull.computed("(a − y) · o", "{} · {}", slope, o)]
        )
    strongest_at, strongest = (
        words(f"training.sample.{name}") for name in ("strongest_at", "strongest")
    )
    head = [words("lesson.class"), strongest_at, "o", "a − y", strongest]
    return Picture(figure, words("training.sample.alt"), head, rows)


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


def _choose_weight(one: OneSample, model: Model, weight: tuple[int, int]) -> None:
    """Choose a weight by its two ends."""
    words, data = visit().words, model.data
    ends = (
        ("to", words("training.sample.class"), words.class_names(data.classes)),
        (
            "source",
            words("training.sample.input"),
            [*feature_names(data, words), words("training.sample.bias")],
        ),
    )
    with st.container(horizontal=True):
        for (name, label, options), place in zip(ends, weight, strict=True):
            key = f"sample_{name}"
            mirror(key, place, options)
            st.selectbox(
                label,
                range(len(options)),
                key=key,
                format_func=options.__getitem__,
                on_change=_take_end,
                args=(name, len(options)),
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


def _take_end(name: str, options: int) -> None:
    place = choice_of(f"sample_{name}", range(options))
    if place is not None:
        controls.set_number(name, place + 1)


def _take_edge() -> None:
    edge = clicked_edge(_GRAPH, MOST_CLASSES, MOST_INPUTS)
    if edge is not None:
        for name, place in zip(("to", "source"), edge, strict=True):
            controls.set_number(name, place + 1)
