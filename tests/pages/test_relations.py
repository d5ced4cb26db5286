"""The formulas of the lesson pages: between two relations stands what they relate."""

from __future__ import annotations

import re

import pytest

from pages.visit.lessons import LESSONS
from tests.pages.reading import opened_lesson, passages

RELATION = r"(?:=|<|>|\\(?:approx|le|leq|ge|geq|ne|neq|equiv|propto|sim|to)(?![a-zA-Z]))"
SPACE = r"(?:\s|&|\\[,;:!]|\\(?:q?quad)(?![a-zA-Z]))*"
TWO = re.compile(rf"{RELATION}{SPACE}{RELATION}")
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.DOTALL)


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_formula_has_two_relations_in_a_row(lesson: str) -> None:
    for query in ({"z": "2,3,4"}, {"z": "-inf,0,1", "label": "3"}):
        at = opened_lesson(lesson, lang="en", numbers="yes", **query)
        formulas = [one or other for one, other in FORMULA.findall(passages(at))]
        assert len(formulas) > 5
        doubled = [formula for formula in formulas if TWO.search(formula)]
        assert not doubled, doubled
