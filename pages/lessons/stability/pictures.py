"""The stability lesson's pictures, each with its sentence and its table."""

from __future__ import annotations

import math

import numpy as np

from pages.lessons.stability.forms import FORMS
from pages.lessons.stability.growing_figure import errors_figure, penalties_figure
from pages.lessons.stability.limits import curve, limits
from pages.lessons.stability.numbers import reference, watched
from pages.lessons.stability.tables import number
from pages.lessons.stability.texts import share_text
from pages.visit.state import LabState
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import short_text, significant_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

SHOWN_PROBABILITIES = (0.9, 0.5, 0.1, 0.01, 1e-3, 1e-6)


def growing(state: LabState, dtype: str, words: Wording, theme: Theme) -> Picture:
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


def penalties(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw -ln p against 1 - p at the learner's own probability."""
    t, right = watched(state), reference(state)
    own = right.probabilities[t]
    rows: list[list[str | Number]] = [
        [
            short_text(p),
            Number("loss", -math.log(p), significant_text(-math.log(p))),
            Number("error_rate", 1 - p, short_text(1 - p)),
            Number("slope", -1 / p, significant_text(-1 / p)),
        ]
        for p in SHOWN_PROBABILITIES
    ]
    return Picture(
        penalties_figure(own, words, theme),
        words(
            "stability.costly.alt",
            p=share_text(right, t),
            loss=significant_text(right.penalties[t]),
        ),
        ["p", "−ln p", "1 − p", words("stability.costly.slope")],
        rows,
    )
