"""The screen of a growing logit: the error of each form, and the range of each format."""

from __future__ import annotations

import numpy as np

from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.growing_figure import errors_figure
from pages.lessons.stability.limits import Limits, curve, limits
from pages.lessons.stability.numbers import watched_class
from pages.lessons.stability.texts import number
from pages.visit.precision import DTYPES
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import short_text, significant_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording


def show() -> None:
    """Show where the forms fail in the format that the learner chose, and where all formats end."""
    words, state, dtype = visit().words, visit().state, visit().choices.precision.dtype
    lesson.section("stability", "growing")
    picture = growing_picture(state, dtype, words, theme())
    lesson.picture("stability", "growing", picture)
    lesson.remark(_own_place(state, dtype, words))
    lesson.prose("stability", "growing_seen")
    caption, head, rows = limits_table(words)
    with lesson.fold(caption, "limits") as is_open:
        if is_open:
            table(caption, head, rows)


def growing_picture(state: LabState, dtype: str, words: Wording, theme: Theme) -> Picture:
    """Draw the error of each form in a dtype as one logit grows; the twin has eleven places."""
    ends = limits(dtype)
    curves = {form: curve(form, dtype) for form in FORMS}
    lines = {
        ends.overflow: words("stability.growing.overflow", x=f"{ends.overflow:.2f}"),
        ends.underflow: words("stability.growing.underflow", x=f"{ends.underflow:.2f}"),
    }
    places = [round(share * (len(curves["naive"].x) - 1)) for share in np.linspace(0, 1, 11)]
    rows: list[list[str | Number]] = [
        [
            significant_text(curves["naive"].x[place]),
            *(number("error", curves[form].error[place], words) for form in FORMS),
        ]
        for place in places
    ]
    return Picture(
        errors_figure(curves, lines, max(state.logits), words, theme),
        words(
            "stability.growing.alt",
            dtype=dtype,
            overflow=f"{ends.overflow:.2f}",
            underflow=f"{ends.underflow:.2f}",
        ),
        ["x", *(words(f"stability.form.{form}") for form in FORMS)],
        rows,
    )


def _own_place(state: LabState, dtype: str, words: Wording) -> str:
    """Say on which side of the two thresholds the learner's own numbers stand."""
    ends, t = limits(dtype), watched_class(state)
    largest = max(state.logits)
    behind = largest - state.logits[t]
    return " ".join(
        (
            words(
                f"stability.growing.largest_{_side(largest, ends.overflow)}",
                z=short_text(largest),
                x=f"{ends.overflow:.2f}",
                dtype=dtype,
            ),
            words(
                f"stability.growing.behind_{_side(behind, ends.underflow) if behind else 'none'}",
                number=t + 1,
                d=short_text(behind),
                x=f"{ends.underflow:.2f}",
                dtype=dtype,
            ),
        )
    )


def _side(value: float, threshold: float) -> str:
    return "above" if value > threshold else "below"


def limits_table(words: Wording) -> Table:
    """Lay out the range of each dtype, and the exponents at which exponentials leave it."""
    rows: list[list[str | Number]] = []
    for name in Limits._fields:
        values = [float(getattr(limits(dtype), name)) for dtype in DTYPES]
        exponent = name in ("overflow", "fewer_digits", "underflow")
        texts = [f"{value:.2f}" if exponent else significant_text(value) for value in values]
        cells = [Number(name, *both) for both in zip(values, texts, strict=True)]
        rows.append([words(f"stability.limits.{name}"), *cells])
    return Table(words("stability.limits.table"), [words("stability.limits.head"), *DTYPES], rows)
