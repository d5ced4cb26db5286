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
from tests.pages.reading import numbers, opened_lesson, passages, table_of, tables, visit_of


def opened(**query: str) -> AppTest:
    return opened_lesson("jacobian", **{"lang": "en", "z": "2,3,4"} | query)


def test_the_jacobian_is_cores() -> None:
    at = opened()
    matrix = softmax_jacobian(softmax([2.0, 3.0, 4.0]))
    caption = wording("en")("jacobian.matrix.picture")
    assert numbers(table_of(at, caption), "jacobian") == matrix.ravel().tolist()


def test_an_entry_has_its_case_and_is_kept() -> None:
    words = wording("en")
    assert coloured(words.prose("jacobian", "different"), "light", "jacobian") in passages(opened())
    at = opened(i="3", j="3")
    assert "i = j = 3" in passages(at)
    assert coloured(words.prose("jacobian", "same"), "light", "jacobian") in passages(at)
    assert "i=3&j=3" in visit_of(at).link
    assert "i = 3, \\; j = 1" in passages(opened(i="3", j="1"))


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
