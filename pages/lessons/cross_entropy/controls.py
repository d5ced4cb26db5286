"""The widgets that several screens of the cross-entropy lesson use: P and Q, and their edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from pages.bench.side import learners_bench
from pages.visit.samples import Samples, swapped, with_distribution
from pages.visit.session import visit
from pages.widgets.vector_field import vector_field
from pages.writing.numerals import parse_numbers


def pair_fields() -> None:
    """Edit P and Q of the pair as text, or exchange them."""
    words = visit().words
    for side in ("p", "q"):
        distribution_field(0, side, words(f"cross_entropy.pair.{side}"))
    st.button(
        words("cross_entropy.pair.swap"),
        icon=":material/swap_horiz:",
        on_click=change_pair,
        args=(swapped,),
    )


def distribution_field(sample: int, side: str, label: str) -> None:
    """Edit the `p` or `q` of one sample as text."""
    name = f"{side}{sample}"

    def take(text: str) -> None:
        current = visit()
        before = len(current.choices.samples[0].p)
        change_samples(
            name, lambda s: with_distribution(s, sample, side, parse_numbers(text, "pair"))
        )
        current.note_resized(name, before, len(current.choices.samples[0].p))

    vector_field(name, label, lambda: getattr(visit().choices.samples[sample], side), take)


def change_samples(name: str, change: Callable[[Samples], Samples]) -> None:
    """Change the batch; a refusal is said beside the field of that name."""
    visit().choose(name, lambda c: replace(c, samples=change(c.samples)))


def change_pair(change: Callable[[Samples], Samples]) -> None:
    """Change P and Q in one."""
    current = visit()
    # What was refused of P or Q alone is no longer in question.
    for name in ("p0", "q0"):
        current.refused.pop(name, None)
    change_samples("pair", change)


def pair_or_bench() -> None:
    """Show P and Q at the side of the screens about them, and the logits beside the derivations."""
    screen = visit().choices.place.screen
    if screen in ("", "both_ways", "zero", "batch"):
        pair_fields()
    else:
        learners_bench(target=True)
