"""The screen of the matrix: every entry, and the case of the one that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
import streamlit as st

from core import softmax
from derivations import case_that_holds
from pages.derivation.lesson_derivation import NoNumbersError, example
from pages.derivation.lines import FAMILY, aligned, coloured_line, formulas, numbers_rows
from pages.lessons.jacobian.cells import chosen_entry, matrix_cells
from pages.lessons.jacobian.derived import SOFTMAX_JACOBIAN
from pages.lessons.jacobian.numbers import learners_entry, matrix_of
from pages.visit.choices import Choices
from pages.visit.matrix_entry import MatrixEntry
from pages.visit.session import visit
from pages.visit.state import LabState, unmasked_pair, with_probability
from pages.widgets import lesson
from pages.widgets.figure import Vector, indexed
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, fixed_cell, operand
from pages.writing.math_colours import coloured
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

_ALMOST_ALL = 0.99


def show() -> None:
    """Let the learner choose an entry in the table, and say its case."""
    words, state = visit().words, visit().state
    lesson.section("jacobian", "matrix", _PREDICTION)
    lesson.at_temperature_one()
    matrix, (i, j) = matrix_of(state), learners_entry()
    matrix_cells(entries_table(matrix, words), matrix, (i, j), theme(), _take_chosen)
    said = coloured(words.prose("jacobian", passage(matrix, (i, j))), theme(), "jacobian")
    st.markdown(f"{said}\n\n{case_formula(state, i + 1, j + 1, theme())}")
    lesson.prose("jacobian", "matrix_seen")


def _take_chosen() -> None:
    place = chosen_entry(visit().state.classes)
    if place is not None:
        _take(*place)


def _take(row: int, column: int) -> None:
    place = MatrixEntry(row, column)
    visit().choose("entry", lambda choices: replace(choices, entry=place))


def _asked(state: LabState, choices: Choices) -> int:
    """Return the class that the question is about: the learner's row, if it is not masked."""
    row = choices.entry.for_classes(state.classes).row
    return row if np.isfinite(state.logits[row]) else unmasked_pair(state.logits)[0]


def _give_almost_all() -> None:
    """Give the class of the question almost everything, and look at its entry on the diagonal."""
    k = _asked(visit().state, visit().choices)
    visit().edit("logits", lambda state: with_probability(state, k, _ALMOST_ALL))
    _take(k, k)


def _number(state: LabState, choices: Choices) -> dict[str, str]:
    return {"number": str(_asked(state, choices) + 1)}


_PREDICTION = Prediction(
    "jacobian.matrix",
    ("faster", "same", "slowly"),
    right=lambda _state, _choices: "slowly",  # a(1 - a) goes to 0 with 1 - a
    move=_give_almost_all,
    numbers=_number,
)


def entries_table(matrix: Vector, words: Wording) -> Table:
    """Lay the matrix out: outputs down, logits across."""
    classes = range(len(matrix))
    rows: list[list[str | Number]] = [
        [indexed("a", k), *row] for k, row in enumerate(_entries(matrix))
    ]
    head = ["∂a/∂z", *(indexed("z", k) for k in classes)]
    return Table(words("jacobian.matrix.picture"), head, rows)


def sums_table(matrix: Vector, words: Wording) -> Table:
    """Lay the matrix out with the sums of its rows and columns."""
    caption, head, rows = entries_table(matrix, words)
    entries, total = _entries(matrix), words("jacobian.matrix.sum")
    with_sums = [[*row, _sum(each)] for row, each in zip(rows, entries, strict=True)]
    sums = [_sum(column) for column in zip(*entries, strict=True)]
    return Table(caption, [*head, total], [*with_sums, [total, *sums, ""]])


def passage(matrix: Vector, entry: tuple[int, int]) -> str:
    """Name what is to be said of an entry: its case, or that it is 0 and why."""
    if matrix[entry] == 0:
        return "zero"
    return "same" if entry[0] == entry[1] else "different"


def _entries(matrix: Vector) -> list[list[Number]]:
    a, classes = softmax(visit().state.logits), range(len(matrix))
    return [[_entry(matrix, a, i, j) for j in classes] for i in classes]


def _entry(matrix: Vector, a: Vector, i: int, j: int) -> Number:
    """Return the cell of an entry; entries are numbered row by row."""
    first, second = (operand(a[k], fixed_text(a[k])) for k in (i, j))
    cell = fixed_cell("jacobian", matrix[i, j], i * len(a) + j)
    one, other = indexed("a", i), indexed("a", j)
    if i == j:
        return cell.computed(f"{one}(1 − {one})", f"{first} · (1 − {first})")
    return cell.computed(f"−{one} {other}", f"−{first} · {second}")


def _sum(terms: Sequence[Number]) -> Number:
    total = float(np.sum([term.value for term in terms]))
    return Number("sum", total, short_text(total)).total_of(terms)


def case_formula(state: LabState, i: int, j: int, theme: Theme) -> str:
    """Write the entry i, j (from 1) of the Jacobian: the case it falls under, and its numbers."""
    one = FAMILY["softmax_jacobian"]
    line = 1 + [step.rule for step in one.steps].index("two_cases")
    entry = {"i": i, "j": j}
    which = f"i = j = {i}" if i == j else rf"i = {i}, \; j = {j}"
    case = coloured_line(case_that_holds(one.lines[line], entry), theme)
    rows = [rf"{formulas(one.id, theme)[0]} &= {case} \qquad ({which})"]
    with suppress(NoNumbersError):  # the case holds all the same
        numbers = numbers_rows(one.id, line, example(SOFTMAX_JACOBIAN, state, Choices()), entry)
        rows += [f"& {row}" for row in numbers]
    return aligned(rows)
