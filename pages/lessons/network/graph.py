"""Screen "graph": the numbers of the layer, which way they run, and the way to the bench."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from pages.lessons.network.controls import change_layer, learners_descent, learners_layer
from pages.lessons.network.descent import Descent
from pages.lessons.network.edits import set_input
from pages.lessons.network.fields import layer_fields
from pages.lessons.network.graph_figure import symbol
from pages.visit.layer import INPUTS, with_finite_bias
from pages.visit.session import visit
from pages.visit.state import LabState, with_logits
from pages.widgets import lesson
from pages.widgets.controls import label_field
from pages.widgets.notices import field_notice
from pages.widgets.prediction import Prediction
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.writing.numerals import short_text
from pages.writing.wording import Wording


def show() -> None:
    """Let the learner change the layer that is drawn at the side."""
    words, descent = visit().words, learners_descent()
    lesson.section("network", "graph", _PREDICTION)
    label_field()
    with lesson.fold(words("network.graph.fields"), "layer-numbers") as is_open:
        if is_open:
            layer_fields()
    lesson.at_temperature_one()
    lesson.remark(words("network.graph.shown", steps=descent.steps))
    lesson.prose("network", "graph_seen")
    with lesson.fold(words("network.graph.as_table"), "layer-table") as is_open:
        if is_open:
            table(*layer_table(descent, visit().state, words))
    _bench_buttons()


_PREDICTION = Prediction(
    "network.graph",
    ("zero", "stay", "change"),
    right=lambda _state, _choices: "zero",
    move=lambda: set_input(INPUTS - 1, 0.0),
)


def layer_table(descent: Descent, state: LabState, words: Wording) -> Table:
    """Lay the picture out: one row an input, then for each class its weights and what follows."""
    result = descent.result
    symbols = [symbol("o", d + 1) for d in range(descent.width)]
    head = [words("lesson.class"), *symbols, "b", "z", "a", "y"]
    classes, width = range(len(descent.bias)), descent.width
    o = [_short_cell("input", v, d) for d, v in enumerate(descent.inputs[0])]
    # Weights are numbered class by class.
    weights = [
        [_short_cell("weight", w, k * width + d) for d, w in enumerate(descent.weights[k])]
        for k in classes
    ]
    a = [share_cell(result.probabilities[0, k], k, descent.scores) for k in classes]
    y = [_short_cell("target", descent.targets[0, k], k) for k in classes]
    dz = [
        fixed_cell("grad_score", result.grad_scores[0, k], k).computed(
            "a − y", "{} − {}", a[k], y[k]
        )
        for k in classes
    ]
    do = [
        _sum_of_products(
            fixed_cell("grad_input", v), [pair for k in classes for pair in (weights[k][d], dz[k])]
        )
        for d, v in enumerate(result.grad_inputs[0])
    ]
    blank = [""] * 4
    rows: list[list[str | Number]] = [
        [words("network.graph.inputs"), *o, *blank],
        ["∂L/∂o", *do, *blank],
    ]
    for k, name in enumerate(words.class_names(state.names)):
        bias = _short_cell("bias", descent.bias[k], k)
        products = [cell for pair in zip(weights[k], o, strict=True) for cell in pair]
        z = _sum_of_products(_short_cell("logit", descent.scores[k], k), products, bias)
        rows.append([f"{descent.node(k)} · {name}", *weights[k], bias, z, a[k], y[k]])
        rows.append(
            [
                f"∂L/∂ ({descent.node(k)})",
                *(
                    fixed_cell("grad_weight", dw, k).computed("∂L/∂z · o", "{} · {}", dz[k], o[d])
                    for d, dw in enumerate(result.grad_weights[k])
                ),
                fixed_cell("grad_bias", result.grad_bias[k], k).computed("∂L/∂z", "{}", dz[k]),
                dz[k],
                "",
                "",
            ]
        )
    return Table(words("network.graph.picture"), head, rows)


def _sum_of_products(total: Number, pairs: Sequence[Number], *rest: Number) -> Number:
    """Return the cell of a sum: first times second, third times fourth and so on, and the rest."""
    terms = ["{} · {}"] * (len(pairs) // 2) + ["{}"] * len(rest)
    return total.computed("", " + ".join(terms), *pairs, *rest)


def _short_cell(quantity: str, value: float, k: int) -> Number:
    return Number(quantity, float(value), short_text(float(value)), k + 1)


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
    scores = tuple(learners_descent().scores.tolist())
    current.edit("to_bench", lambda state: with_logits(state, scores))


def _take_logits() -> None:
    """Choose the biases at which the scores are the learner's logits; -inf for a masked class."""
    current = visit()
    start = replace(learners_layer(), steps=0)
    products: list[float] = (np.array(start.weights) @ start.inputs).tolist()
    bias = [z - product for z, product in zip(current.state.logits, products, strict=True)]
    change_layer("from_bench", lambda _: with_finite_bias(start, bias))
