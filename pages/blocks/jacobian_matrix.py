"""The Jacobian lesson's matrix: choosing an entry, the picture, and what the entries obey."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from core import softmax, softmax_jacobian
from pages.blocks import figures
from pages.blocks.controls import chosen, mirror
from pages.blocks.lesson import Picture
from pages.blocks.messages import clicked_mark
from pages.blocks.numerals import fixed_text, short_text
from pages.blocks.palette import Theme
from pages.blocks.session import visit
from pages.blocks.state import LabState
from pages.blocks.tables import Number
from pages.blocks.wording import Wording


def matrix_of(state: LabState) -> figures.Vector:
    """Return the Jacobian of softmax at the learner's logits, with T = 1, (n, n)."""
    # + 0.0: beside a probability of 0 an entry is -0, and a sign there means nothing.
    return np.asarray(softmax_jacobian(softmax(state.logits))) + 0.0


def choose_entry() -> tuple[int, int]:
    """Let the learner choose row i and column j; return them, from 0."""
    words, state = visit().words, visit().state
    entry = visit().choices.entry_within(state.classes)
    names = words.class_names(state.names)
    with st.container(horizontal=True):
        for axis, at in zip(("i", "j"), entry, strict=True):
            mirror(f"entry_{axis}", at, names)
            st.selectbox(
                words(f"jacobian.matrix.{axis}"),
                range(state.classes),
                key=f"entry_{axis}",
                format_func=lambda k: f"{k + 1} · {names[k]}",
                on_change=_take_entry,
            )
    return entry


def _take_entry() -> None:
    classes = range(visit().state.classes)
    row, column = chosen("entry_i", classes), chosen("entry_j", classes)
    if row is not None and column is not None:
        _take(row, column)


def take_clicked() -> None:
    """Choose the entry whose cell was clicked in the picture."""
    classes = visit().state.classes
    entry = clicked_mark("matrix-picture", classes, classes)
    if entry is not None:
        _take(*entry)


def _take(row: int, column: int) -> None:
    visit().choose("entry", lambda choices: replace(choices, entry=(row, column)))


def matrix_picture(
    matrix: figures.Vector, entry: tuple[int, int], words: Wording, theme: Theme
) -> Picture:
    """Draw the matrix, with its numbers and the sums of rows and columns as a table."""
    i, j = entry
    classes = len(matrix)
    letters = [figures.indexed("z", k) for k in range(classes)]
    rows: list[list[str | Number]] = [
        [figures.indexed("a", k), *(_cell(value) for value in row), _sum(row)]
        for k, row in enumerate(matrix)
    ]
    columns = [_sum(matrix[:, k]) for k in range(classes)]
    value = {"i": i + 1, "j": j + 1, "value": fixed_text(matrix[entry])}
    return Picture(
        figures.jacobian(matrix, entry, words, theme),
        words("jacobian.matrix.alt", classes=classes, **value),
        ["", *letters, words("jacobian.matrix.sum")],
        [*rows, [words("jacobian.matrix.sum"), *columns, ""]],
    )


def passage(matrix: figures.Vector, entry: tuple[int, int]) -> str:
    """Name what is to be said of an entry: its case, or that it is 0 and why."""
    if matrix[entry] == 0:
        return "zero"
    return "same" if entry[0] == entry[1] else "different"


def laws(matrix: figures.Vector, entry: tuple[int, int], words: Wording) -> str:
    """Check the three laws at the learner's numbers, as a list: symmetry, sums, null vector."""
    i, j = entry
    row = " + ".join(fixed_text(x) if x >= 0 else f"({fixed_text(x)})" for x in matrix[i])
    largest = float(np.max(np.abs(matrix @ np.ones(len(matrix)))))
    told = [
        words(
            "jacobian.laws.symmetric",
            i=i + 1,
            j=j + 1,
            one=fixed_text(matrix[i, j]),
            other=fixed_text(matrix[j, i]),
        ),
        words("jacobian.laws.row", i=i + 1, row=row, sum=short_text(float(matrix[i].sum()))),
        words("jacobian.laws.null", largest=short_text(largest)),
    ]
    return "\n".join(f"- {line}" for line in told)


def _cell(value: float) -> Number:
    return Number("jacobian", float(value), fixed_text(value))


def _sum(values: figures.Vector) -> Number:
    total = float(values.sum())
    return Number("sum", total, short_text(total))
