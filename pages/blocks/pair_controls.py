"""The widgets of the cross-entropy lesson: P and Q, typed or pulled, and the batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.blocks.controls import chosen, mirror
from pages.blocks.figures import indexed
from pages.blocks.numerals import parse_numbers
from pages.blocks.pairs import PAIRS, most_needed, pair_of
from pages.blocks.samples import (
    FEWEST_SAMPLES,
    MOST_SAMPLES,
    Samples,
    swapped,
    with_distribution,
    with_pair,
    with_q_share,
    with_sample_count,
)
from pages.blocks.session import visit
from pages.blocks.vector_field import vector_field


def distribution_field(sample: int, side: str, label: str) -> None:
    """Edit the `p` or `q` of one sample as text."""
    name = f"{side}{sample}"

    def take(text: str) -> None:
        current = visit()
        before = len(current.choices.samples[0].p)
        _change(name, lambda s: with_distribution(s, sample, side, parse_numbers(text, "pair")))
        current.note_resized(name, before, len(current.choices.samples[0].p))

    vector_field(name, label, lambda: getattr(visit().choices.samples[sample], side), take)


def pair_fields() -> None:
    """Edit P and Q of the pair as text, or exchange them."""
    words = visit().words
    for side in ("p", "q"):
        distribution_field(0, side, words(f"cross_entropy.pair.{side}"))
    st.button(
        words("cross_entropy.pair.swap"),
        icon=":material/swap_horiz:",
        on_click=_change_both,
        args=(swapped,),
    )


def example_field() -> None:
    """Load a worked example; the field shows one only while the pair is that example."""
    current = visit()
    words = current.words
    mirror("pair_example", pair_of(current.choices.samples))
    st.selectbox(
        words("controls.preset"),
        list(PAIRS.keys()),
        index=None,
        key="pair_example",
        placeholder=words("controls.preset_placeholder"),
        format_func=lambda name: words(f"cross_entropy.example.{name}"),
        on_change=_take_example,
    )


def q_sliders() -> None:
    """Pull one share of Q; the others keep their proportions."""
    current = visit()
    st.markdown(current.words("cross_entropy.pair.sliders"))
    with st.container(horizontal=True, key="shares"):
        for index, share in enumerate(current.choices.samples[0].q):
            key = f"q_share_{index}"
            mirror(key, share)
            st.slider(
                indexed("Q", index),
                min_value=0.0,
                max_value=1.0,
                step=0.01,
                key=key,
                on_change=_take_share,
                args=(index,),
            )


def rule_out_button() -> None:
    """Offer a Q that gives nothing to the class that P has most of."""
    index = most_needed(visit().choices.samples[0])
    st.button(
        visit().words("cross_entropy.zero.rule_out", number=index + 1),
        on_click=_change_both,
        args=(partial(with_q_share, index=index, share=0.0),),
    )


def batch_fields() -> None:
    """Choose the number of samples, and edit all but the first."""
    current = visit()
    words = current.words
    mirror("samples", len(current.choices.samples))
    st.radio(
        words("cross_entropy.batch.count"),
        range(FEWEST_SAMPLES, MOST_SAMPLES + 1),
        key="samples",
        horizontal=True,
        on_change=_take_count,
    )
    for sample in range(1, len(current.choices.samples)):
        with st.container(horizontal=True):
            for side in ("p", "q"):
                label = words(f"cross_entropy.batch.{side}", number=sample + 1)
                distribution_field(sample, side, label)


def _change(name: str, change: Callable[[Samples], Samples]) -> None:
    visit().choose(name, lambda c: replace(c, samples=change(c.samples)))


def _change_both(change: Callable[[Samples], Samples]) -> None:
    current = visit()
    # What was refused of P or Q alone is no longer in question.
    for name in ("p0", "q0"):
        current.refused.pop(name, None)
    _change("pair", change)


def _take_example() -> None:
    name = st.session_state.pair_example
    if name in PAIRS:
        _change_both(partial(with_pair, pair=PAIRS[name]))


def _take_share(index: int) -> None:
    share = st.session_state[f"q_share_{index}"]
    _change("q0", lambda s: with_q_share(s, index, share))


def _take_count() -> None:
    count = chosen("samples", range(FEWEST_SAMPLES, MOST_SAMPLES + 1))
    if count is not None:
        _change("samples", lambda s: with_sample_count(s, count))
