"""Which sample is followed, and which of its weights; and its way to the bench."""

from __future__ import annotations

import streamlit as st

from pages.blocks.controls import chosen, mirror
from pages.blocks.layer.controls import show_graph
from pages.blocks.layer.one_sample import OneSample
from pages.blocks.messages import clicked_edge, clicked_mark
from pages.blocks.notices import field_notice
from pages.blocks.session import visit
from pages.blocks.state import MAX_CLASSES, with_label, with_logits
from pages.blocks.training.controls import number, plan, set_number
from pages.blocks.training.learnt import feature_names
from pages.blocks.training.plan import LIMITS
from pages.blocks.training.run import Model
from pages.blocks.training.sample import MOST_CLASSES, MOST_INPUTS, largest_loss

_GRAPH = "sample-graph"


def choose_sample(model: Model) -> None:
    """Choose a training sample by its number, the next one, or the one with the largest loss."""
    words, most = visit().words, len(model.data.train)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        number("sample", most=most)
        st.button(
            words("training.button.next"),
            key="sample_next",
            on_click=lambda: set_number("sample", min(plan().sample, most) % most + 1),
        )
        st.button(
            words("training.button.worst"),
            key="sample_worst",
            on_click=lambda: set_number("sample", largest_loss(model)),
        )


def graph(svg: str) -> None:
    """Show the drawn layer; an edge that is clicked becomes the chosen weight."""
    show_graph(svg, _GRAPH, _take_edge)


def choose_weight(seen: OneSample, model: Model, chosen: tuple[int, int]) -> None:
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
        for (name, label, options), place in zip(ends, chosen, strict=True):
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


def to_bench_button(seen: OneSample) -> None:
    """Take the scores over to the bench, with the sample's class as the label."""
    current, classes = visit(), len(seen.bias)
    if classes > MAX_CLASSES:
        st.caption(current.words("training.sample.too_many", classes=classes))
        return
    st.button(
        current.words("training.sample.to_bench"),
        key="sample_to_bench",
        icon=":material/tune:",
        on_click=_give_scores,
        args=(seen,),
    )
    field_notice(current, "sample_to_bench")


def _give_scores(seen: OneSample) -> None:
    scores, label = seen.scores.tolist(), int(seen.targets[0].argmax())
    visit().edit("sample_to_bench", lambda state: with_label(with_logits(state, scores), label))


def _take_end(name: str, options: int) -> None:
    place = chosen(f"sample_{name}", range(options))
    if place is not None:
        set_number(name, place + 1)


def _take_edge() -> None:
    edge = clicked_edge(_GRAPH, MOST_CLASSES, MOST_INPUTS)
    if edge is not None:
        for name, place in zip(("to", "source"), edge, strict=True):
            set_number(name, place + 1)


def take_point() -> None:
    """Follow the point that was clicked in the picture of the regions."""
    place = clicked_mark("regions-picture", int(LIMITS["sample"].most))
    if place is not None:
        set_number("sample", place[0] + 1)
