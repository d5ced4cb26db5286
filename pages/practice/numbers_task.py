"""Questions whose answer is numbers, as the page shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from pages.practice.attempts import Attempt, Finding, Outcome
from pages.practice.exercises import Exercise
from pages.practice.number_judging import NumberVerdict, judged
from pages.practice.number_questions import DECIMALS, NumberQuestion, number_question
from pages.practice.number_texts import shown
from pages.visit.session import visit
from pages.widgets.lesson import passage
from pages.writing.numerals import parse_numbers, short_text
from pages.writing.plain_text import as_plain_markdown
from pages.writing.refusal import Refused
from pages.writing.wording import Wording

_ALL_DECIMALS = re.compile(rf"[.,]\d{{{DECIMALS}}}")


class NumbersTask:
    """A question for numbers."""

    keys = ()

    def __init__(self, exercise: Exercise) -> None:
        self.question = number_question(exercise.variant)
        self.slips = tuple(self.question.slips)

    @property
    def heading(self) -> str:
        """What is asked for, in a few words."""
        return visit().words(f"practice.numbers_heading.{self.question.topic}")

    def show(self) -> None:
        """Show the question."""
        passage("practice", question_text(self.question, visit().words))

    def field(self, _own: Attempt) -> None:
        """Ask for a number, or a list of them."""
        words, count = visit().words, len(self.question.right)
        asked = "answer_number" if count == 1 else "answer_numbers"
        st.text_input(
            words(f"practice.{asked}", count=count),
            key="answer",
            autocomplete="off",
            help=words("practice.given_numbers"),
        )

    def judge(self, answer: Any, own: Attempt) -> Outcome:
        """Judge what was typed."""
        try:
            numbers = parse_numbers(str(answer), "practice_answer")
        except Refused as refused:
            return Outcome("unreadable", partial(_refused, refused))
        question, is_rounded = self.question, _ALL_DECIMALS.search(str(answer)) is None
        verdict = judged(question, numbers, is_rounded=is_rounded)
        if verdict.ok:
            say = partial(_right, question, after_hints=own.given)
            return Outcome("right", say, bench=question.query, ends=True)
        finding: Finding = "undecided" if verdict.ok is None else "wrong"
        say = partial(verdict_text, question, verdict, len(numbers))
        return Outcome(finding, say, verdict.slip, bench=question.query)

    def hints(self, _own: Attempt) -> Sequence[Callable[[], None]]:
        """Show the rule, then the numbers in it, then the answer."""
        words, question = visit().words, self.question
        rule = words.label(f"practice.numbers_hint.{question.topic}")
        answer = words("practice.said.solution", numbers=f"${shown(question.right, DECIMALS)}$")
        return [partial(passage, "practice", x) for x in (rule, working(question), answer)]


def _refused(refused: Refused, words: Wording) -> str:
    sentence = as_plain_markdown(words.refusal(refused))
    return words("practice.said.unreadable", sentence=sentence)


def _right(question: NumberQuestion, words: Wording, *, after_hints: bool) -> str:
    said = "right_after_hints" if after_hints else "right"
    return f"{words(f'practice.said.{said}')}\n\n{working(question)}"


def question_text(question: NumberQuestion, words: Wording) -> str:
    """Ask the question with its numbers."""
    return words(f"practice.numbers.{question.topic}", **question.given)


def result_text(question: NumberQuestion) -> str:
    """Write the answer: a number, or a list in brackets."""
    values = shown(question.right, DECIMALS)
    return values if len(question.right) == 1 else f"({values})"


def working(question: NumberQuestion) -> str:
    """Write the answer with the numbers in, as a display."""
    result = result_text(question)
    return rf"$$\begin{{gathered}} {question.working} \\[6pt] \approx {result} \end{{gathered}}$$"


def verdict_text(
    question: NumberQuestion, verdict: NumberVerdict, given: int, words: Wording
) -> str:
    """Say what is wrong, not only that something is."""
    match verdict.finding:
        case "slip":
            name = words(f"practice.slip.{verdict.slip}.name")
            sentence = words.label(f"practice.slip.{verdict.slip}.said")
            return words("practice.said.slip", name=name, sentence=sentence)
        case "count":
            return words("practice.said.count", given=given, count=len(question.right))
        case "coarse" | "order" as finding:
            return words(f"practice.said.{finding}")
    entries = words.listed(words("practice.said.entry", number=k) for k in verdict.wrong)
    look = words.label(f"practice.numbers_look.{question.topic}")
    said = "entries" if entries else "wrong"
    text = words(f"practice.said.{said}", wrong=entries, look=look)
    if verdict.total is not None:
        text += " " + words("practice.said.total", total=short_text(verdict.total))
    return text
