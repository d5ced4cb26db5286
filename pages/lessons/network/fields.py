"""The numbers of the layer at its start as fields: to paste into."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.lessons.network.controls import change_layer, learners_layer
from pages.lessons.network.graph_figure import symbol, weight_symbol
from pages.visit.layer import (
    FIRST_NODE,
    INPUTS,
    Layer,
    Row,
    logit_symbol,
    with_bias,
    with_inputs,
    with_weights_text,
)
from pages.visit.session import visit
from pages.widgets.vector_field import vector_field
from pages.writing.numerals import parse_numbers


def layer_fields() -> None:
    """Edit inputs, biases and each class's weights as text."""
    with st.container(key="layer-fields"):
        _number_fields()


def _number_fields() -> None:
    words, classes = visit().words, visit().state.classes
    _field(
        "layer_inputs",
        words("network.field.inputs", symbols=_symbols("o", range(1, INPUTS + 1))),
        lambda: learners_layer().inputs,
        lambda x, text: with_inputs(x, parse_numbers(text, "inputs")),
    )
    nodes = range(FIRST_NODE, FIRST_NODE + classes)
    _field(
        "layer_bias",
        words("network.field.bias", symbols=_symbols("b", nodes)),
        lambda: learners_layer().bias,
        lambda x, text: with_bias(x, parse_numbers(text, "bias")),
    )
    for k in range(classes):
        _weights_field(k)


def _weights_field(k: int) -> None:
    symbols = ", ".join(weight_symbol(k, d) for d in range(INPUTS))
    _field(
        f"layer_weights_{k}",
        visit().words("network.field.weights", z=logit_symbol(k), symbols=symbols),
        lambda: learners_layer().weights[k],
        lambda x, text: with_weights_text(x, k, text),
    )


def _symbols(letter: str, nodes: range) -> str:
    return ", ".join(symbol(letter, node) for node in nodes)


def _field(
    name: str, label: str, read: Callable[[], Row], change: Callable[[Layer, str], Layer]
) -> None:
    with st.container():  # field and message together
        vector_field(name, label, read, lambda text: change_layer(name, lambda x: change(x, text)))
