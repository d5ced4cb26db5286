"""An exercise on paper: its question and its answer, in Markdown with formulas between dollars."""

from __future__ import annotations

from typing import NamedTuple

from derivations import Derivation, facts, latex
from pages.practice.derive_task import DeriveTask, goal_text
from pages.practice.exercises import Exercise
from pages.practice.gap_task import GapTask
from pages.practice.number_questions import number_question
from pages.practice.numbers_task import question_text, result_text
from pages.practice.slipped_lines import slipped_line
from pages.practice.typed_lines import GAP_FORMULA
from pages.writing.wording import Wording


class PrintedItem(NamedTuple):
    """Paragraphs of the question and of the answer."""

    heading: str
    question: list[str]
    answer: list[str]


def printed_item(exercise: Exercise, words: Wording) -> PrintedItem:
    """Write an exercise for paper."""
    if exercise.kind == "numbers":
        question = number_question(exercise.variant)
        heading = words(f"practice.numbers_heading.{question.topic}")
        answer = f"${question.working} \\approx {result_text(question)}$"
        return PrintedItem(heading, [question_text(question, words)], [answer])
    if exercise.kind == "slip":
        return _slip(exercise, words)
    if exercise.kind == "gap":
        return _gap(GapTask(exercise), words)
    return _derive(DeriveTask(exercise).one, words)


def _title(one: Derivation, words: Wording) -> str:
    return words(f"derivation.{one.id}.title")


def _given(one: Derivation, words: Wording) -> str:
    known = ", ".join(f"${latex(x)}$" for x in facts(one))
    return words("derivation_ui.given", known=known)


def _numbered(lines: list[str]) -> list[str]:
    return [
        f"({number}) ${'= ' if number > 1 else ''}{line}$" for number, line in enumerate(lines, 1)
    ]


def _slip(exercise: Exercise, words: Wording) -> PrintedItem:
    slipped = slipped_line(exercise)
    one, places = slipped.derivation, range(slipped.first, slipped.last + 1)
    lines = [latex(slipped.shown(place)) for place in places]
    question = [words("practice.slip_task.question"), _given(one, words), *_numbered(lines)]
    number = slipped.wrong - slipped.first + 1
    name = words(f"practice.slip.{slipped.slip}.name")
    answer = [
        words("practice.sheet.slip", number=number, name=name),
        f"$= {latex(one.lines[slipped.wrong])}$",
    ]
    return PrintedItem(_title(one, words), question, answer)


def _gap(task: GapTask, words: Wording) -> PrintedItem:
    lines = [
        GAP_FORMULA if place == task.place else latex(task.one.lines[place]) for place in task.shown
    ]
    question = [words("practice.gap_task.question"), _given(task.one, words), *_numbered(lines)]
    return PrintedItem(
        _title(task.one, words), question, [f"$= {latex(task.one.lines[task.place])}$"]
    )


def _derive(one: Derivation, words: Wording) -> PrintedItem:
    question = [words.label(f"derivation.{one.id}.question"), _given(one, words)]
    question += [goal_text(one, words), f"${latex(one.start)}$"]
    return PrintedItem(_title(one, words), question, _numbered([latex(x) for x in one.lines]))
