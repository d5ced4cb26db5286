"""The screen of the steps: every number on the way of each form, and where it goes wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.lessons.stability.events import events_of
from pages.lessons.stability.forms import verdict_text
from pages.lessons.stability.four_forms import Array, Steps
from pages.lessons.stability.limits import Limits, limits
from pages.lessons.stability.numbers import Outcome, outcomes_of, watched_class
from pages.lessons.stability.texts import number, tiny_text, value_text
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.figure import indexed
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import short_text, significant_text
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


def show() -> None:
    """Show the steps of the forms in the format that the learner chose."""
    words, state, dtype = visit().words, visit().state, visit().choices.precision.dtype
    outcomes = outcomes_of(state, dtype)
    lesson.section("stability", "steps")
    with st.container(key="forms-compared"):
        table(*compared_table(outcomes, state, words))
    for outcome in outcomes:
        form = words(f"stability.form.{outcome.form}")
        sentences = "\n".join(f"- {line}" for line in _explanation(outcome, state, words))
        lesson.remark(f"**{form}**\n{sentences}")
    lesson.prose("stability", *_passages(state))
    with lesson.fold(words("stability.steps.every_class"), "steps-every-class") as is_open:
        if is_open:
            for outcome in outcomes:
                table(*steps_table(outcome, state, words))


def compared_table(outcomes: Sequence[Outcome], state: LabState, words: Wording) -> Table:
    """Set the forms beside each other, a step a row, for the class that the target names."""
    t = watched_class(state)
    by_form = [_steps_by_row(outcome) for outcome in outcomes]
    rows: list[list[str | Number]] = [
        [
            notation,
            *(_cell(row, steps[row], t, words) if row in steps else "–" for steps in by_form),
        ]
        for row, notation in _rows_of_class(t).items()
    ]
    verdicts = [verdict_text(outcome, state, words) for outcome in outcomes]
    rows.append([words("stability.verdict.head"), *verdicts])
    forms = [words(f"stability.form.{outcome.form}") for outcome in outcomes]
    caption = words("stability.steps.compared", dtype=outcomes[0].dtype, number=t + 1)
    return Table(caption, [words("stability.steps.head"), *forms], rows)


def _steps_by_row(outcome: Outcome) -> Steps:
    """Return the steps by row: exponentials that nothing was subtracted from have their own."""
    shifted = "shift" in outcome.steps
    return {
        "plain_exp" if name == "exp" and not shifted else name: values
        for name, values in outcome.steps.items()
    }


def _rows_of_class(t: int) -> dict[str, str]:
    """Write each step for one class, in the order of the steps."""
    z, a = indexed("z", t), indexed("a", t)
    return {
        "z": z,
        "shift": f"{z} − m",
        "plain_exp": f"e^{z}",
        "exp": f"e^({z} − m)",
        "sum": "Σ",
        "log_sum": "ln Σ",
        "log_sum_exp": "m + ln Σ",
        "probability": a,
        "log_probability": f"ln {a}",
        "loss": "L",
        "slope": f"dL/d{a}",
        "gradient": f"dL/d{z}",
    }


def _cell(row: str, values: Array, t: int, words: Wording) -> Number:
    of_all = values.ndim == 0
    value = float(np.atleast_1d(values)[0 if of_all else t])
    return number(row.removeprefix("plain_"), value, words, None if of_all else t)


def steps_table(outcome: Outcome, state: LabState, words: Wording) -> Table:
    """Lay one form out step by step, a class a column; a sum stands in the first."""
    rows: list[list[str | Number]] = []
    for step, values in outcome.steps.items():
        notation = "e^z" if step == "exp" and "shift" not in outcome.steps else _NOTATION[step]
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
    caption = words("stability.steps.table", form=words(f"stability.form.{outcome.form}"))
    head = [words("stability.steps.head"), *words.class_names(state.names)]
    return Table(f"{caption}, {outcome.dtype}", head, rows)


def _explanation(outcome: Outcome, state: LabState, words: Wording) -> list[str]:
    """Say what went wrong, step by step with the learner's numbers, and how it ended."""
    sentences = []
    ends = limits(outcome.dtype)
    for step, kind, place in events_of(outcome, state.logits):
        k = place or 0
        own = {"own": short_text(state.logits[k]), "number": k + 1}
        texts = _texts(outcome, k, ends, words)
        sentences.append(words(f"stability.event.{step}_{kind}", **own, **texts))
    if not sentences:
        sentences.append(words("stability.event.none", dtype=outcome.dtype))
    return [*sentences, _ending(outcome, words)]


def _ending(outcome: Outcome, words: Wording) -> str:
    ending = outcome.verdict
    if ending == "right" and math.isinf(outcome.loss):
        ending = "right_infinite"
    tiny = tiny_text(outcome.exact.fine_loss)
    return words(
        f"stability.result.{ending}",
        loss=value_text(outcome.loss, words),
        exact=tiny or value_text(outcome.exact.loss, words),
        dtype=outcome.dtype,
        error=tiny or significant_text(outcome.loss_error),
        gradient_error=significant_text(outcome.gradient_error),
    )


def _texts(outcome: Outcome, place: int, ends: Limits, words: Wording) -> dict[str, str]:
    """Write every number that a sentence may want."""
    steps = outcome.steps
    numbers = {
        "z": float(steps["z"][place]),
        "m": float(steps["z"].max()),
        "exponent": float(steps.get("shift", steps["z"])[place]),
        "e": float(steps["exp"][place]),
        "total": float(steps["sum"]),
        "a": float(steps["probability"][place]),
        "y": float(outcome.target[place]),
    }
    if "log_sum_exp" in steps:
        with np.errstate(all="ignore"):
            numbers["gap"] = float(np.spacing(np.abs(steps["log_sum_exp"])))
            numbers["log_total"] = float(np.log(steps["sum"]))
        numbers["rounded"] = float(steps["log_sum_exp"])
    return {name: value_text(value, words) for name, value in numbers.items()} | {
        "largest": significant_text(ends.largest),
        "log_largest": f"{ends.overflow:.2f}",
        "normal": significant_text(ends.smallest_normal),
        "smallest": significant_text(ends.smallest),
        "dtype": outcome.dtype,
    }


def _passages(state: LabState) -> list[str]:
    """Return what to say below the steps: always the same, and of a masked class.

    One that the target asks for is said of at the end of each form.
    """
    pairs = zip(state.logits, state.distribution, strict=True)
    masked = any(z == -math.inf and y == 0 for z, y in pairs)
    return ["steps_seen", *(["steps_masked"] if masked else [])]
