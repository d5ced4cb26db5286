"""The sigmoid and the softmax of two classes are the same function."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import softmax
from pages.lessons.softmax.numbers import sigmoid
from pages.lessons.softmax.sigmoid import two_classes_figure
from pages.visit.state import unmasked_pair
from pages.writing.wording import wording
from tests.pages.figures import WORDS, traces
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import numbers, passages, table_of

INF = math.inf


def test_sigmoid_and_softmax_agree() -> None:
    both = table_of(opened(z="2,-0.5,9", temperature="3"), "Classes 1 and 2")
    assert numbers(both, "probability") == [softmax([2, -0.5])[0]]
    assert numbers(both, "sigmoid") == pytest.approx([1 / (1 + math.exp(-2.5))], rel=1e-15)


def test_masked_classes_in_the_two_class_case(subtests: pytest.Subtests) -> None:
    for z, expected, pair in [
        ("2,3", [], "1 and 2"),
        ("-inf,1,2", ["skipped"], "2 and 3"),
        ("0,-inf", ["masked"], "1 and 2"),
        ("-inf,0", ["skipped", "masked"], "2 and 1"),
    ]:
        with subtests.test(z=z, expected=expected, pair=pair):
            at = opened(z=z)
            remarks = {n: wording("en")(f"softmax.sigmoid.{n}") for n in ("skipped", "masked")}
            assert [n for n, text in remarks.items() if text in passages(at)] == expected
            assert table_of(at, f"Classes {pair} alone")


def test_the_sigmoid_and_softmax_meet_at_every_point(subtests: pytest.Subtests) -> None:
    for difference in [0.0, -1.0, 7.5, 2e6, -2e6]:
        with subtests.test(difference=difference):
            figure = two_classes_figure(difference, WORDS, "light")
            sigmoid, two_class = traces(figure, "lines")
            assert sigmoid["x"] == two_class["x"]
            assert sigmoid["y"] == pytest.approx(two_class["y"], abs=1e-15)
            expected = [softmax([d, 0.0])[0] for d in two_class["x"]]
            assert two_class["y"] == expected
            (point,) = traces(figure, "markers")
            assert point["x"] == [difference]
            assert point["y"] == [softmax([difference, 0.0])[0]]
            low, high = figure["layout"]["xaxis"]["range"]
            assert low < difference < high


def test_an_infinite_difference_has_no_point() -> None:
    assert traces(two_classes_figure(INF, WORDS, "light"), "markers") == []


def test_the_sigmoid_alone() -> None:
    assert sigmoid(np.array([0.0, INF, -1e6])).tolist() == [0.5, 1.0, 0.0]
    assert sigmoid(np.array([-1.0]))[0] == pytest.approx(0.2689414213699951, rel=1e-15)


def test_the_pair_passes_masked_classes_over(subtests: pytest.Subtests) -> None:
    for logits, pair in [
        ((1, 2, 3), (0, 1)),
        ((-INF, 2, 3), (1, 2)),
        ((1, -INF), (0, 1)),
        ((-INF, 4), (1, 0)),
    ]:
        with subtests.test(logits=logits, pair=pair):
            assert unmasked_pair(logits) == pair
