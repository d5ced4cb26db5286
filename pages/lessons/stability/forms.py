"""The screen of the four forms, side by side in every format: which of them break."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.lessons.stability.controls import take_dtype
from pages.lessons.stability.events import culprit, events_of
from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.numbers import Outcome, outcomes_of, watched_class
from pages.lessons.stability.texts import number, share_text, tiny_text
from pages.visit.choices import Choices
from pages.visit.precision import DTYPES
from pages.visit.presets import EXTREMES
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import mirror
from pages.widgets.figure import indexed
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import short_text, significant_text
from pages.writing.wording import Wording


def show() -> None:
    """Show what the forms make of the learner's logits, or of an example."""
    words, state = visit().words, visit().state
    lesson.section("stability", "forms", _PREDICTION)
    _examples_field()
    with st.container(key="forms-table"):
        table(*forms_table(state, words))
    if all(one.verdict == "right" for dtype in DTYPES for one in outcomes_of(state, dtype)):
        lesson.remark(words("stability.forms.all_right"))
    lesson.remark(words("stability.forms.legend"))
    lesson.prose("stability", "forms_seen", "forms_numbers")


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
        load_example(name)


def load_example(name: str) -> None:
    """Put an example on the bench, and look at it in its dtype."""
    example, dtype = EXTREMES[name]
    visit().edit("preset", lambda _: example)
    take_dtype(dtype)


_FORMS_THAT_LAST = {4: "all", 3: "three", 2: "two", 1: "one"}


def _that_last(_state: LabState, _choices: Choices) -> str:
    """Say how many forms are right of the logits [1000, 0] in float64."""
    outcomes = outcomes_of(*EXTREMES["far_apart"])
    return _FORMS_THAT_LAST[sum(outcome.verdict == "right" for outcome in outcomes)]


_PREDICTION = Prediction(
    "stability.forms",
    tuple(_FORMS_THAT_LAST.values()),
    right=_that_last,
    move=lambda: load_example("far_apart"),
)


def forms_table(state: LabState, words: Wording) -> Table:
    """Set the forms beside each other: in each dtype the verdict, the loss, dL/dz and a."""
    t = watched_class(state)
    rows = [row for dtype in DTYPES for row in _rows_of_format(state, dtype, words)]
    forms = [words(f"stability.form.{form}") for form in FORMS]
    caption = words("stability.forms.table", number=t + 1)
    return Table(caption, [words("stability.forms.head"), *forms, words("stability.exact")], rows)


def _rows_of_format(state: LabState, dtype: str, words: Wording) -> list[list[str | Number]]:
    """Return what all forms make of the logits in a dtype, and what is right, a quantity a row."""
    t, outcomes = watched_class(state), outcomes_of(state, dtype)
    right = outcomes[0].reference
    y = float(outcomes[0].target[t])
    columns = []
    for outcome in outcomes:
        a, slope = (float(outcome.steps[step][t]) for step in ("probability", "gradient"))
        share = number("probability", a, words, t)
        loss, gradient = number("loss", outcome.loss, words), number("gradient", slope, words, t)
        by_probability = "slope" in outcome.steps
        columns.append(
            _explained(loss, gradient, share, y, f"{dtype}: ", by_probability=by_probability)
        )
    columns.append(
        _explained(
            number("loss", right.loss, words, None, tiny_text(right.fine_loss)),
            number("gradient", right.gradient[t], words, t, tiny_text(right.fine_gradient[t])),
            number("probability", right.probabilities[t], words, t, share_text(right, t)),
            y,
            "",
            by_probability=True,
        )
    )
    verdicts = [verdict_text(outcome, state, words) for outcome in outcomes]
    symbols = ("L", indexed("∂L/∂z", t), indexed("a", t))
    quantities = zip(symbols, zip(*columns, strict=True), strict=True)
    return [[dtype, *verdicts, ""], *([symbol, *cells] for symbol, cells in quantities)]


def _explained(
    loss: Number, gradient: Number, share: Number, y: float, where: str, *, by_probability: bool
) -> tuple[Number, Number, Number]:
    """Say what loss and gradient are made of, where it is the probability: -ln a, and a - y.

    where   they are calculated, which also rounds them
    The formulas name no cells: those of another format have the same names.
    """
    if by_probability and y == 1 and share.value > 0:
        loss = loss.computed(f"{where}−ln a", "−ln {}", share)
    gradient = gradient.computed(f"{where}a − y", f"{{}} − {short_text(y)}", share)
    return replace(loss, uses=()), replace(gradient, uses=()), share


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
