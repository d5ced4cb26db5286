"""The screen of the three laws that every entry obeys."""

from __future__ import annotations

import numpy as np

from pages.lessons.jacobian.matrix import entries_table, sums_table
from pages.lessons.jacobian.numbers import learners_entry, matrix_of
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction
from pages.widgets.tables import table
from pages.writing.numerals import fixed_text, short_text
from pages.writing.wording import Wording


def show() -> None:
    """Check the laws at the learner's own matrix."""
    words, matrix = visit().words, matrix_of(visit().state)
    lesson.section("jacobian", "laws", _PREDICTION)
    lesson.at_temperature_one()
    if visit().veiled:  # the sums would answer the question
        table(*entries_table(matrix, words))
    else:
        table(*sums_table(matrix, words))
        lesson.remark(laws(matrix, learners_entry(), words))
    lesson.prose("jacobian", "laws_seen")


_PREDICTION = Prediction(
    "jacobian.laws",
    ("one", "zero", "depends"),
    right=lambda _state, _choices: "zero",  # raising all logits together changes nothing
    # No move: the sums come with the answer
)


def laws(matrix: Vector, entry: tuple[int, int], words: Wording) -> str:
    """Check the three laws at the learner's numbers, as a list: symmetry, sums, null vector."""
    i, j = entry
    row = " + ".join(fixed_text(x) if x >= 0 else f"({fixed_text(x)})" for x in matrix[i])
    largest = float(np.max(np.abs(matrix @ np.ones(len(matrix)))))
    lines = [
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
    return "\n".join(f"- {line}" for line in lines)
