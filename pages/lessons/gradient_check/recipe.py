"""How a gradient is checked, how the checker's answer is read, and what kinks do to it."""

from __future__ import annotations

import math

import numpy as np

from core import central_difference, check_gradient
from pages.lessons.gradient_check.finding import find
from pages.lessons.gradient_check.wrong_gradients import case_of
from pages.visit.choices import Choices
from pages.visit.presets import PRESETS
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import short_text, step_text
from pages.writing.wording import Wording

# Where differences go astray: the place x of max(x, 0), and the step; None: the method's own.
KINKS: tuple[tuple[float, float | None], ...] = ((1e-6, None), (1e-6, 1e-7), (0.0, None))
# CS231n's bands: the upper end of each.
BANDS = {"small": 1e-7, "smooth": 1e-4, "uneasy": 1e-2, "wrong": math.inf}


def show() -> None:
    """Show the bands of relative error, kinks, and the recipe."""
    words, state, method = visit().words, visit().state, visit().choices.check.method
    lesson.section("gradient_check", "recipe", _PREDICTION)
    # The learner's own error is what the question asks for.
    error = None if visit().veiled else error_of_right(state, method)
    table(*bands_table(error, words))
    lesson.prose("gradient_check", "recipe_seen")
    with lesson.fold(words("gradient_check.kink.more"), "kink") as is_open:
        if is_open:
            lesson.prose("gradient_check", "kink")
            table(*kink_table(words))
            lesson.prose("gradient_check", "kink_seen")


def size_of_error(state: LabState, choices: Choices) -> str:
    """Say how large the right gradient's error is; where it has none, at the textbook's numbers."""
    method = choices.check.method
    errors = (error_of_right(one, method) for one in (state, PRESETS["textbook"]))
    error = next(one for one in errors if one is not None)
    return "none" if error == 0 else "small" if error < BANDS["small"] else "larger"


_PREDICTION = Prediction(
    "gradient_check.recipe",
    ("none", "small", "larger"),
    right=size_of_error,
    # No move: the answer is in the table once it is asked for
)


def error_of_right(state: LabState, method: str) -> float | None:
    """Return the relative error of the right gradient; None where the loss is infinite."""
    case = case_of(state)
    check = find(case, "logits", case.right, method).check
    return None if check is None else check.max_relative_error


def bands_table(error: float | None, words: Wording) -> Table:
    """Lay out the bands of relative error, with the learner's right gradient in its band."""
    rows: list[list[str | Number]] = []
    below = 0.0
    for name, upper in BANDS.items():
        cell: str | Number = ""
        if error is not None and below <= error < upper:
            cell = Number("own_error", error, step_text(error))
        rows.append(
            [
                words(f"gradient_check.bands.{name}_range"),
                words(f"gradient_check.bands.{name}"),
                cell,
            ]
        )
        below = upper
    head = [words(f"gradient_check.bands.{name}") for name in ("range", "meaning", "own")]
    return Table(words("gradient_check.bands.table"), head, rows)


def kink_table(words: Wording) -> Table:
    """Lay out central differences of max(x, 0) across its kink, beside it, and at it."""
    rows: list[list[str | Number]] = []
    for x, step in KINKS:
        check = check_gradient(_relu, [float(x > 0)], [x], step=step)
        numeric = float(central_difference(_relu, [x], step=step)[0])
        slope = Number("slope", 1.0, "1") if x > 0 else words("gradient_check.kink.none")
        crosses = words(
            "gradient_check.kink.yes" if abs(x) < check.step else "gradient_check.kink.no"
        )
        rows.append(
            [
                step_text(x),
                Number("step", check.step, step_text(check.step)),
                crosses,
                Number("numeric", numeric, short_text(numeric)),
                slope,
            ]
        )
    columns = ("x", "step", "crosses", "numeric", "slope")
    head = [words(f"gradient_check.kink.{name}") for name in columns]
    return Table(words("gradient_check.kink.table"), head, rows)


def _relu(x: Vector) -> float:
    return float(np.maximum(x, 0).sum())
