"""The screen of the four forms, side by side in every format: which of them break."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.lessons.stability.events import culprit, events_of
from pages.lessons.stability.numbers import Outcome, outcomes_of, watched_class
from pages.lessons.stability.texts import number, share_text, tiny_text, value_text
from pages.visit.precision import DTYPES, Precision
from pages.visit.presets import EXTREMES
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.figure import indexed
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import significant_text
from pages.writing.wording import Wording


def show() -> None:
    """Show what the forms make of the learner's logits, or of an example."""
    words, state = visit().words, visit().state
    lesson.section("stability", "forms")
    _examples_field()
    with st.container(key="forms-verdicts"):
        table(*verdicts_table(state, words))
    if all(one.verdict == "right" for dtype in DTYPES for one in outcomes_of(state, dtype)):
        lesson.remark(words("stability.forms.all_right"))
    lesson.remark(words("stability.forms.legend"))
    lesson.prose("stability", "forms_seen")
    with lesson.fold(words("stability.forms.numbers"), "forms-numbers") as is_open:
        if is_open:
            for dtype in DTYPES:
                table(*forms_table(state, dtype, words))
            lesson.remark(words("stability.forms.watched", number=watched_class(state) + 1))
            lesson.prose("stability", "forms_numbers")


def _examples_field() -> None:
    """Load one of the lesson's examples: it sets the logits, here and on the bench, and a dtype."""
    current = visit()
    words, state = current.words, current.state
    mirror("extreme", next((name for name, (z, _) in EXTREMES.items() if z == state), None))
    st.pills(
        words("stability.example.label"),
        list(EXTREMES.keys()),
        key="extreme",
        format_func=lambda name: words(f"stability.example.{name}"),
        on_change=_take_example,
    )


def _take_example() -> None:
    name = st.session_state.extreme
    if name in EXTREMES:  # none is chosen where the one that stands was clicked again
        example, dtype = EXTREMES[name]
        visit().edit("preset", lambda _: example)
        visit().choose("dtype", lambda choices: replace(choices, precision=Precision(dtype)))


def verdicts_table(state: LabState, words: Wording) -> Table:
    """Lay out how every form did in every format."""
    by_format = [outcomes_of(state, dtype) for dtype in DTYPES]
    rows = [
        [
            words(f"stability.form.{forms[0].form}"),
            *(verdict_text(outcome, state, words) for outcome in forms),
        ]
        for forms in zip(*by_format, strict=True)
    ]
    return Table(words("stability.forms.table"), [words("stability.form.head"), *DTYPES], rows)


def forms_table(state: LabState, dtype: str, words: Wording) -> Table:
    """Lay out every form in a dtype: the verdict, the loss, and dL/dz and a of one class."""
    t, outcomes = watched_class(state), outcomes_of(state, dtype)
    right = outcomes[0].exact
    rows: list[list[str | Number]] = [
        [
            words("stability.exact"),
            "",
            Number("loss", right.loss, tiny_text(right.fine_loss) or value_text(right.loss, words)),
            number("gradient", right.gradient[t], words, t, tiny_text(right.fine_gradient[t])),
            Number("probability", right.probabilities[t], share_text(right, t), t + 1),
        ]
    ]
    for outcome in outcomes:
        a, slope = (float(outcome.steps[step][t]) for step in ("probability", "gradient"))
        rows.append(
            [
                words(f"stability.form.{outcome.form}"),
                verdict_text(outcome, state, words),
                number("loss", outcome.loss, words),
                number("gradient", slope, words, t),
                number("probability", a, words, t),
            ]
        )
    symbols = ["L", indexed("dL/dz", t), indexed("a", t)]
    head = [words("stability.form.head"), words("stability.verdict.head"), *symbols]
    return Table(dtype, head, rows)


def verdict_text(outcome: Outcome, state: LabState, words: Wording) -> str:
    """Say in a few words how a form did, and what it failed of."""
    if outcome.verdict in ("right", "lost"):
        return words(f"stability.verdict.{outcome.verdict}")
    if outcome.verdict == "rough":
        error = max(outcome.loss_error, outcome.gradient_error)
        return words("stability.verdict.rough", error=significant_text(error))
    first = culprit(outcome, events_of(outcome, state.logits))
    if first is None:
        raise RuntimeError(f"{outcome.form} in {outcome.dtype} failed at {state.logits} of nothing")
    return words(f"stability.short.{first.step}_{first.kind}")
