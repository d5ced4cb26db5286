"""The stability lesson's pictures, each with its sentence and its table."""

from __future__ import annotations

import math

import numpy as np

from pages.blocks import figures
from pages.blocks.lesson import Picture
from pages.blocks.numerals import short_text, significant_text
from pages.blocks.palette import Theme
from pages.blocks.stability.forms import FORMS
from pages.blocks.stability.limits import curve, limits
from pages.blocks.stability.numbers import reference, watched
from pages.blocks.stability.tables import number
from pages.blocks.stability.texts import share_text
from pages.blocks.state import LabState
from pages.blocks.tables import Number
from pages.blocks.wording import Wording

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
        figures.errors(curves, lines, max(state.logits), words, theme),
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
        figures.penalties(own, words, theme),
        words(
            "stability.costly.alt",
            p=share_text(right, t),
            loss=significant_text(right.penalties[t]),
        ),
        ["p", "−ln p", "1 − p", words("stability.costly.slope")],
        rows,
    )
