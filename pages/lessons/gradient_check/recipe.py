"""How small an error the checker finds, how its answer is read, and what kinks do to it."""

from __future__ import annotations

import math

import numpy as np

from core import GradientCheck, central_difference, check_gradient
from pages.lessons.gradient_check import slips
from pages.lessons.gradient_check.sweep import Vector
from pages.lessons.gradient_check.tables import allowance, largest_of
from pages.visit.choices import Choices
from pages.visit.difference_check import PRECISIONS
from pages.visit.state import LabState
from pages.widgets.lesson import Rows
from pages.widgets.tables import Number
from pages.writing.numerals import short_text, step_text
from pages.writing.wording import Wording

# Where differences go astray: the place x of max(x, 0), and the step; None: the method's own.
KINKS: tuple[tuple[float, float | None], ...] = ((1e-6, None), (1e-6, 1e-7), (0.0, None))
# CS231n's bands: the upper end of each.
BANDS = {"small": 1e-7, "smooth": 1e-4, "uneasy": 1e-2, "wrong": math.inf}


def scaled_check(state: LabState, choices: Choices, dtype: str) -> slips.Finding:
    """Check the right gradient, made wrong by the chosen percentage, in a precision."""
    case = slips.case_of(state, dtype)
    wrong = (case.right.astype(np.float64) * (1 + choices.check.percent / 100)).astype(dtype)
    return slips.checked(case, "logits", wrong, choices.check.method)


def percent_head(words: Wording) -> list[str]:
    """Name the columns of `percent_rows`."""
    columns = ("precision", "reported", "allowed", "verdict")
    return [words(f"gradient_check.percent.{name}") for name in columns]


def percent_rows(state: LabState, choices: Choices, words: Wording) -> Rows:
    """Lay out what the checker says of a gradient slightly wrong; no rows: the loss is infinite."""
    rows: list[list[str | Number]] = []
    for dtype in PRECISIONS:
        found = scaled_check(state, choices, dtype)
        if found.check is None:
            return []
        check, largest = found.check, largest_of(found.check)
        allowed = (
            allowance(check, found.value, choices.check.method) / largest if largest else math.inf
        )
        rows.append(
            [
                dtype,
                Number("reported", check.max_relative_error, share_text(check.max_relative_error)),
                Number("allowed", allowed, share_text(allowed)),
                words(f"gradient_check.percent.{percent_verdict(check)}"),
            ]
        )
    return rows


def percent_verdict(check: GradientCheck) -> str:
    """Say in one word what came of a check."""
    if not check.passed:
        return "caught"
    return "passed" if check.conclusive else "inconclusive"


def share_text(share: float) -> str:
    """Write a share as a percentage."""
    if not math.isfinite(share):
        return short_text(share)
    percent = 100 * share
    return (short_text(percent) if percent == 0 or percent >= 1e-3 else step_text(percent)) + " %"


def bands_table(error: float | None, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay out the bands of relative error, with the learner's own right gradient in its band."""
    columns = ("range", "meaning", "own")
    rows: list[list[str | Number]] = []
    below = 0.0
    for name, upper in BANDS.items():
        own: str | Number = ""
        if error is not None and below <= error < upper:
            own = Number("own_error", error, step_text(error))
        rows.append(
            [
                words(f"gradient_check.bands.{name}_range"),
                words(f"gradient_check.bands.{name}"),
                own,
            ]
        )
        below = upper
    head = [words(f"gradient_check.bands.{name}") for name in columns]
    return words("gradient_check.bands.table"), head, rows


def own_error(state: LabState, method: str) -> float | None:
    """Return the relative error of the right gradient; None where the loss is infinite."""
    case = slips.case_of(state)
    check = slips.checked(case, "logits", case.right, method).check
    return None if check is None else check.max_relative_error


def kink_table(words: Wording) -> tuple[str, list[str], Rows]:
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
    return words("gradient_check.kink.table"), head, rows


def _relu(x: Vector) -> float:
    return float(np.maximum(x, 0).sum())
