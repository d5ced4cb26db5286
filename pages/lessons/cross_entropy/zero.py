"""The screen of a share of 0: what each kind of it does."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import streamlit as st

from pages.lessons.cross_entropy.controls import change_pair
from pages.lessons.cross_entropy.numbers import cross_entropy
from pages.lessons.cross_entropy.pair import PAID, SURPRISE, class_cells
from pages.visit.choices import Choices
from pages.visit.samples import Sample, with_pair_share
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.writing.numerals import short_text
from pages.writing.wording import Wording


def show() -> None:
    """Say what the zeros of the pair do, and offer one while none of them costs everything."""
    words, pair = visit().words, visit().choices.samples[0]
    lesson.section("cross_entropy", "zero", _PREDICTION)
    table(*zero_table(pair, words))
    for remark in zero_remarks(pair, words):
        lesson.remark(remark)
    if math.isfinite(cross_entropy(pair)):
        _rule_out_button(pair, words)
    lesson.prose("cross_entropy", "zero_seen")


def _rarest(pair: Sample) -> int:
    """Return the class that happens most rarely of those that happen at all, from 0."""
    return min(np.flatnonzero(pair.p).tolist(), key=lambda k: pair.p[k])


def _rule_out(index: int) -> None:
    """Let Q give nothing to a class."""
    change_pair(partial(with_pair_share, side="q", index=index, share=0.0))


def _numbers(_state: LabState, choices: Choices) -> dict[str, str]:
    pair = choices.samples[0]
    k = _rarest(pair)
    return {"number": str(k + 1), "share": short_text(pair.p[k])}


_PREDICTION = Prediction(
    "cross_entropy.zero",
    ("nothing", "little", "infinite"),
    right=lambda _state, _choices: "infinite",  # the class happens, and -ln 0 is infinite
    move=lambda: _rule_out(_rarest(visit().choices.samples[0])),
    numbers=_numbers,
)


def zero_table(pair: Sample, words: Wording) -> Table:
    """Lay out how much of a surprise each class is, and what is paid of it."""
    cells = [row[:4] for row in class_cells(pair)]
    names = words.class_names([""] * len(pair.p))
    rows: list[list[str | Number]] = [[name, *row] for name, row in zip(names, cells, strict=True)]
    total = fixed_cell("loss", cross_entropy(pair)).total_of([row[3] for row in cells])
    rows.append([words("cross_entropy.pair.sum"), "", "", "", total])
    head = [words("lesson.class"), "P", "Q", SURPRISE, PAID]
    return Table(words("cross_entropy.zero.table"), head, rows)


def zero_remarks(pair: Sample, words: Wording) -> list[str]:
    """Say what each kind of 0 in the pair does; of no 0, say where one would hurt."""
    p, q = np.array(pair.p), np.array(pair.q)
    kinds = {
        "infinite": (q == 0) & (p > 0),
        "neither": (q == 0) & (p == 0),
        "unneeded": (q > 0) & (p == 0),
    }
    remarks = [
        words(
            f"cross_entropy.zero.{kind}",
            classes=_numbered(where, words),
            share=short_text(q[where].sum()),
        )
        for kind, where in kinds.items()
        if where.any()
    ]
    return remarks or [words("cross_entropy.zero.none")]


def _numbered(where: Vector, words: Wording) -> str:
    return words.listed(str(index + 1) for index in np.flatnonzero(where))


def _rule_out_button(pair: Sample, words: Wording) -> None:
    """Offer a Q that gives nothing to the class that P has most of; of equals the first."""
    index = pair.p.index(max(pair.p))
    st.button(
        words("cross_entropy.zero.rule_out", number=index + 1),
        on_click=_rule_out,
        args=(index,),
    )
