"""The sigmoid and the softmax of two classes are the same function."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import softmax
from pages.lessons.softmax.numbers import sigmoid
from pages.lessons.softmax.sigmoid import two_classes_film
from pages.visit.state import LabState, unmasked_pair
from pages.writing.wording import wording
from tests.pages.figures import WORDS
from tests.pages.film import film_of, points, release, values
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import numbers, passages, table_of, visit_of

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


def test_the_sigmoid_and_softmax_meet_at_every_stop(subtests: pytest.Subtests) -> None:
    for own in [0.0, -1.0, 7.5, 0.3, 2e6, -2e6, INF]:
        with subtests.test(own=own):
            state = LabState((own, 0.0) if own < INF else (0.0, -INF), names=("", ""))
            film = two_classes_film(state, WORDS, "light")
            (share,) = map(values, points(film, "probability").values())
            (sigmoid,) = map(values, points(film, "sigmoid").values())
            assert share == [softmax([d, 0.0])[0] for d in film.stops]
            assert share == pytest.approx(sigmoid, abs=1e-15)
            assert own in film.stops or own == INF
            low, high = film.panels[0].x.ends
            assert low < film.stops[0] < film.stops[-1] < high or (low, high) == (-8, 8)


def test_the_stop_is_the_difference_of_the_learners_logits() -> None:
    at = opened(z="2,3,4")
    shown = film_of(at, "sigmoid")
    assert shown["stops"][shown["at"]] == -1
    release(at, "sigmoid", 2.125)
    assert visit_of(at).state.logits == (2, -0.125, 4)
    shown = film_of(at, "sigmoid")
    assert shown["stops"][shown["at"]] == 2.125


def test_the_hand_gives_a_masked_class_a_logit() -> None:
    at = opened(z="-inf,0")
    assert film_of(at, "sigmoid")["at"] == len(film_of(at, "sigmoid")["stops"]) - 1
    release(at, "sigmoid", -2)
    assert visit_of(at).state.logits == (2, 0)


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
