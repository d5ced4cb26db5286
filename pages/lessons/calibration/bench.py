"""Screen "bench": what the fitted temperature makes of the learner's own numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from core import softmax
from pages.lessons.calibration.bins import Row
from pages.lessons.calibration.side import learners_subject
from pages.lessons.calibration.subject import chosen_judgement
from pages.lessons.calibration.temperature import temperature_sentence
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import MAX_TEMPERATURE, MIN_TEMPERATURE, LabState, checked_temperature
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import fixed_text, short_text, significant_text
from pages.writing.wording import Wording


def show() -> None:
    """Show the bench's numbers at the fitted temperature, or why there is none."""
    words = visit().words
    st.header(words("calibration.bench.question"), anchor="bench")
    judgement = learners_subject().judgement
    if judgement.temperature is None:
        lesson.remark(temperature_sentence(judgement, words))
        lesson.remark(words("calibration.bench.none"))
        return
    lesson.prose("calibration", "bench")
    lesson.predict(_PREDICTION)
    with lesson.veil("bench"):
        table(*bench_table(visit().state, judgement.temperature, words))
    _temperature_button(judgement.temperature)


def _largest(state: LabState) -> tuple[float, float]:
    """Return the learner's largest probability at T = 1 and at the fitted T."""
    at_one, at_fitted = (
        float(softmax(state.logits, temperature=t).max()) for t in (1.0, chosen_judgement().fitted)
    )
    return at_one, at_fitted


def _change(state: LabState, _choices: Choices) -> str:
    before, after = _largest(state)
    if fixed_text(before) == fixed_text(after):
        return "stay"
    return "rise" if after > before else "fall"


def _numbers(state: LabState, _choices: Choices) -> dict[str, str]:
    before, after = map(fixed_text, _largest(state))
    fitted = significant_text(chosen_judgement().fitted)
    return {"T": fitted, "before": before, "after": after}


_PREDICTION = Prediction(
    "calibration.bench",
    ("rise", "fall", "stay"),
    right=_change,
    numbers=_numbers,
)


def bench_table(state: LabState, temperature: float, words: Wording) -> Table:
    """Write the learner's own probabilities at their temperature and at the fitted one."""
    now = softmax(state.logits, temperature=state.temperature)
    fitted = softmax(state.logits, temperature=temperature)
    z = [Number("logit", x, short_text(x), k) for k, x in enumerate(state.logits, 1)]
    exponents = np.array(state.logits)
    rows: list[Row] = [
        [
            f"{k + 1} · {words.class_name(state.names[k], k)}",
            z[k],
            share_cell(now[k], k, exponents / state.temperature, z),
            share_cell(fitted[k], k, exponents / temperature, z),
        ]
        for k in range(state.classes)
    ]
    head = [
        words("calibration.bench.class"),
        "z",
        words("calibration.bench.at", T=short_text(state.temperature)),
        words("calibration.bench.at", T=significant_text(temperature)),
    ]
    return Table(words("calibration.bench.table"), head, rows)


def _temperature_button(temperature: float) -> None:
    """Offer the fitted temperature to the bench, if it takes it; its Undo leads back."""
    words = visit().words
    text = significant_text(temperature)
    if not MIN_TEMPERATURE <= temperature <= MAX_TEMPERATURE:
        lesson.remark(words("calibration.bench.outside", T=text))
        return
    st.button(
        words("calibration.bench.button", T=text),
        on_click=_take_temperature,
        args=(temperature,),
        disabled=visit().state.temperature == temperature,
    )


def _take_temperature(temperature: float) -> None:
    visit().edit("temperature", lambda s: replace(s, temperature=checked_temperature(temperature)))
