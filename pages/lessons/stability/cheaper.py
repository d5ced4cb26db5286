"""The screen of what log-softmax saves: operations counted, and both ways timed when asked."""

from __future__ import annotations

import streamlit as st

from pages.lessons.stability.cost import CLASSES, OPERATIONS, WAYS, Timing, operations, time_both
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.wording import Wording


def show() -> None:
    """Show the operations for as many logits as the learner has, and offer to time them."""
    words = visit().words
    lesson.section("stability", "cheaper", _PREDICTION)
    with lesson.veil("cheaper"):
        table(*operations_table(visit().state.classes, words))
        lesson.remark(_many_classes_sentence(words))
        lesson.prose("stability", "cheaper_seen")
    _timing()


def operations_table(classes: int, words: Wording) -> Table:
    """Lay out how many operations of each kind the two ways take for one row of logits."""
    tallies = [operations(way, classes) for way in WAYS]
    rows: list[list[str | Number]] = [
        [
            words(f"stability.operation.{name}"),
            *(Number("count", tally[name], str(tally[name])) for tally in tallies),
        ]
        for name in OPERATIONS
    ]
    last = [
        Number("sum_count", tally.total(), str(tally.total())).total_of(
            [Number("count", tally[name], str(tally[name])) for name in OPERATIONS]
        )
        for tally in tallies
    ]
    heads = [words(f"stability.way.{way}") for way in WAYS]
    return Table(
        words("stability.cheaper.table", n=classes),
        [words("stability.cheaper.operation"), *heads],
        [*rows, [words("stability.cheaper.all"), *last]],
    )


def _many_classes_sentence(words: Wording) -> str:
    """Say what the count comes to for a thousand classes."""
    old, new = (operations(way, CLASSES).total() for way in WAYS)
    return words("stability.cheaper.many", n=CLASSES, old=old, new=new)


def _timing() -> None:
    """Time both ways when asked, and keep what came out until the next time."""
    words = visit().words
    # By a callback: what a button returns is lost where another run comes between.
    st.button(words("stability.cheaper.button"), on_click=_time)
    timing: Timing | None = st.session_state.get("timing")
    if timing is not None:
        table(*timing_table(timing, words))
        lesson.remark(_timing_sentence(timing, words))


def _time() -> None:
    st.session_state.timing = time_both()


_SAVED = {"percent": 0.01, "sixth": 1 / 6, "half": 0.5, "most": 0.9}


def _share_saved(_state: LabState, _choices: Choices) -> str:
    """Return the answer nearest to the share of the operations that log-softmax saves."""
    old, new = (operations(way, CLASSES).total() for way in WAYS)
    return min(_SAVED, key=lambda answer: abs(_SAVED[answer] - (1 - new / old)))


_PREDICTION = Prediction(
    "stability.cheaper",
    tuple(_SAVED),
    right=_share_saved,
    move=_time,
    numbers=lambda _state, _choices: {"n": str(CLASSES)},
)


def timing_table(timing: Timing, words: Wording) -> Table:
    """Lay out the two medians."""
    rows: list[list[str | Number]] = [
        [words(f"stability.way.{way}"), Number("microseconds", taken * 1e6, f"{taken * 1e6:.1f}")]
        for way, taken in timing.seconds.items()
    ]
    head = [words("stability.cheaper.way"), words("stability.cheaper.time")]
    return Table(words("stability.cheaper.timed"), head, rows)


def _timing_sentence(timing: Timing, words: Wording) -> str:
    """Say which way was faster this time, whichever it was."""
    old, new = timing.seconds["log_of_softmax"], timing.seconds["log_softmax"]
    which = "faster" if new < old else "slower"
    share = f"{100 * abs(1 - new / old):.0f}"
    return words(f"stability.cheaper.{which}", share=share, repeats=timing.repeats)
