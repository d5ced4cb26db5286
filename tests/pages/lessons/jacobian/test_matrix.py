"""The matrix is core's, and what is said of an entry is its case."""

from __future__ import annotations

import math
import re

from streamlit.testing.v1 import AppTest

from core import softmax, softmax_jacobian
from pages.lessons.jacobian.matrix import case_formula
from pages.visit.state import LabState
from pages.writing.math_colours import coloured
from pages.writing.wording import wording
from tests.pages.reading import CELL, clean, opened_lesson, passages, tables, visit_of


def opened(**query: str) -> AppTest:
    return opened_lesson("jacobian", **{"lang": "en", "z": "2,3,4"} | query)


def test_the_jacobian_is_cores() -> None:
    at = opened()
    matrix = softmax_jacobian(softmax([2.0, 3.0, 4.0]))
    shown = [float(v) for q, _, v, _ in CELL.findall("".join(tables(at))) if q == "jacobian"]
    assert shown == matrix.ravel().tolist()


def test_choosing_an_entry_picks_its_case_and_is_kept() -> None:
    at = opened()
    words = wording("en")
    assert coloured(words.prose("jacobian", "different"), "light", "jacobian") in passages(at)
    at.selectbox(key="entry_i").set_value(2)
    at.selectbox(key="entry_j").set_value(2)
    clean(at.run())
    assert "i = j = 3" in passages(at)
    assert coloured(words.prose("jacobian", "same"), "light", "jacobian") in passages(at)
    current = visit_of(at)
    assert "i=3&j=3" in current.link
    again = opened(i="3", j="1")
    assert "i = 3, \\; j = 1" in passages(again)


def test_an_entry_that_is_zero_is_not_called_below_zero() -> None:
    at = opened(z="-inf,0,1")
    text = coloured(wording("en").prose("jacobian", "zero"), "light", "jacobian")
    assert text in passages(at)
    assert "−0 " not in passages(at)
    assert not re.search(r">−0<", "".join(tables(at)))


def test_a_temperature_that_is_left_out_is_said() -> None:
    at = opened(temperature="2")
    assert wording("en")("lesson.temperature_one", temperature="2") in [i.value for i in at.info]


def test_the_case_of_an_entry() -> None:
    state = LabState((2.0, 3.0, 4.0))
    a = softmax(state.logits)
    same, different = case_formula(state, 2, 2, "light"), case_formula(state, 1, 2, "light")
    assert "i = j = 2" in same
    assert f"{a[1] * (1 - a[1]):.4f}" in same
    assert f"-{a[0] * a[1]:.4f}" in different
    masked = case_formula(LabState((-math.inf, 0.0, 1.0)), 1, 2, "light")
    assert different.startswith(masked.partition(r" \end")[0]), "the same case, without numbers"
    assert "approx" not in masked
