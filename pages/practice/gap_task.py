"""Fill the gap: one line of a derivation is hidden, and typed by the learner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from pages.derivation.lines import FAMILY, aligned, coloured_line
from pages.practice.attempts import Attempt, Outcome, said
from pages.practice.draws import Draws
from pages.practice.exercises import Exercise
from pages.practice.line_forms import is_same, typed_line
from pages.practice.line_task import LineTask
from pages.practice.typed_lines import (
    GAP_FORMULA,
    given,
    judged_line,
    line_field,
    line_hints,
    proof_text,
)
from pages.visit.practice import DERIVATIONS
from pages.visit.session import visit
from pages.widgets.lesson import passage
from pages.writing.palette import theme
from pages.writing.wording import Wording

_AROUND = 2  # lines shown before the gap, and after it


class GapTask(LineTask):
    """A line to fill in."""

    def __init__(self, exercise: Exercise) -> None:
        draws = Draws("gap", exercise.variant)
        self.one = FAMILY[exercise.derivation or draws.one(DERIVATIONS)]
        lines = self.one.lines
        # Neither the first nor the last, and no line that could be copied from its neighbour.
        places = [k for k in range(1, len(lines) - 1) if typed_line(self.one, k) is not None]
        self.place = draws.one(places)
        first, last = self.place - _AROUND, self.place + _AROUND
        self.shown = range(max(first, 0), min(last, len(lines) - 1) + 1)

    def show(self) -> None:
        """Show the lines around the gap."""
        words = visit().words
        passage("practice", words("practice.gap_task.question"))
        given(self.one.id, words)
        rows: list[str] = []
        for place in self.shown:
            line = coloured_line(self.one.lines[place], theme())
            shown = GAP_FORMULA if place == self.place else line
            rows.append(f"& {'= ' if rows else ''}{shown}")
        with st.container(key="lines-gap"):
            st.markdown(aligned(rows))

    def field(self, _own: Attempt) -> None:
        """Ask for the line."""
        line_field(visit().words("practice.gap_task.field"), self.one)

    def judge(self, answer: Any, own: Attempt) -> Outcome:
        """Judge the line."""
        known = judged_line(self.one, self.place, str(answer))
        if isinstance(known, Outcome):
            return known
        others = [self.one.lines[k] for k in self.shown if k != self.place]
        if any(is_same(known.line, x) for x in others):
            return Outcome("undecided", said("practice.gap_task.shown"))
        done = "done_after_hints" if own.given else "done"
        hidden = self.one.lines[self.place]

        def say(words: Wording) -> str:
            text = f"{proof_text(known, words)} {words(f'practice.gap_task.{done}')}"
            if is_same(known.line, hidden):
                return text
            line = aligned([f"& = {coloured_line(hidden, theme())}"])
            return f"{text}\n\n{words('practice.gap_task.here')}\n\n{line}"

        return Outcome("right" if known.ok else "unproved", say, ends=True)

    def hints(self, _own: Attempt) -> Sequence[Callable[[], None]]:
        """Show the way from the line before the gap."""
        return line_hints(self.one, self.place)
