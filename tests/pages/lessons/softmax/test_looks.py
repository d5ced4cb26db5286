"""Of all outputs only softmax answers to another class's logit, at every stop of its film."""

from __future__ import annotations

import math
import re

import pytest

from core import exponentials, softmax
from pages.lessons.softmax.looks import looks_film, moving_range
from pages.visit.state import LabState, unmasked_pair
from tests.pages.figures import STATES, WORDS
from tests.pages.film import film_of, points, release, values
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import clean, numbers, table_of, visit_of

PANELS = ("probability", "sigmoid", "relu", "leaky_relu")


def test_the_other_logit_moves_softmax_alone() -> None:
    at = opened(z="2,3,4")
    shown = film_of(at, "looks")
    assert shown["stops"][shown["at"]] == 3
    last = shown["stops"][-1]
    release(at, "looks", last)
    shown = film_of(at, "looks")
    assert shown["stops"][shown["at"]] == visit_of(at).choices.knobs.moved == last
    looks = table_of(clean(at), WORDS("softmax.looks.picture"))
    places = [float(t.replace("−", "-")) for t in re.findall(r"<bdi>([^<]+)</bdi>", looks)]
    assert places[-1] == pytest.approx(last, abs=1e-4)
    a = numbers(looks, "softmax")
    assert a == sorted(a, reverse=True)
    assert a[0] > 0.1
    assert a[-1] < 1e-3
    assert set(numbers(looks, "relu")) == set(numbers(looks, "leaky_relu")) == {2.0}
    assert set(numbers(looks, "sigmoid")) == {1 / (1 + exponentials([0.0, -2.0])[1])}


def test_a_place_beyond_the_ends_is_the_nearest_one() -> None:
    shown = film_of(opened(z="2,3,4", moved="1000"), "looks")
    assert shown["at"] == len(shown["stops"]) - 1


def test_every_stop_is_the_output_there(subtests: pytest.Subtests) -> None:
    for logits, temperature in STATES:
        with subtests.test(logits=logits, temperature=temperature):
            low, high, start = moving_range(logits, temperature)
            watched, mover = unmasked_pair(logits)
            state = LabState(logits, names=("",) * len(logits), temperature=temperature)
            film = looks_film(state, start, WORDS, "light")
            assert (film.stops[0], film.stops[-1]) == (low, high)
            assert start in film.stops
            softmaxes, *still = (
                values(points(film, quantity, panel)[watched + 1])
                for panel, quantity in enumerate(PANELS)
            )
            for place, output in zip(film.stops, softmaxes, strict=True):
                moved = [place if k == mover else z for k, z in enumerate(logits)]
                assert output == softmax(moved, temperature=temperature)[watched]
            assert softmaxes[0] > softmaxes[-1], "softmax is to answer"
            z = logits[watched]
            sigmoid = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
            for outputs, expected in zip(
                still, (sigmoid, max(0.0, z), z if z > 0 else 0.01 * z), strict=True
            ):
                assert set(outputs) == {outputs[0]}
                assert outputs[0] == pytest.approx(expected, rel=1e-14)
