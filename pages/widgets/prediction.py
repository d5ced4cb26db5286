"""A screen's question before its picture is moved: which way, how far, who pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import streamlit as st

from pages.visit.choices import Choices
from pages.visit.one_go import rerun
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets.controls import choice_of, mirror
from pages.writing.math_colours import coloured
from pages.writing.palette import theme
from pages.writing.plain_text import as_plain_markdown
from pages.writing.wording import sentences

Numbers: TypeAlias = Mapping[str, str]
Words: TypeAlias = Callable[[str], str]  # of the question, why, or an answer, by its name


@dataclass(frozen=True)
class Prediction:
    """A question with a few answers, of which core's is right at any numbers of the learner's.

    name     `<lesson>.<screen>`; its words are `predict.<name>.question`, `.why` and each answer's
    answers  by name, in the order in which they are offered
    right    which of them is right; the move leaves it as it is
    move     makes the change that the question is about, so that the picture shows the answer;
             nothing where the picture is veiled until then
    numbers  what its words need, by the names of their gaps
    """

    name: str
    answers: tuple[str, ...]
    right: Callable[[LabState, Choices], str]
    move: Callable[[], None] = lambda: None
    numbers: Callable[[LabState, Choices], Numbers] = lambda _state, _choices: {}

    def words(self) -> Words:
        """Return what says the question, why, or an answer, at the learner's numbers."""
        current = visit()
        numbers = self.numbers(current.state, current.choices)
        plain = {name: as_plain_markdown(text) for name, text in numbers.items()}
        return lambda part: current.words(f"predict.{self.name}.{part}", **plain)


def ask(prediction: Prediction) -> None:
    """Ask for a prediction, and say what is right once it is given."""
    current = visit()
    current.check_guess(prediction.answers)
    if current.notices_shown != current.notices_due:
        rerun()
    guess, text = current.choices.place.guess, prediction.words()
    with st.container(key="prediction"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _answers(prediction, guess, text)
            if not guess and current.question_is_open:
                st.button(
                    current.words("predict.pass"),
                    key="pass_over",
                    type="tertiary",
                    on_click=current.pass_over,
                )
        # Read out as soon as it is there.
        with st.container(key="says-prediction"):
            if guess:
                _say(prediction, guess, text)


def _answers(prediction: Prediction, guess: str, text: Words) -> None:
    mirror("guess", guess or None, (prediction.name, text("question")))
    st.radio(
        coloured(text("question"), theme()),
        prediction.answers,
        index=None,
        key="guess",
        horizontal=True,
        format_func=text,
        on_change=_take,
        args=(prediction,),
    )


def _take(prediction: Prediction) -> None:
    guess = choice_of("guess", prediction.answers)
    current = visit()
    if guess is None:
        return
    prediction.move()
    place = replace(current.choices.place, guess=guess)
    current.choose("guess", lambda choices: replace(choices, place=place))


def _say(prediction: Prediction, guess: str, text: Words) -> None:
    current = visit()
    right = prediction.right(current.state, current.choices)
    verdict = current.words(
        "predict.right" if guess == right else "predict.wrong", answer=text(right)
    )
    say = st.success if guess == right else st.info
    say(coloured(sentences([verdict, text("why")]), theme()))
