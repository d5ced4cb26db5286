"""The error of a difference against its step: which step is best, and why."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import streamlit as st

from pages.lessons.gradient_check.controls import take_choice, way_out_button
from pages.lessons.gradient_check.step_error_figure import FREE, step_error_figure
from pages.lessons.gradient_check.step_errors import SOURCE_STEP, STEPS, Sweep, place, sweep_of
from pages.visit.difference_check import METHODS, PRECISIONS
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import short_text, step_text, times_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

# A gradient that no step finds to this share of it lies below what the method can see.
BLURRED = 1e-2


def show() -> None:
    """Draw the error against the step, or say why there is none."""
    words, check = visit().words, visit().choices.check
    lesson.section("gradient_check", "sweep")
    _method_and_precision()
    sweep = sweep_of(visit().state, check.precision)
    if sweep is None:
        st.warning(words("gradient_check.infinite"))
        way_out_button("textbook", "sweep")
    else:
        picture = sweep_picture(sweep, check.method, words, theme())
        lesson.picture("gradient_check", "sweep", picture)
        for remark in sweep_remarks(sweep, check.method, words):
            lesson.remark(remark)
    lesson.prose("gradient_check", "sweep_seen")
    for more in ("errors", "ways"):
        with lesson.fold(words(f"gradient_check.sweep.{more}"), f"sweep-{more}") as is_open:
            if is_open:
                lesson.prose("gradient_check", f"sweep_{more}")


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


def sweep_picture(sweep: Sweep, method: str, words: Wording, theme: Theme) -> Picture:
    """Draw the errors against the step; its table has one row for each decade."""
    best = sweep.best(method)
    alt = "none" if best is None else "alt"
    return Picture(
        step_error_figure(sweep, method, words, theme),
        words(
            f"gradient_check.sweep.{alt}",
            method=words(f"gradient_check.method.{method}"),
            dtype=sweep.dtype,
            step="" if best is None else step_text(STEPS[best]),
            error="" if best is None else step_text(sweep.around(method)[best]),
        ),
        ["h", *(words(f"gradient_check.short.{name}") for name in METHODS)],
        [
            [step_text(step), *(_error_cell(sweep, name, step) for name in METHODS)]
            for step in 10.0 ** np.arange(-1, -17, -1)
        ],
    )


def _error_cell(sweep: Sweep, method: str, step: float) -> Number | str:
    error = float(sweep.errors[method][place(step)])
    return "z + h = z" if math.isnan(error) else Number(method, error, step_text(error))


def sweep_remarks(sweep: Sweep, method: str, words: Wording) -> list[str]:
    """Say which step is best, what the source's costs, and what the picture cannot tell."""
    best = sweep.best(method)
    if best is None:
        return [words("gradient_check.sweep.unmoved", step=step_text(sweep.unmoved))]
    around = sweep.around(method)
    numbers = {
        "method": words(f"gradient_check.method.{method}"),
        "dtype": sweep.dtype,
        "step": step_text(STEPS[best]),
        "error": step_text(around[best]),
        "source": step_text(sweep.errors[method][place(SOURCE_STEP)]),
        "largest": step_text(sweep.scale),
        "value": short_text(sweep.value),
        "unmoved": step_text(sweep.unmoved),
    }
    known = "best" if around[best] else "exact"
    remarks = [known if sweep.slope else "no_slope"]
    cost = sweep.cost(method)
    if cost is None:
        remarks.append("source_unmoved")
    elif sweep.slope:
        numbers["cost"] = times_text(cost)
        remarks.append("cost" if cost > FREE else "free")
    if sweep.slope and around[best] > BLURRED:
        remarks.append("blurred")
    if sweep.unmoved and method != "complex":
        remarks.append("vanishes")
    return [words(f"gradient_check.sweep.{name}", **numbers) for name in remarks]
