"""The screen of one pair P, Q: what each class costs, and all together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import streamlit as st

from pages.lessons.cross_entropy import numbers
from pages.lessons.cross_entropy.controls import change_pair, change_samples
from pages.lessons.cross_entropy.surprise_figure import surprise_figure
from pages.visit.samples import Sample, Samples, with_pair, with_q_share
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.figure import Vector, indexed
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

PAIRS: Mapping[str, Sample] = {
    "equal": Sample((0.5, 0.3, 0.2), (0.5, 0.3, 0.2)),
    "right": Sample((1.0, 0.0, 0.0), (0.96, 0.03, 0.01)),
    "wrong": Sample((1.0, 0.0, 0.0), (0.01, 0.03, 0.96)),
    "missed": Sample((0.5, 0.3, 0.2), (0.6, 0.4, 0.0)),
    "one_hot": Sample((0.0, 1.0, 0.0), (0.2, 0.3, 0.5)),
    "soft": Sample((0.9, 0.05, 0.05), (0.7, 0.2, 0.1)),
    "mirrored": Sample((0.8, 0.2), (0.2, 0.8)),
}
# With spaces that do not break: a heading stays on one line on a phone, too.
PAID, LEAST, EXTRA = "−P\u00a0ln\u00a0Q", "−P\u00a0ln\u00a0P", "P\u00a0ln(P/Q)"


def show() -> None:
    """Let the learner choose an example or pull Q, and lay out what it costs."""
    words, pair = visit().words, visit().choices.samples[0]
    lesson.section("cross_entropy", "pair")
    _example_field()
    _q_sliders()
    table(*pair_table(pair, words))
    lesson.picture("cross_entropy", "pair", pair_picture(pair, words, theme()))
    lesson.remark(words("cross_entropy.pair.result", **_sums(pair)))
    lesson.prose("cross_entropy", "pair_seen")


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


def _q_sliders() -> None:
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


def _take_share(index: int) -> None:
    share = st.session_state[f"q_share_{index}"]
    change_samples("q0", lambda s: with_q_share(s, index, share))


def pair_table(pair: Sample, words: Wording) -> Table:
    """Lay out what each class adds, with the sums in nats and in bits below."""
    t = numbers.terms(pair)
    columns: dict[str, Sequence[float] | Vector] = {
        "target": pair.p,
        "probability": pair.q,
        "surprise": t.surprise,
        "loss": t.paid,
        "entropy": t.least,
        "kl": t.extra,
    }
    rows: list[list[str | Number]] = [
        [name, *(fixed_cell(quantity, v[i], i) for quantity, v in columns.items())]
        for i, name in enumerate(words.class_names([""] * len(pair.p)))
    ]
    whole = {
        "loss": numbers.cross_entropy(pair),
        "entropy": numbers.least_cross_entropy(pair),
        "kl": numbers.divergence(pair),
    }
    nats = [fixed_cell(quantity, value) for quantity, value in whole.items()]
    bits = [fixed_cell(f"{q}_in_bits", value / math.log(2)) for q, value in whole.items()]
    rows.append([words("cross_entropy.pair.nats"), "", "", "", *nats])
    rows.append([words("cross_entropy.pair.bits"), "", "", "", *bits])
    head = [words("lesson.class"), "P", "Q", "−ln\u00a0Q", PAID, LEAST, EXTRA]
    return Table(words("cross_entropy.pair.table"), head, rows)


def pair_picture(pair: Sample, words: Wording, theme: Theme) -> Picture:
    """Draw what each class costs, and all together."""
    t = numbers.terms(pair)
    names = [*words.class_names([""] * len(pair.p)), words("cross_entropy.pair.sum")]
    paid = np.append(t.paid, numbers.cross_entropy(pair))
    least = np.append(t.least, numbers.least_cross_entropy(pair))
    extra = np.append(t.extra, numbers.divergence(pair))
    rows: list[list[str | Number]] = [
        [name, fixed_cell("entropy", h), fixed_cell("kl", d), fixed_cell("loss", c)]
        for name, h, d, c in zip(names, least, extra, paid, strict=True)
    ]
    return Picture(
        surprise_figure(names, least, paid, words, theme),
        words("cross_entropy.pair.alt", **_sums(pair)),
        [words("lesson.class"), LEAST, EXTRA, PAID],
        rows,
    )


def _sums(pair: Sample) -> dict[str, str]:
    """Write H(P, Q), H(P) and KL(P || Q) for a sentence."""
    return {
        "paid": fixed_text(numbers.cross_entropy(pair)),
        "least": fixed_text(numbers.least_cross_entropy(pair)),
        "extra": fixed_text(numbers.divergence(pair)),
    }
