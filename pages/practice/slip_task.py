"""Find the slip: lines of a derivation, one of which is wrong, as the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from pages.derivation.lines import aligned, coloured_line
from pages.derivation.step_words import step_sentences
from pages.practice.attempts import Attempt, Outcome
from pages.practice.exercises import Exercise
from pages.practice.said_numbers import bench_query, said_numbers, said_value
from pages.practice.slipped_lines import slipped_line
from pages.visit.session import visit
from pages.widgets.lesson import passage
from pages.writing.palette import theme
from pages.writing.wording import Wording


class SlipTask:
    """A line to find."""

    keys = ()

    def __init__(self, exercise: Exercise) -> None:
        self.slipped = slipped_line(exercise)
        self.slips = (self.slipped.slip,)

    @property
    def heading(self) -> str:
        """What is derived."""
        return visit().words(f"derivation.{self.slipped.derivation.id}.title")

    def show(self, _own: Attempt) -> None:
        """Show what is known, and the line that the others are to follow from."""
        words, first = visit().words, self.slipped.first
        passage("practice", words("practice.slip_task.question"))
        given(self.slipped.derivation.id, words)
        start = self._formula(first)
        passage("practice", words("practice.slip_task.start", number=first + 1, line=f"${start}$"))

    def field(self, _own: Attempt) -> None:
        """Let the learner choose a line."""
        words, places = visit().words, range(self.slipped.first + 1, self.slipped.last + 1)
        st.radio(
            words("practice.slip_task.which"),
            places,
            index=None,
            key="answer",
            format_func=lambda place: rf"({place + 1}) $= {self._formula(place)}$",
        )

    def _formula(self, place: int) -> str:
        return rf"\displaystyle {coloured_line(self.slipped.shown(place), theme())}"

    def judge(self, answer: Any, own: Attempt) -> Outcome:
        """Judge the line that was chosen."""
        words, slipped = visit().words, self.slipped
        if not isinstance(answer, int) or not slipped.first < answer <= slipped.last:
            return Outcome("undecided", words("practice.slip_task.nothing"))
        if answer == slipped.wrong:
            said = "found_after_hints" if own.given else "found"
            text = f"{words(f'practice.slip_task.{said}', number=answer + 1)} {self._about(words)}"
            return Outcome("right", text, bench=bench_query(slipped.evidence.numbers), ends=True)
        after = "_after" if answer == slipped.wrong + 1 else ""
        text = words(f"practice.slip_task.right_line{after}", number=answer + 1)
        if not after:
            text = f"{text} {step_sentences(slipped.derivation, answer - 1, words)}"
        return Outcome("wrong", text, slipped.slip)

    def hints(self, _own: Attempt) -> Sequence[Callable[[], None]]:
        """Name the slip, show the values of all lines, then the answer."""
        words = visit().words
        name = words(f"practice.slip.{self.slipped.slip}.name")
        texts = [words("practice.slip_task.hint_name", name=name), self._values(words)]
        answer = words("practice.slip_task.hint_line", number=self.slipped.wrong + 1)
        return [partial(passage, "practice", text) for text in (*texts, answer)]

    def _values(self, words: Wording) -> str:
        slipped = self.slipped
        values = [
            rf"({place + 1})\; {said_value(slipped.value(place))}"
            for place in range(slipped.first, slipped.last + 1)
        ]
        return words(
            "practice.slip_task.hint_values",
            numbers=f"${said_numbers(slipped.evidence)}$",
            values=f"${', '.join(values)}$",
        )

    def _about(self, words: Wording) -> str:
        slipped = self.slipped
        name = words(f"practice.slip.{slipped.slip}.name")
        right = coloured_line(slipped.derivation.lines[slipped.wrong], theme())
        return "\n\n".join(
            [
                words(
                    "practice.slip_task.about",
                    name=name,
                    sentence=words.label(f"practice.slip.{slipped.slip}.said"),
                ),
                words(
                    "practice.slip_task.evidence",
                    numbers=f"${said_numbers(slipped.evidence)}$",
                    this=said_value(slipped.evidence.after),
                    before=said_value(slipped.evidence.before),
                ),
                words("practice.slip_task.instead"),
                aligned([f"& = {right}"]),
            ]
        )


def given(identifier: str, words: Wording) -> None:
    """Show the equations that a derivation starts from."""
    from pages.derivation.lines import given as equations

    known = ",&ensp; ".join(rf"${{\displaystyle {x}}}$" for x in equations(identifier, theme()))
    if known:
        with st.container(key="given-practice"):
            st.markdown(words("derivation_ui.given", known=known))
