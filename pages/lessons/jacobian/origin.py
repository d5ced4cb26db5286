"""The screen of the derivation of the Jacobian, written for the entry that is looked at."""

from __future__ import annotations

from pages.derivation import show_derivation
from pages.lessons.jacobian.derived import SOFTMAX_JACOBIAN
from pages.lessons.jacobian.numbers import learners_entry
from pages.widgets import lesson


def show() -> None:
    """Show the derivation at the learner's entry."""
    lesson.at_temperature_one()
    i, j = learners_entry()
    show_derivation("jacobian", SOFTMAX_JACOBIAN, page_indices={"i": i + 1, "j": j + 1})
