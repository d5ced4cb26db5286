"""A gradient that is a little wrong, in both precisions."""

from __future__ import annotations

import re

import pytest

from tests.pages.lessons.gradient_check.opening import PERCENT, opened
from tests.pages.reading import clean, listed, numbers, tables, visit_of


def test_a_twentieth_of_a_percent_is_caught_in_double_precision_only() -> None:
    at = opened()
    assert at.text_input(key="percent_text").value == "0.05"
    double, single = numbers(tables(at)[PERCENT], "reported")
    assert double == pytest.approx(5e-4, rel=1e-2)
    assert single == pytest.approx(5e-4, rel=0.2)
    verdicts = re.findall(r"<td>(\w+)</td>", tables(at)[PERCENT])
    assert verdicts == ["caught", "unclear"]
    at.text_input(key="percent_text").set_value("0").run()
    assert re.findall(r"<td>(\w+)</td>", tables(clean(at))[PERCENT])[0] == "passed"
    at.text_input(key="percent_text").set_value("50 ").run()
    assert re.findall(r"<td>(\w+)</td>", tables(clean(at))[PERCENT]) == ["caught", "caught"]
    assert listed(visit_of(at).link)["percent"] == ["50"]
