"""The layer as a graph: its numbers in fields, on nodes and edges, and as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import streamlit as st

from pages.lessons.network.controls import change_layer, learners_layer, show_graph
from pages.lessons.network.descent import Descent, descend
from pages.lessons.network.graph_figure import graph_svg, symbol, weight_symbol
from pages.visit.layer import (
    FIRST_NODE,
    INPUTS,
    Layer,
    Row,
    with_bias,
    with_finite_bias,
    with_inputs,
    with_weights,
)
from pages.visit.messages import clicked_edge
from pages.visit.session import visit
from pages.visit.state import LabState, with_logits
from pages.widgets import lesson
from pages.widgets.controls import label_field
from pages.widgets.notices import field_notice
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.widgets.vector_field import vector_field
from pages.writing.numerals import parse_numbers, short_text
from pages.writing.palette import theme
from pages.writing.wording import Wording

_GRAPH = "layer-graph"


def show(layer: Layer, descent: Descent) -> None:
    """Show the layer where its steps led, with the fields of its start."""
    words, state = visit().words, visit().state
    lesson.section("network", "graph")
    with st.container(key="layer-fields"):
        label_field()
        _number_fields()
    lesson.at_temperature_one()
    st.markdown(f"**{words('network.graph.picture')}**")
    show_graph(graph_svg(descent, layer.chosen, words, theme()), _GRAPH, _take_edge)
    lesson.remark(words("network.graph.shown", steps=descent.steps))
    with st.expander(words("lesson.as_table")):
        table(*layer_table(descent, state, words))
    lesson.prose("network", "graph_seen")
    _bench_buttons()


def _number_fields() -> None:
    """Edit inputs, biases and each class's weights as text."""
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
    z = symbol("z", FIRST_NODE + k)
    _field(
        f"layer_weights_{k}",
        visit().words("network.field.weights", z=z, symbols=symbols),
        lambda: learners_layer().weights[k],
        lambda x, text: with_weights(x, k, parse_numbers(text, "weights")),
    )


def _symbols(letter: str, nodes: range) -> str:
    return ", ".join(symbol(letter, node) for node in nodes)


def _field(
    name: str, label: str, read: Callable[[], Row], change: Callable[[Layer, str], Layer]
) -> None:
    with st.container():  # field and message together
        vector_field(name, label, read, lambda text: change_layer(name, lambda x: change(x, text)))


def _take_edge() -> None:
    edge = clicked_edge(_GRAPH, len(learners_layer().bias), INPUTS)
    if edge is not None:
        change_layer("chosen", lambda x: replace(x, chosen=edge))


def layer_table(descent: Descent, state: LabState, words: Wording) -> Table:
    """Lay the picture out: one row an input, then for each class its weights and what follows."""
    result = descent.result
    symbols = [symbol("o", d + 1) for d in range(descent.width)]
    head = [words("lesson.class"), *symbols, "b", "z", "a", "y"]
    o = [_short_cell("input", v) for v in descent.inputs[0]]
    do = [fixed_cell("grad_input", v) for v in result.grad_inputs[0]]
    blank = [""] * 4
    rows: list[list[str | Number]] = [
        [words("network.graph.inputs"), *o, *blank],
        ["∂L/∂o", *do, *blank],
    ]
    for k, name in enumerate(words.class_names(state.names)):
        rows.append(
            [
                f"{descent.node(k)} · {name}",
                *(_short_cell("weight", w, k) for w in descent.weights[k]),
                _short_cell("bias", descent.bias[k], k),
                _short_cell("logit", descent.scores[k], k),
                fixed_cell("probability", result.probabilities[0, k], k),
                _short_cell("target", descent.targets[0, k], k),
            ]
        )
        rows.append(
            [
                f"∂L/∂ ({descent.node(k)})",
                *(fixed_cell("grad_weight", dw, k) for dw in result.grad_weights[k]),
                fixed_cell("grad_bias", result.grad_bias[k], k),
                fixed_cell("grad_score", result.grad_scores[0, k], k),
                "",
                "",
            ]
        )
    return Table(words("network.graph.picture"), head, rows)


def _short_cell(quantity: str, value: float, k: int | None = None) -> Number:
    index = None if k is None else k + 1
    return Number(quantity, float(value), short_text(float(value)), index)


def _bench_buttons() -> None:
    """Take the scores over to the bench, or let the biases give the bench's logits."""
    current = visit()
    words = current.words
    with st.container(horizontal=True):
        st.button(
            words("network.bench.give"),
            key="to_bench",
            icon=":material/tune:",
            on_click=_give_scores,
        )
        st.button(
            words("network.bench.take"),
            key="from_bench",
            on_click=_take_logits,
        )
    field_notice(current, "to_bench")
    field_notice(current, "from_bench")


def _give_scores() -> None:
    current = visit()
    scores = tuple(descend(current.state, learners_layer()).scores.tolist())
    current.edit("to_bench", lambda state: with_logits(state, scores))


def _take_logits() -> None:
    """Choose the biases at which the scores are the learner's logits; -inf for a masked class."""
    current = visit()
    start = replace(learners_layer(), steps=0)
    products: list[float] = (np.array(start.weights) @ start.inputs).tolist()
    bias = [z - product for z, product in zip(current.state.logits, products, strict=True)]
    change_layer("from_bench", lambda _: with_finite_bias(start, bias))
