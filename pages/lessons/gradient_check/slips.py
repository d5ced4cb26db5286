"""A slip to choose: its gradient beside the right one, and whether the checker finds it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from pages.lessons.gradient_check.controls import change_check, take_choice, way_out_button
from pages.lessons.gradient_check.finding import Finding, find_slip, seen_by_complex, way_out
from pages.lessons.gradient_check.wrong_gradients import SLIPS, Setting
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.figure import indexed
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.writing.math_colours import coloured
from pages.writing.numerals import fixed_text, short_text, step_text
from pages.writing.palette import theme
from pages.writing.plain_text import as_plain_markdown
from pages.writing.wording import Wording

# The slips whose agreement has a reason of its own, with a sentence of that name.
AGREEMENTS = ("cross_entropy_gradient_for_other_loss", "missing_class_mean", "missing_temperature")
ASKED = "missing_temperature"


def show() -> None:
    """Hand a wrong gradient to the checker."""
    words, state, check = visit().words, visit().state, visit().choices.check
    slip, method = check.slip, check.method
    lesson.section("gradient_check", "slips", _PREDICTION)
    _slip_field()
    finding = find_slip(state, slip, method)
    lesson.prose("gradient_check", f"slip_{slip}")
    st.markdown(coloured(slip_formula(slip), theme()))
    table(*slip_table(state, slip, finding, words))
    for remark in slip_remarks(state, slip, method, finding, words):
        lesson.remark(remark)
    if finding.verdict != "caught":
        with st.container(horizontal=True):
            if finding.verdict == "unseen" and seen_by_complex(state, slip):
                _complex_button()
            way_out_button(way_out(state, slip, method), "slip")
    lesson.prose("gradient_check", "slips_seen")


def _finds_it(state: LabState, choices: Choices) -> str:
    verdict = find_slip(state, ASKED, choices.check.method).verdict
    return "found" if verdict == "caught" else "missed"


_PREDICTION = Prediction(
    "gradient_check.slips",
    ("found", "missed"),
    right=_finds_it,
    move=lambda: change_check("slip", lambda check: replace(check, slip=ASKED)),
    numbers=lambda state, _choices: {"temperature": short_text(state.temperature)},
)


def _slip_field() -> None:
    """Choose the slip that is handed to the checker."""
    words = visit().words
    mirror("check_slip", visit().choices.check.slip)
    st.selectbox(
        words("gradient_check.choose_slip"),
        tuple(SLIPS),
        key="check_slip",
        format_func=lambda slip: words(f"gradient_check.slip.{slip}"),
        on_change=take_choice,
        args=("slip", tuple(SLIPS)),
    )


def _complex_button() -> None:
    """Offer the complex step, which sees what the others do not."""
    st.button(
        visit().words("gradient_check.way_out.complex"),
        key="take_complex",
        on_click=lambda: change_check("method", lambda check: replace(check, method="complex")),
    )


def slip_formula(slip: str) -> str:
    """Write what the slip computes, and what belongs there."""
    known = SLIPS[slip]
    # Below each other, so that a phone need not cut them.
    lines = rf"& {known.formula} \\[1ex] \neq\; & {known.instead_of}"
    return rf"$$\begin{{aligned}} {lines} \end{{aligned}}$$"


def slip_table(state: LabState, slip: str, finding: Finding, words: Wording) -> Table:
    """Set the wrong gradient beside the right one, entry by entry."""
    head = [words(f"gradient_check.slips.{name}") for name in ("entry", "right", "wrong", "off")]
    names = entries(state, SLIPS[slip].setting, words)
    parts = (part.ravel().tolist() for part in (finding.right, finding.wrong, finding.off))
    rows: list[list[str | Number]] = []
    for k, (name, right, wrong, off) in enumerate(zip(names, *parts, strict=True)):
        own, given = fixed_cell("right", right, k), fixed_cell("slip", wrong, k)
        apart = Number("off", off, fixed_text(off) if off else "0", k + 1)
        rows.append([name, own, given, apart.computed("", "{} − {}", given, own)])
    return Table(words("gradient_check.slips.table"), head, rows)


def entries(state: LabState, setting: Setting, words: Wording) -> list[str]:
    """Name the entries of a gradient: classes, classes of both samples, or inputs of the layer."""
    if setting == "layer":
        return [indexed("o", k) for k in range(state.classes)]
    names = words.class_names(state.names)
    if setting == "batch":
        return [
            words("gradient_check.slips.of_sample", name=name, number=number)
            for number in (1, 2)
            for name in names
        ]
    return names


def slip_remarks(
    state: LabState, slip: str, method: str, finding: Finding, words: Wording
) -> list[str]:
    """Say what the checker answered, where the worst entry is, and how many are off."""
    check = finding.check
    if check is None:
        return [words("gradient_check.slips.infinite")]
    off = finding.off.ravel()
    worst = int(np.ravel_multi_index(check.worst_index, finding.right.shape))
    numbers = {
        "method": words(f"gradient_check.method.{method}"),
        "step": step_text(check.step),
        "count": int(np.count_nonzero(off)),
        "entries": off.size,
        "relative": short_text(check.max_relative_error),
        "entry": as_plain_markdown(entries(state, SLIPS[slip].setting, words)[worst]),
        "given": fixed_text(check.analytic.ravel()[worst]),
        "numeric": fixed_text(check.numeric.ravel()[worst]),
        "off": step_text(float(np.abs(off).max())),
        "allowed": step_text(check.tolerance),
    }
    if finding.verdict != "agrees":
        return [words(f"gradient_check.slips.{finding.verdict}", **numbers)]
    reason = f"agrees_{slip}" if slip in AGREEMENTS and finding.right.any() else "agrees_zero"
    if reason == "agrees_zero" and finding.right.any():
        reason = "agrees_here"
    return [words(f"gradient_check.slips.{reason}")]
