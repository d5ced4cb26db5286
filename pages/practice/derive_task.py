"""Derive: a derivation is written line by line, each judged at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from derivations import Derivation, Verdict
from pages.derivation.lines import FAMILY, aligned, coloured_line
from pages.practice.attempts import Attempt, Outcome, clear_answer, said
from pages.practice.draws import Draws
from pages.practice.exercises import Exercise
from pages.practice.line_forms import (
    is_same,
    left_over,
    letters_of,
    limits,
    next_place,
    place_of,
)
from pages.practice.line_task import LineTask
from pages.practice.typed_lines import (
    given,
    judged_line,
    line_field,
    line_hints,
    listed,
    proof_mark,
    proof_text,
)
from pages.visit.practice import DERIVATIONS
from pages.visit.session import visit
from pages.widgets.lesson import passage
from pages.writing.palette import theme
from pages.writing.wording import Wording


@dataclass(frozen=True)
class WrittenLine:
    """A line that was taken.

    line   as it was read
    known  what is proved of it
    place  where it is in the derivation, or what of it is next to it
    """

    line: Any
    known: Verdict
    place: int


class DeriveTask(LineTask):
    """A derivation to write."""

    def __init__(self, exercise: Exercise) -> None:
        drawn = exercise.derivation or Draws("derive", exercise.variant).one(DERIVATIONS)
        self.one = FAMILY[drawn]

    def show(self) -> None:
        """Show what it is to lead to."""
        words = visit().words
        passage("practice", words.label(f"derivation.{self.one.id}.question"))
        given(self.one.id, words)
        passage("practice", goal_text(self.one, words))

    def field(self, own: Attempt) -> None:
        """Show where it begins, and the lines that are written; ask for the next one."""
        words = visit().words
        start = coloured_line(self.one.start, theme())
        with st.container(key="lines-written"):
            st.markdown(aligned([f"& {start}"]))
            for number, one in enumerate(own.lines, start=1):
                sign = "check" if one.known.ok else "help"
                said = proof_mark(one.known, words)
                st.markdown(
                    f"{aligned([f'& = {coloured_line(one.line, theme())}'])}\n\n"
                    f":small[:material/{sign}: ({number}) {said}]"
                )
        line_field(words("practice.derive.field"), self.one)

    def judge(self, answer: Any, own: Attempt) -> Outcome:
        """Judge the next line; take it where it is not wrong."""
        if own.outcome is not None and own.is_over:
            return own.outcome
        at = own.lines[-1].place if own.lines else 0
        known = judged_line(self.one, min(at + 1, len(self.one.lines) - 1), str(answer))
        if isinstance(known, Outcome):
            return known
        before = own.lines[-1].line if own.lines else self.one.start
        if is_same(known.line, before):
            return Outcome("undecided", said("practice.line.again"))
        return self._taken(known, at, own)

    def _taken(self, known: Verdict, at: int, own: Attempt) -> Outcome:
        place = place_of(self.one, known.line, at)
        own.lines.append(WrittenLine(known.line, known, place))
        own.hints = 0
        clear_answer()
        left, most = left_over(known.line, self.one), limits(self.one)
        after = "_after_hints" if own.given else ""

        def say(words: Wording) -> str:
            parts = [
                words("practice.derive.too_many", one=words(f"practice.one.{x}"))
                if most.get(x)
                else words(f"practice.left.{x}")
                for x in left
            ]
            if parts:
                both = listed(parts, words("practice.and"), words)
                return f"{proof_text(known, words)} {words('practice.derive.goes_on', left=both)}"
            return f"{proof_text(known, words)} {words(f'practice.derive.done{after}')}"

        return Outcome("right" if known.ok else "unproved", say, ends=not left)

    def hints(self, own: Attempt) -> Sequence[Callable[[], None]]:
        """Show the way to the next line of the derivation, as far as it can be typed."""
        if own.is_over:
            return []
        place = next_place(self.one, own.lines[-1].place if own.lines else 0)
        if place is None:
            place = len(self.one.lines) - 1
        return line_hints(self.one, place)


def goal_text(one: Derivation, words: Wording) -> str:
    """Say what the result is to be like, all of it and without giving it away."""
    letters = listed([f"${x}$" for x in letters_of(one.result)], words("practice.and"), words)
    allowed = limits(one)
    gone = [words(f"practice.left.{x}") for x, most in allowed.items() if not most]
    single = [words(f"practice.one.{x}") for x, most in allowed.items() if most]
    form = words("practice.derive.without", kinds=listed(gone, words("practice.or"), words))
    if single:
        kinds = listed(single, words("practice.and"), words)
        at_most = words("practice.derive.at_most", kinds=kinds)
        form = words("practice.derive.form", without=form, at_most=at_most)
    return words("practice.derive.goal", letters=letters, form=form)
