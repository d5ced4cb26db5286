"""The stages are core's, and what these numbers need is said of them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import exponentials, softmax
from pages.lessons.softmax.stages import shares_bars
from pages.writing.math_colours import coloured
from pages.writing.wording import wording
from tests.pages.figures import STATES, WORDS, bars_can_be_drawn
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import numbers, passages, tables

INF = math.inf


def test_the_stages_are_cores(subtests: pytest.Subtests) -> None:
    for z, temperature in [("2,3,4", 1.0), ("3,1,-3", 0.5), ("-inf,0,1,0.25", 2.0)]:
        with subtests.test(z=z, temperature=temperature):
            at = opened(z=z, temperature=str(temperature))
            logits = [float(text) for text in z.split(",")]
            stages = tables(at)[0]
            assert numbers(stages, "logit") == logits
            e = exponentials(logits, temperature=temperature)
            assert numbers(stages, "exponential") == e.tolist()
            assert numbers(stages, "sum_exponential") == pytest.approx([e.sum()], rel=1e-15)
            a = softmax(logits, temperature=temperature).tolist()
            assert numbers(stages, "probability") == a
            assert numbers(tables(at)[1], "probability") == a
            scaled = [value / temperature for value in logits] if temperature != 1 else []
            assert numbers(stages, "scaled") == scaled
            assert ("z / T" in stages) == (temperature != 1)
            assert numbers(stages, "shifted_exponential") == []


def test_overflow_and_underflow_show_what_softmax_uses(subtests: pytest.Subtests) -> None:
    for z in ["1000,999,998", "-1000,-1001,-inf", "709.5,709.5"]:
        with subtests.test(z=z):
            at = opened(z=z)
            logits = np.array([float(text) for text in z.split(",")])
            stages = tables(at)[0]
            assert numbers(stages, "exponential") == exponentials(logits).tolist()
            assert not 0 < numbers(stages, "sum_exponential")[0] < INF
            shifted = exponentials(logits - logits.max())
            assert numbers(stages, "shifted_exponential") == shifted.tolist()
            assert numbers(stages, "sum_shifted_exponential") == [shifted.sum()]
            assert coloured(wording("en").prose("softmax", "stages_shifted"), "light") in passages(
                at
            )


def test_remarks_come_when_they_are_true(subtests: pytest.Subtests) -> None:
    for z, expected in [
        ("2,3,4", set()),
        ("2,-inf,4", {"masked"}),
        ("0,40", {"rounded"}),
        ("0,-800", {"rounded"}),
        ("0,-inf", {"masked"}),  # the 1 of the only class left is exact
        ("1000,0,-inf", {"shifted", "masked", "rounded"}),
    ]:
        with subtests.test(z=z, expected=expected):
            lesson_text = passages(opened(z=z))
            words = wording("en")
            conditional = {"shifted", "masked", "rounded"}
            prose = {
                n: coloured(words.prose("softmax", f"stages_{n}"), "light") for n in conditional
            }
            assert {n for n, text in prose.items() if text in lesson_text} == expected


def test_shares_are_softmax(subtests: pytest.Subtests) -> None:
    for logits, temperature in STATES:
        with subtests.test(logits=logits, temperature=temperature):
            a = softmax(logits, temperature=temperature)
            names = [f"class {i}" for i in range(len(a))]
            figure = shares_bars(names, a.tolist(), WORDS, "light")
            assert [row.name for row in figure.rows] == names, "the first class is to be at the top"
            assert [(bar.start, bar.end) for row in figure.rows for bar in row.bars] == [
                (0.0, share) for share in a.tolist()
            ]
            bars_can_be_drawn(figure)
