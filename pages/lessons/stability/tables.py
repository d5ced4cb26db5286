"""The lesson on stability: its tables, from what was really computed."""

from __future__ import annotations

import math

import numpy as np

from pages.lessons.stability.cost import OPERATIONS, WAYS, Timing, operations
from pages.lessons.stability.forms import FORMS
from pages.lessons.stability.limits import Limits, first_failure, limits
from pages.lessons.stability.numbers import Outcome, outcomes, watched
from pages.lessons.stability.sentences import verdict
from pages.lessons.stability.texts import share_text, tiny_text, value_text
from pages.visit.precision import DTYPES
from pages.visit.state import LabState
from pages.widgets.figure import indexed
from pages.widgets.lesson import Rows
from pages.widgets.tables import Number
from pages.writing.numerals import significant_text
from pages.writing.wording import Wording

# How each step is written; the class that a number belongs to is its column.
_NOTATION = {
    "z": "z",
    "shift": "z − m",
    "exp": "e^(z−m)",
    "sum": "Σ",
    "log_sum": "ln Σ",
    "log_sum_exp": "m + ln Σ",
    "probability": "a",
    "log_probability": "ln a",
    "loss": "L",
    "slope": "dL/da",
    "gradient": "dL/dz",
}
_QUANTITIES = {"z": "logit", "exp": "exponential", "sum": "sum_exponential"}
_SIGNED = ("slope", "gradient")


def overview(state: LabState, dtype: str, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay out every form in a dtype: the verdict, the loss, and dL/dz and a of one class."""
    t, found = watched(state), outcomes(state, dtype)
    right = found[0].exact
    rows: list[list[str | Number]] = [
        [
            words("stability.exact"),
            "",
            Number("loss", right.loss, tiny_text(right.fine_loss) or value_text(right.loss, words)),
            number("gradient", right.gradient[t], words, t, tiny_text(right.fine_gradient[t])),
            Number("probability", right.probabilities[t], share_text(right, t), t + 1),
        ]
    ]
    for one in found:
        a, slope = (float(one.steps[step][t]) for step in ("probability", "gradient"))
        rows.append(
            [
                words(f"stability.form.{one.form}"),
                verdict(one, state, words),
                number("loss", one.loss, words),
                number("gradient", slope, words, t),
                number("probability", a, words, t),
            ]
        )
    symbols = ["L", indexed("dL/dz", t), indexed("a", t)]
    return dtype, [words("stability.form.head"), words("stability.verdict.head"), *symbols], rows


def steps_table(found: Outcome, state: LabState, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay one form out step by step, a class a column; a sum stands in the first."""
    rows: list[list[str | Number]] = []
    for step, values in found.steps.items():
        notation = "e^z" if step == "exp" and "shift" not in found.steps else _NOTATION[step]
        alone = values.ndim == 0
        rows.append(
            [
                notation,
                *(
                    number(step, float(value), words, None if alone else i)
                    for i, value in enumerate(np.atleast_1d(values))
                ),
                *[""] * (alone * (state.classes - 1)),
            ]
        )
    caption = words("stability.steps.table", form=words(f"stability.form.{found.form}"))
    return (
        f"{caption}, {found.dtype}",
        [words("stability.steps.head"), *words.class_names(state.names)],
        rows,
    )


def limits_table(words: Wording) -> tuple[list[str], Rows]:
    """Lay out the range of each dtype, and the exponents at which exponentials leave it."""
    rows: list[list[str | Number]] = []
    for name in Limits._fields:
        values = [float(getattr(limits(dtype), name)) for dtype in DTYPES]
        exponent = name in ("overflow", "fewer_digits", "underflow")
        texts = [f"{value:.2f}" if exponent else significant_text(value) for value in values]
        cells = [Number(name, *both) for both in zip(values, texts, strict=True)]
        rows.append([words(f"stability.limits.{name}"), *cells])
    return [words("stability.limits.head"), *DTYPES], rows


def failures_table(result: str, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay out from which logit on the `loss` or the `gradient` of each form is not finite."""
    rows: list[list[str | Number]] = []
    for form in FORMS:
        row: list[str | Number] = [words(f"stability.form.{form}")]
        for dtype in DTYPES:
            x = first_failure(form, dtype, result)
            row.append(
                "> 10⁶" if x is None else Number("threshold", x, f"{x:.{2 if x < 1000 else 0}f}")
            )
        rows.append(row)
    return words(f"stability.stable.{result}"), [words("stability.form.head"), *DTYPES], rows


def operations_table(classes: int, words: Wording) -> tuple[list[str], Rows]:
    """Lay out how many operations of each kind the two ways take for one row of logits."""
    tallies = [operations(way, classes) for way in WAYS]
    rows: list[list[str | Number]] = [
        [
            words(f"stability.operation.{name}"),
            *(Number("count", tally[name], str(tally[name])) for tally in tallies),
        ]
        for name in OPERATIONS
    ]
    totals = [tally.total() for tally in tallies]
    last = [Number("sum_count", total, str(total)) for total in totals]
    heads = [words(f"stability.way.{way}") for way in WAYS]
    return [words("stability.cheaper.operation"), *heads], [
        *rows,
        [words("stability.cheaper.all"), *last],
    ]


def timing_table(timing: Timing, words: Wording) -> tuple[list[str], Rows]:
    """Lay out the two medians."""
    rows: Rows = [
        [words(f"stability.way.{way}"), Number("microseconds", taken * 1e6, f"{taken * 1e6:.1f}")]
        for way, taken in timing.seconds.items()
    ]
    return [words("stability.cheaper.way"), words("stability.cheaper.time")], rows


def number(
    step: str, value: float, words: Wording, index: int | None = None, text: str = ""
) -> Number:
    """Make a cell of a number that a step gave: its colour, its words, its class."""
    quantity = _QUANTITIES.get(step, step)
    if step in _SIGNED and value != 0 and not math.isnan(value):
        quantity = "gradient_above" if value > 0 else "gradient_below"
    place = None if index is None else index + 1
    return Number(quantity, value + 0.0, text or value_text(value, words), place)
