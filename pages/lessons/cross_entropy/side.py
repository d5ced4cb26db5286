"""What stands at the side: P and Q of the screens about them, or the logits that give a Q."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from pages.bench.side import learners_bench
from pages.lessons.cross_entropy.controls import change_pair, distribution_field
from pages.lessons.cross_entropy.share_bars import share_bars
from pages.visit.samples import Sample, Samples, swapped, with_pair
from pages.visit.session import visit
from pages.widgets.controls import mirror

PAIRS: Mapping[str, Sample] = {
    "equal": Sample((0.5, 0.3, 0.2), (0.5, 0.3, 0.2)),
    "right": Sample((1.0, 0.0, 0.0), (0.96, 0.03, 0.01)),
    "wrong": Sample((1.0, 0.0, 0.0), (0.01, 0.03, 0.96)),
    "missed": Sample((0.5, 0.3, 0.2), (0.6, 0.4, 0.0)),
    "one_hot": Sample((0.0, 1.0, 0.0), (0.2, 0.3, 0.5)),
    "soft": Sample((0.9, 0.05, 0.05), (0.7, 0.2, 0.1)),
    "mirrored": Sample((0.8, 0.2), (0.2, 0.8)),
}
_ABOUT_PAIRS = ("", "likelihood", "both_ways", "zero", "batch")


def pair_or_bench() -> None:
    """Show P and Q where the screen is about them, and the logits beside the derivations."""
    if visit().choices.place.screen in _ABOUT_PAIRS:
        with st.container(key="strip"):
            share_bars()
        with st.container(key="fields"):
            _pair_fields()
    else:
        learners_bench(target=True)


def _pair_fields() -> None:
    """Edit P and Q as text, load an example, or exchange the two."""
    words = visit().words
    for side in ("p", "q"):
        distribution_field(0, side, words(f"cross_entropy.pair.{side}"))
    _example_field()
    st.button(
        words("cross_entropy.pair.swap"),
        icon=":material/swap_horiz:",
        on_click=change_pair,
        args=(swapped,),
    )


def _example_field() -> None:
    """Load a worked example; the field shows one only while the pair is that example."""
    current = visit()
    words = current.words
    mirror("pair_example", _example_of(current.choices.samples))
    st.selectbox(
        words("controls.preset"),
        list(PAIRS.keys()),
        index=None,
        key="pair_example",
        placeholder=words("controls.preset_placeholder"),
        format_func=lambda name: words(f"cross_entropy.example.{name}"),
        on_change=_take_example,
    )


def _example_of(samples: Samples) -> str | None:
    """Return the name of the example that the pair is, or None."""
    return next((name for name, pair in PAIRS.items() if pair == samples[0]), None)


def _take_example() -> None:
    name = st.session_state.pair_example
    if name in PAIRS:
        change_pair(partial(with_pair, pair=PAIRS[name]))
