"""The error of a difference against its step: which step is best, and why."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from pages.film import film
from pages.lessons.gradient_check.controls import change_check, take_choice, way_out_button
from pages.lessons.gradient_check.step_errors import SOURCE_STEP, STEPS, Sweep, place, sweep_of
from pages.lessons.gradient_check.step_film import step_film
from pages.visit.choices import Choices
from pages.visit.difference_check import METHODS, PRECISIONS, with_step
from pages.visit.presets import PRESETS
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.prediction import Prediction
from pages.writing.numerals import short_text, step_text
from pages.writing.palette import theme
from pages.writing.wording import Wording

# A gradient that no step finds to this share of it lies below what the method can see.
BLURRED = 1e-2
GUESSED_FROM = 1e-5  # to the source's step


def show() -> None:
    """Let the learner shrink the step and draw the error, or say why there is none."""
    words, check = visit().words, visit().choices.check
    lesson.section("gradient_check", "sweep", _PREDICTION)
    _method_and_precision()
    sweep = sweep_of(visit().state, check.precision)
    if sweep is None:
        st.warning(words("gradient_check.infinite"))
        way_out_button("textbook", "sweep")
    else:
        shown = step_film(sweep, check.method, words, theme())
        film("gradient_check", "sweep", shown, float(STEPS[place(check.h)]), _take)
        for remark in sweep_remarks(sweep, check.method, words):
            lesson.remark(remark)
    lesson.prose("gradient_check", "sweep_seen")
    with lesson.fold(words("gradient_check.sweep.more"), "sweep-more") as is_open:
        if is_open:
            lesson.prose("gradient_check", "sweep_errors", "sweep_ways")


def _take(h: float) -> None:
    change_check("h", lambda check: with_step(check, h))


def course_of_error(state: LabState, _choices: Choices) -> str:
    """Say what the error of central differences in double precision does as the step shrinks.

    Where the loss is infinite there is none: then at the numbers to which a button leads from here.
    """
    sweeps = (sweep_of(one, "float64") for one in (state, PRESETS["textbook"]))
    sweep = next(one for one in sweeps if one is not None)
    errors = np.nan_to_num(sweep.around("central"), nan=np.inf)
    before, after = errors[place(GUESSED_FROM)], errors[place(SOURCE_STEP)]
    return "stay" if after == before else "grow" if after > before else "shrink"


def _shrink_the_step() -> None:
    change_check(
        "h",
        lambda check: replace(check, method="central", precision="float64", h=SOURCE_STEP),
    )


_PREDICTION = Prediction(
    "gradient_check.sweep",
    ("shrink", "stay", "grow"),
    right=course_of_error,
    move=_shrink_the_step,
)


def _method_and_precision() -> None:
    """Choose the kind of differences and the floating-point format."""
    words = visit().words
    with st.container(horizontal=True):
        for name, accepted in (("method", METHODS), ("precision", PRECISIONS)):
            mirror(f"check_{name}", getattr(visit().choices.check, name))
            st.radio(
                words(f"gradient_check.choose_{name}"),
                accepted,
                key=f"check_{name}",
                format_func=partial(_label, words, name),
                horizontal=True,
                on_change=take_choice,
                args=(name, accepted),
            )


def _label(words: Wording, name: str, value: str) -> str:
    return words(f"gradient_check.{name}.{value}")


def sweep_remarks(sweep: Sweep, method: str, words: Wording) -> list[str]:
    """Say which step is best, and what the picture cannot tell."""
    best = sweep.best(method)
    if best is None:
        return [words("gradient_check.sweep.unmoved", step=step_text(sweep.unmoved))]
    around = sweep.around(method)
    known = "best" if around[best] else "exact"
    remarks = [known if sweep.slope else "no_slope"]
    if sweep.slope and around[best] > BLURRED:
        remarks.append("blurred")
    numbers = {
        "method": words(f"gradient_check.method.{method}"),
        "dtype": sweep.dtype,
        "step": step_text(STEPS[best]),
        "error": step_text(around[best]),
        "largest": step_text(sweep.scale),
        "value": short_text(sweep.value),
    }
    return [words(f"gradient_check.sweep.{name}", **numbers) for name in remarks]
