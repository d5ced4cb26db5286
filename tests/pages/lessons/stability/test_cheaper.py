"""What log-softmax saves: operations counted, and both ways timed."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from core import log_softmax
from pages.lessons.stability.cost import LEAST_REPEATS, WAYS, operations, time_both
from pages.writing.wording import wording
from tests.pages.lessons.stability.opening import opened
from tests.pages.reading import clean, numbers, passages, table_of, tables

EN = wording("en")


@pytest.mark.parametrize("n", [2, 3, 10, 1000])
def test_the_operations_counted_are_those_of_the_formulas(n: int) -> None:
    common = {"exp": n, "add": n - 1, "maximum": n - 1}
    assert operations("log_of_softmax", n) == Counter(
        common | {"subtract": n, "divide": n, "log": n}
    )
    assert operations("log_softmax", n) == Counter(common | {"subtract": 2 * n, "log": 1})


def test_both_ways_that_are_timed_give_core_s_numbers() -> None:
    z = np.random.default_rng(1).normal(0, 3, (4, 50))
    for way in WAYS.values():
        assert way(z) == pytest.approx(log_softmax(z), rel=1e-12, abs=1e-14)


def test_the_timing_repeats_enough_and_times_both() -> None:
    timing = time_both()
    assert timing.repeats >= LEAST_REPEATS
    assert timing.seconds.keys() == WAYS.keys()
    assert all(0 < taken < 1 for taken in timing.seconds.values())


def test_the_operations_and_the_timing() -> None:
    at = opened(z="1,2,3")
    counted = table_of(at, EN("stability.cheaper.table", n=3))
    assert numbers(counted, "count") == [3, 3, 3, 1, 3, 0, 3, 6, 2, 2, 2, 2]
    assert numbers(counted, "sum_count") == [16, 14]
    assert "5998 operations against 4999" in passages(at)
    (button,) = [b for b in at.button if b.label == EN("stability.cheaper.button")]
    clean(button.click().run())
    (timed,) = [t for t in tables(at) if "microseconds" in t]
    old, new = numbers(timed, "microseconds")
    assert old > 0 < new
    assert ("log-softmax took" in passages(at)) == (new < old)
    assert ("was not faster" in passages(at)) == (new >= old)
