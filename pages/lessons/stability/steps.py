"""The screen of the steps: every number on the way of each form, and where it goes wrong."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.lessons.stability.events import culprit, events_of
from pages.lessons.stability.forms import load_example, verdict_text
from pages.lessons.stability.limits import Limits, limits
from pages.lessons.stability.numbers import Outcome, outcomes_of, watched_class
from pages.lessons.stability.step_numbers import OF_ALL, explained_steps
from pages.lessons.stability.texts import tiny_text, value_text
from pages.visit.choices import Choices
from pages.visit.presets import EXTREMES
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.figure import indexed
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table, within
from pages.writing.numerals import short_text, significant_text
from pages.writing.wording import Wording

# How each step is written, in the order of the steps.
_ROWS = {
    "z": "{z}",
    "shift": "{z} − m",
    "plain_exp": "e^{z}",
    "exp": "e^({z} − m)",
    "sum": "Σ",
    "log_sum": "ln Σ",
    "log_sum_exp": "m + ln Σ",
    "probability": "{a}",
    "log_probability": "ln {a}",
    "loss": "L",
    "slope": "∂L/∂{a}",
    "gradient": "∂L/∂{z}",
}


def show() -> None:
    """Show the steps of the forms in the format that the learner chose."""
    words, state, dtype = visit().words, visit().state, visit().choices.precision.dtype
    outcomes = outcomes_of(state, dtype)
    lesson.section("stability", "steps", _PREDICTION)
    with st.container(key="forms-compared"):
        table(*compared_table(outcomes, [watched_class(state)], state, words))
    said = explanations(outcomes, state, words)
    ends = [words("stability.steps.end", forms=f, end=end) for f, (*_, end) in said.items()]
    lesson.remark("\n".join(f"- {end}" for end in ends))
    with lesson.fold(words("stability.steps.happened"), "steps-happened") as is_open:
        if is_open:
            for forms, (*happened, _) in said.items():
                lines = "\n".join(f"- {sentence}" for sentence in happened)
                lesson.remark(f"**{forms}**\n{lines}")
    lesson.prose("stability", *_passages(state))
    with lesson.fold(words("stability.steps.every_class"), "steps-every-class") as is_open:
        if is_open:
            with st.container(key="forms-compared-all"):
                table(*compared_table(outcomes, range(state.classes), state, words))


_SHIFTED = 1  # among the forms
_WHERE = {"exp": "exp", "log": "log", "slope": "back"}  # by the step that fails first


def _example() -> tuple[Outcome, LabState]:
    """Return what the shifted form makes of [12, 0] in float16."""
    state, dtype = EXTREMES["half"]
    return outcomes_of(state, dtype)[_SHIFTED], state


def _first_to_fail(_state: LabState, _choices: Choices) -> str:
    outcome, state = _example()
    first = culprit(outcome, events_of(outcome, state.logits))
    return _WHERE[first.step] if first and outcome.verdict != "right" else "nowhere"


def _numbers(_state: LabState, _choices: Choices) -> dict[str, str]:
    outcome, _ = _example()
    largest = significant_text(limits(outcome.dtype).largest)
    return {"a": significant_text(float(outcome.steps["probability"][1])), "largest": largest}


_PREDICTION = Prediction(
    "stability.steps",
    (*_WHERE.values(), "nowhere"),
    right=_first_to_fail,
    move=lambda: load_example("half"),
    numbers=_numbers,
)


def compared_table(
    outcomes: Sequence[Outcome], classes: Sequence[int], state: LabState, words: Wording
) -> Table:
    """Set the forms beside each other, a step of a class a row, for some of the classes."""
    by_form = [_steps_by_row(outcome, words) for outcome in outcomes]
    rows: list[list[str | Number]] = []
    for row, notation in _ROWS.items():
        for i in [0] if row in OF_ALL else classes:
            cells = [steps[row][i] if row in steps else "–" for steps in by_form]
            rows.append([notation.format(z=indexed("z", i), a=indexed("a", i)), *cells])
    verdicts = [verdict_text(outcome, state, words) for outcome in outcomes]
    rows.append([words("stability.verdict.head"), *verdicts])
    forms = [words(f"stability.form.{outcome.form}") for outcome in outcomes]
    one = "compared" if len(classes) == 1 else "compared_all"
    caption = words(f"stability.steps.{one}", dtype=outcomes[0].dtype, number=classes[0] + 1)
    return Table(caption, [words("stability.steps.head"), *forms], within(rows))


def _steps_by_row(outcome: Outcome, words: Wording) -> dict[str, Sequence[Number]]:
    """Return the numbers by row: exponentials that nothing was subtracted from have their own."""
    shifted = "shift" in outcome.steps
    return {
        "plain_exp" if name == "exp" and not shifted else name: numbers
        for name, numbers in explained_steps(outcome, words).items()
    }


def explanations(
    outcomes: Sequence[Outcome], state: LabState, words: Wording
) -> dict[str, list[str]]:
    """Say what went wrong in each form, by its name; once for those of which the same is said."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for outcome in outcomes:
        form = words(f"stability.form.{outcome.form}")
        alike.setdefault(tuple(_explanation(outcome, state, words)), []).append(form)
    return {words.listed(forms): [*sentences] for sentences, forms in alike.items()}


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
    tiny = tiny_text(outcome.reference.fine_loss)
    return words(
        f"stability.result.{ending}",
        loss=value_text(outcome.loss, words),
        exact=tiny or value_text(outcome.reference.loss, words),
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
