"""The screen of a decision: of ten actions' probabilities, the k largest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from core import softmax, top_k
from pages.visit.presets import PRESETS, TEN_ACTIONS
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import choice_slider
from pages.widgets.figure import Figure, axis, figure
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, fill, theme
from pages.writing.wording import Wording


def show() -> None:
    """Let the learner choose how many actions to keep, and take all ten for their own."""
    words = visit().words
    lesson.section("softmax", "largest")
    k = choice_slider(
        "k",
        words("softmax.largest.slider"),
        (1, len(TEN_ACTIONS)),
        visit().choices.knobs.kept,
        1,
        lambda choices, value: replace(choices, knobs=replace(choices.knobs, kept=value)),
    )
    lesson.picture("softmax", "largest", largest_picture(TEN_ACTIONS, k, words, theme()))
    lesson.remark(largest_sentence(TEN_ACTIONS, k, visit().state, words))
    st.button(
        words("softmax.to_here"), help=words("softmax.to_here_help"), on_click=_take_ten_actions
    )
    lesson.prose("softmax", "largest_seen")


def _take_ten_actions() -> None:
    """Make the ten actions the learner's own state, here and on the bench."""
    visit().edit("preset", lambda _: PRESETS["actions"])


def largest_picture(
    probabilities: Sequence[float], k: int, words: Wording, theme: Theme
) -> Picture:
    """Draw given probabilities, the k largest of them chosen; each with its rank among them."""
    ranks = _ranks(probabilities, k)
    return Picture(
        largest_figure(probabilities, k, words, theme),
        words("softmax.largest.alt", chosen=_numbers(probabilities, k)),
        [words("softmax.axis.action"), "a", words("softmax.largest.rank")],
        [
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
        "softmax.largest.result",
        k=k,
        chosen=_numbers(probabilities, k),
        total=short_text(total),
        own=top_k(a, 1)[0] + 1,
    )


def largest_figure(probabilities: Sequence[float], k: int, words: Wording, theme: Theme) -> Figure:
    """Draw the probabilities of numbered actions, the k largest filled and ranked."""
    ranks = _ranks(probabilities, k)
    blue = fill("probability", theme)
    bars = {
        "type": "bar",
        "x": list(range(1, len(probabilities) + 1)),
        "y": list(probabilities),
        "text": [
            f"<b>{rank}</b>" if (rank := ranks.get(i)) else "" for i in range(len(probabilities))
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [blue if i in ranks else "rgba(0,0,0,0)" for i in range(len(probabilities))],
            "line": {"color": blue, "width": 1.5},
        },
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }
    return figure(
        [bars],
        theme,
        height=280,
        xaxis=axis(words("softmax.axis.action"), tickvals=bars["x"], showgrid=False),
        yaxis=axis(words("softmax.axis.probability"), range=[0, 1.15 * max(probabilities)]),
        bargap=0.3,
    )


def _ranks(probabilities: Sequence[float], k: int) -> dict[int, int]:
    return {index: rank for rank, index in enumerate(top_k(probabilities, k).tolist(), start=1)}


def _numbers(probabilities: Sequence[float], k: int) -> str:
    return ", ".join(str(index + 1) for index in top_k(probabilities, k).tolist())
