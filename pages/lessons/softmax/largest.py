"""The screen of a decision: of ten actions' probabilities, the k largest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core import softmax, top_k
from pages.film import Axis, Bar, Film, Panel, film
from pages.visit.presets import PRESETS, TEN_ACTIONS
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, fill, theme
from pages.writing.wording import Wording

_ASKED = 3  # how many the question keeps


def show() -> None:
    """Let the learner choose how many actions to keep, and take all ten for their own."""
    words, state = visit().words, visit().state
    lesson.section("softmax", "largest", _PREDICTION)
    kept = visit().choices.knobs.kept
    film("softmax", "largest", largest_film(TEN_ACTIONS, kept, state, words, theme()), kept, _take)
    st.button(
        words("softmax.to_here"), help=words("softmax.to_here_help"), on_click=_take_ten_actions
    )
    lesson.prose("softmax", "largest_seen")


def _take_ten_actions() -> None:
    """Make the ten actions the learner's own state, here and on the bench."""
    visit().edit("preset", lambda _: PRESETS["actions"])


def _take(k: float) -> None:
    visit().choose("k", lambda c: replace(c, knobs=replace(c.knobs, kept=int(k))))


_PREDICTION = Prediction(
    "softmax.largest",
    ("always", "sometimes", "at_one"),
    right=lambda _state, _choices: "always",  # softmax keeps the order
    move=lambda: _take(_ASKED),
)


def largest_film(
    probabilities: Sequence[float], own: int, state: LabState, words: Wording, theme: Theme
) -> Film:
    """Draw given probabilities, the k largest filled, for every k; those of one ranked in a table.

    own   the k of the table
    """
    stops = range(1, len(probabilities) + 1)
    ranks = {i: rank for rank, i in enumerate(top_k(probabilities, own).tolist(), start=1)}
    blue = fill("probability", theme)
    bars = [
        Bar(
            "probability",
            i + 1,
            i,
            [p] * len(stops),
            blue,
            filled=[i in top_k(probabilities, k) for k in stops],
            number_format="plain",
        )
        for i, p in enumerate(probabilities)
    ]
    return Film(
        label=words("softmax.largest.slider"),
        stops=stops,
        shown=[f"k = {k}" for k in stops],
        says=[largest_sentence(probabilities, k, state, words) for k in stops],
        panels=[
            Panel(
                Axis(words("softmax.axis.action"), names=[str(k) for k in stops]),
                Axis(words("softmax.axis.probability"), (0.0, 1.15 * max(probabilities))),
                bars,
                height=280,
            )
        ],
        alt=words("softmax.largest.alt", chosen=_numbers(probabilities, own, words)),
        head=[words("softmax.axis.action"), "a", words("softmax.largest.rank")],
        rows=[
            [str(i + 1), Number("probability", p, short_text(p), i + 1), str(ranks.get(i, "–"))]
            for i, p in enumerate(probabilities)
        ],
    )


def largest_sentence(
    probabilities: Sequence[float], k: int, state: LabState, words: Wording
) -> str:
    """Say which actions are chosen, and which class of the learner's own would be."""
    a = softmax(state.logits, temperature=state.temperature)
    total = math.fsum(probabilities[i] for i in top_k(probabilities, k).tolist())
    return words(
        "softmax.largest.one" if k == 1 else "softmax.largest.result",
        k=k,
        chosen=_numbers(probabilities, k, words),
        total=short_text(total),
        own=top_k(a, 1)[0] + 1,
    )


def _numbers(probabilities: Sequence[float], k: int, words: Wording) -> str:
    return words.listed(str(index + 1) for index in top_k(probabilities, k).tolist())
