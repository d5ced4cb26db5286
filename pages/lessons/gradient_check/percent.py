"""The right gradient, made wrong by some percent: how small an error the checker finds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from pages.lessons.gradient_check.controls import change_check
from pages.lessons.gradient_check.finding import Finding, find
from pages.lessons.gradient_check.wrong_gradients import case_of
from pages.visit.choices import Choices
from pages.visit.difference_check import PRECISIONS, DifferenceCheck, with_percent
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.widgets.vector_field import number_field
from pages.writing.numerals import short_text, step_text
from pages.writing.wording import Wording

GUESSED_PERCENT = 1.0


def show() -> None:
    """Let the learner choose how wrong a gradient is, and show the verdict in each precision."""
    words = visit().words
    lesson.section("gradient_check", "percent", _PREDICTION)
    _percent_field()
    verdicts = percent_table(visit().state, visit().choices.check, words)
    if verdicts is None:
        lesson.remark(words("gradient_check.slips.infinite"))
    else:
        table(*verdicts)
    lesson.prose("gradient_check", "percent_seen")


def who_finds_it(state: LabState, choices: Choices) -> str:
    """Say in which precisions the checker finds the error of the question."""
    choice = replace(choices.check, percent=GUESSED_PERCENT)
    double, single = (_is_found(state, choice, dtype) for dtype in PRECISIONS)
    return "neither" if not double else "both" if single else "double"


def _is_found(state: LabState, choice: DifferenceCheck, dtype: str) -> bool:
    check = _find_scaled(state, choice, dtype).check
    return check is not None and not check.passed


_PREDICTION = Prediction(
    "gradient_check.percent",
    ("both", "double", "neither"),
    right=who_finds_it,
    move=lambda: change_check("percent", lambda check: with_percent(check, GUESSED_PERCENT)),
)


def _percent_field() -> None:
    """Choose by how many percent the right gradient is made wrong."""
    number_field(
        "percent",
        visit().words("gradient_check.choose_percent"),
        lambda: visit().choices.check.percent,
        lambda percent: change_check("percent", lambda check: with_percent(check, percent)),
    )


def _find_scaled(state: LabState, choice: DifferenceCheck, dtype: str) -> Finding:
    """Check the right gradient, made wrong by the chosen percentage, in a precision."""
    case = case_of(state, dtype)
    wrong = (case.right.astype(np.float64) * (1 + choice.percent / 100)).astype(dtype)
    return find(case, "logits", wrong, choice.method)


def percent_table(state: LabState, choice: DifferenceCheck, words: Wording) -> Table | None:
    """Lay out what the checker says of a gradient slightly wrong; None: the loss is infinite."""
    rows: list[list[str | Number]] = []
    for dtype in PRECISIONS:
        check = _find_scaled(state, choice, dtype).check
        if check is None:
            return None
        largest = float(np.abs([check.analytic, check.numeric]).max())
        allowed = check.tolerance / largest if largest else math.inf
        rows.append(
            [
                dtype,
                Number("reported", check.max_relative_error, error_text(check.max_relative_error)),
                Number("allowed", allowed, error_text(allowed)),
                words(f"gradient_check.percent.{check.verdict}"),
            ]
        )
    columns = ("precision", "reported", "allowed", "verdict")
    head = [words(f"gradient_check.percent.{name}") for name in columns]
    return Table(words("gradient_check.percent.table"), head, rows)


def error_text(share: float) -> str:
    """Write a relative error as a percentage: 0.05%, 1.2·10⁻⁸%."""
    if not math.isfinite(share):
        return short_text(share)
    percent = 100 * share
    return (short_text(percent) if percent == 0 or percent >= 1e-3 else step_text(percent)) + "%"
