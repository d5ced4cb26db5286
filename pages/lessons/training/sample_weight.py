"""Which of the layer's weights is followed: chosen by its two ends, or by its edge."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.lessons.network.one_sample import OneSample
from pages.lessons.training import controls
from pages.lessons.training.data_set import feature_names
from pages.lessons.training.run import Model
from pages.visit.messages import clicked_edge
from pages.visit.session import visit
from pages.visit.training_plan import Plan
from pages.widgets.controls import choice_of, mirror

MOST_INPUTS, MOST_CLASSES = 3, 10  # of a layer that can be drawn with an edge for each weight
GRAPH = "sample-graph"


def can_be_drawn(one: OneSample) -> bool:
    """Whether the layer has so few weights that each may have its own edge."""
    return one.width <= MOST_INPUTS and len(one.bias) <= MOST_CLASSES


def weight_of(one: OneSample, plan: Plan) -> tuple[int, int]:
    """Return the weight whose chain is spelled out: class and input, from 0.

    What was not chosen, or is no longer there, is the true class and the largest input.
    """
    k, d = plan.weight_class - 1, plan.weight_input - 1
    if not 0 <= k < len(one.bias):
        k = int(one.targets[0].argmax())
    if not 0 <= d <= one.width:
        d = int(np.abs(one.inputs[0]).argmax())
    return k, d


def choose_weight(one: OneSample, model: Model, weight: tuple[int, int]) -> None:
    """Choose a weight by its two ends."""
    words, data = visit().words, model.data
    ends = (
        ("weight_class", words("training.sample.class"), words.class_names(data.classes)),
        (
            "weight_input",
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


def take_edge() -> None:
    """Take the weight whose edge is clicked in the drawn layer."""
    edge = clicked_edge(GRAPH, MOST_CLASSES, MOST_INPUTS)
    if edge is not None:
        for name, place in zip(("weight_class", "weight_input"), edge, strict=True):
            controls.set_number(name, place + 1)


def _take_end(name: str, options: int) -> None:
    place = choice_of(f"sample_{name}", range(options))
    if place is not None:
        controls.set_number(name, place + 1)
