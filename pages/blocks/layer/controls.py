"""The widgets of the network lesson: the layer's numbers, the chosen weight, the steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.blocks.assets import loader
from pages.blocks.controls import chosen, mirror
from pages.blocks.layer.descent import descent
from pages.blocks.layer.graph import symbol, weight_symbol
from pages.blocks.layer.tables import bias_for, scores_of
from pages.blocks.layer.value import (
    BIAS,
    FIRST_NODE,
    INPUTS,
    MOST_STEPS,
    Layer,
    Row,
    with_bias,
    with_finite_bias,
    with_inputs,
    with_l2,
    with_step_size,
    with_steps,
    with_weights,
)
from pages.blocks.messages import clicked_edge
from pages.blocks.notices import field_notice
from pages.blocks.numerals import parse_numbers
from pages.blocks.session import visit
from pages.blocks.state import with_logits
from pages.blocks.vector_field import number_field, vector_field

_GRAPH = "layer-graph"
_graph = st.components.v2.component("softmax_layer", js=loader("layer.js"), isolate_styles=False)


def layer() -> Layer:
    """Return the learner's layer, with one row a class."""
    current = visit()
    return current.choices.layer.for_classes(current.state.classes)


def number_fields() -> None:
    """Edit inputs, biases and each class's weights as text."""
    words, classes = visit().words, visit().state.classes
    _field(
        "layer_inputs",
        words("network.field.inputs", symbols=_symbols("o", range(1, INPUTS + 1))),
        lambda: layer().inputs,
        lambda x, text: with_inputs(x, parse_numbers(text, "inputs")),
    )
    nodes = range(FIRST_NODE, FIRST_NODE + classes)
    _field(
        "layer_bias",
        words("network.field.bias", symbols=_symbols("b", nodes)),
        lambda: layer().bias,
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
        lambda: layer().weights[k],
        lambda x, text: with_weights(x, k, parse_numbers(text, "weights")),
    )


def _symbols(letter: str, nodes: range) -> str:
    return ", ".join(symbol(letter, node) for node in nodes)


def _field(
    name: str, label: str, read: Callable[[], Row], change: Callable[[Layer, str], Layer]
) -> None:
    with st.container():  # field and message together
        vector_field(name, label, read, lambda text: _change(name, lambda x: change(x, text)))


def graph(svg: str) -> None:
    """Show the drawn layer; an edge that is clicked becomes the chosen weight."""
    show_graph(svg, _GRAPH, _take_edge)


def show_graph(svg: str, key: str, on_edge: Callable[[], None]) -> None:
    """Show a drawn layer; of an edge that is clicked the ends are found under the key."""
    # Streamlit takes an SVG out of what `st.html` is given.
    _graph(key=key, data={"svg": svg}, on_edge_change=on_edge)


def choose_weight() -> tuple[int, int]:
    """Let the learner choose an edge by its two ends; return class and input, from 0."""
    words, own = visit().words, layer()
    k, d = own.chosen
    with st.container(horizontal=True):
        mirror("chain_to", k)
        st.segmented_control(
            words("network.chain.to"),
            range(len(own.bias)),
            key="chain_to",
            required=True,
            format_func=lambda k: symbol("z", FIRST_NODE + k),
            on_change=_take_chosen,
        )
        mirror("chain_from", d)
        st.segmented_control(
            words("network.chain.from"),
            range(BIAS + 1),
            key="chain_from",
            required=True,
            format_func=lambda d: words("network.chain.bias") if d == BIAS else symbol("o", d + 1),
            on_change=_take_chosen,
        )
    return own.chosen


def step_fields() -> None:
    """Edit the step size and the strength of the L2 term."""
    words = visit().words
    with st.container(horizontal=True):
        number_field(
            "step_size",
            words("network.steps.size"),
            lambda: layer().step_size,
            lambda size: _change("step_size", lambda x: with_step_size(x, size)),
        )
        number_field(
            "l2",
            words("network.steps.l2"),
            lambda: layer().l2,
            lambda strength: _change("l2", lambda x: with_l2(x, strength)),
        )


def step_buttons(taken: int, *, overflow: bool) -> None:
    """Take a gradient step, or ten, or go back to the start."""
    words = visit().words
    ended = overflow or taken >= MOST_STEPS
    with st.container(horizontal=True):
        for count in (1, 10):
            st.button(
                words(f"network.steps.take_{count}"),
                key=f"take_{count}",
                type="primary" if count == 1 else "secondary",
                disabled=ended,
                on_click=_go_to,
                args=(min(taken + count, MOST_STEPS),),
            )
        st.button(
            words("network.steps.back"),
            key="back_to_start",
            icon=":material/first_page:",
            disabled=layer().steps == 0,
            on_click=_go_to,
            args=(0,),
        )


def bench_buttons() -> None:
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


def _change(name: str, change: Callable[[Layer], Layer]) -> None:
    own = layer()
    visit().choose(name, lambda choices: replace(choices, layer=change(own)))


def _take_chosen() -> None:
    to, source = chosen("chain_to", range(len(layer().bias))), chosen("chain_from", range(BIAS + 1))
    if to is not None and source is not None:
        _change("chosen", lambda x: replace(x, chosen=(to, source)))


def _take_edge() -> None:
    edge = clicked_edge(_GRAPH, len(layer().bias), INPUTS)
    if edge is not None:
        _change("chosen", lambda x: replace(x, chosen=edge))


def _go_to(steps: int) -> None:
    _change("steps", lambda x: with_steps(x, steps))


def _give_scores() -> None:
    current = visit()
    scores = scores_of(descent(current.state, layer()))
    current.edit("to_bench", lambda state: with_logits(state, scores))


def _take_logits() -> None:
    current = visit()
    start = replace(layer(), steps=0)
    bias = bias_for(current.state, descent(current.state, start))
    _change("from_bench", lambda _: with_finite_bias(start, bias))
