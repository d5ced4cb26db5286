"""Find the slip: lines of a derivation, one of which is wrong, as the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from pages.derivation.lines import aligned, coloured_line
from pages.derivation.step_words import step_sentences
from pages.practice.attempts import Attempt, Outcome, said
from pages.practice.exercises import Exercise
from pages.practice.said_numbers import bench_query, evidence_text, said_numbers, said_values
from pages.practice.slipped_lines import SlippedLine, slip_of, slipped_line
from pages.practice.typed_lines import given, slip_text
from pages.visit.session import visit
from pages.widgets.lesson import passage
from pages.writing.palette import theme
from pages.writing.wording import Wording


class SlipTask:
    """A line to find."""

    keys = ()

    def __init__(self, exercise: Exercise) -> None:
        self.exercise = exercise
        self.slips: tuple[str, ...] = slip_of(exercise)[1:]

    @property
    def slipped(self) -> SlippedLine:
        """The lines, found when they are first shown; the slip in them may be another."""
        found = slipped_line(self.exercise)
        self.slips = (found.slip,)
        return found

    @property
    def heading(self) -> str:
        """What is derived."""
        return visit().words(f"derivation.{self.slipped.derivation.id}.title")

    def show(self) -> None:
        """Show what is known, and the line that the others are to follow from."""
        words, first = visit().words, self.slipped.first
        passage("practice", words("practice.slip_task.question"))
        given(self.slipped.derivation.id, words)
        start = self._formula(first)
        passage("practice", words("practice.slip_task.start", line=f"${start}$"))

    def field(self, _own: Attempt) -> None:
        """Let the learner choose a line."""
        words, places = visit().words, range(self.slipped.first + 1, self.slipped.last + 1)
        st.radio(
            words("practice.slip_task.which"),
            places,
            index=None,
            key="answer",
            format_func=lambda place: rf"({self._number(place)}) $= {self._formula(place)}$",
            label_visibility="collapsed",
        )

    def _number(self, place: int) -> int:
        """Return the number of a line as it is shown, from 1."""
        return place - self.slipped.first + 1

    def _formula(self, place: int) -> str:
        return rf"\displaystyle {coloured_line(self.slipped.shown(place), theme())}"

    def judge(self, answer: Any, own: Attempt) -> Outcome:
        """Judge the line that was chosen; once the wrong one is found, it stays so."""
        if own.outcome is not None and own.is_over:
            return own.outcome
        slipped = self.slipped
        if not isinstance(answer, int) or not slipped.first < answer <= slipped.last:
            return Outcome("undecided", said("practice.slip_task.nothing"))
        if answer == slipped.wrong:
            say = partial(self._found, after_hints=own.given)
            query = bench_query(slipped.derivation, slipped.evidence.numbers)
            return Outcome("right", say, bench=query, ends=True)
        return Outcome("wrong", partial(self._right_line, answer), slipped.slip)

    def _right_line(self, place: int, words: Wording) -> str:
        """Say that a line is right, and by which rule, or that the one before it is wrong."""
        number = self._number(place)
        if place == self.slipped.wrong + 1:
            return words("practice.slip_task.right_line_after", number=number)
        text = words("practice.slip_task.right_line", number=number)
        return f"{text}\n\n{step_sentences(self.slipped.derivation, place - 1, words)}"

    def _found(self, words: Wording, *, after_hints: bool) -> str:
        found = "found_after_hints" if after_hints else "found"
        number = self._number(self.slipped.wrong)
        return f"{words(f'practice.slip_task.{found}', number=number)} {self._about(words)}"

    def hints(self, _own: Attempt) -> Sequence[Callable[[], None]]:
        """Name the slip, show the values of all lines, then the answer."""
        words = visit().words
        name = words(f"practice.slip.{self.slipped.slip}.name")
        texts = [words("practice.slip_task.hint_name", name=name), self._values(words)]
        answer = words("practice.slip_task.hint_line", number=self._number(self.slipped.wrong))
        return [partial(passage, "practice", text) for text in (*texts, answer)]

    def _values(self, words: Wording) -> str:
        slipped = self.slipped
        wrong, right = said_values(slipped.evidence)
        values = [
            f"({self._number(place)}) {wrong if place == slipped.wrong else right}"
            for place in range(slipped.first, slipped.last + 1)
        ]
        return words(
            "practice.slip_task.hint_values",
            numbers=f"${said_numbers(slipped.evidence)}$",
            values=words.listed(values),
        )

    def _about(self, words: Wording) -> str:
        slipped = self.slipped
        right = coloured_line(slipped.derivation.lines[slipped.wrong], theme())
        return "\n\n".join(
            [
                slip_text(slipped.slip, words),
                evidence_text(slipped.evidence, words),
                words("practice.slip_task.instead"),
                aligned([f"& = {right}"]),
            ]
        )
