"""The derivation of the Jacobian with its witnesses, and the case that one entry falls under."""

from __future__ import annotations

from contextlib import suppress

from core import softmax, softmax_jacobian
from derivations import case_that_holds
from pages.derivation.lesson_derivation import LessonDerivation, NoNumbersError, by_rows, example
from pages.derivation.lines import FAMILY, aligned, coloured_line, formulas, numbers_rows
from pages.visit.choices import Choices
from pages.visit.state import LabState
from pages.writing.palette import Theme

SOFTMAX_JACOBIAN = LessonDerivation(
    "softmax_jacobian",
    core=lambda x, _: softmax_jacobian(softmax(x["z"])),
    other=lambda x, _: by_rows(softmax, x["z"]),
)
DERIVED = (SOFTMAX_JACOBIAN,)


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
        rows += [rf"&\approx {row}" for row in numbers]
    return aligned(rows)
