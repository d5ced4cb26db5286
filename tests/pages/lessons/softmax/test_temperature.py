"""The film of the temperature is softmax at every stop, and its stop is the learner's own."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core import softmax
from pages.lessons.softmax.temperature import temperature_film, temperatures
from pages.visit.state import LabState
from tests.pages.figures import STATES, WORDS
from tests.pages.film import film_of, points, release, values
from tests.pages.lessons.softmax.opening import opened
from tests.pages.reading import clean, numbers, table_of, tables, visit_of


def test_the_stop_is_the_learners_temperature() -> None:
    at = opened(z="2,3,4", temperature="0.8")
    shown = film_of(at, "temperature")
    assert shown["stops"][shown["at"]] == 0.8
    release(at, "temperature", 2)
    assert visit_of(at).state.temperature == 2
    assert at.text_input(key="temperature_text").value == "2"
    assert numbers(tables(at)[0], "probability") == softmax([2, 3, 4], temperature=2).tolist()
    at.text_input(key="temperature_text").set_value("5.0").run()
    shown = film_of(at, "temperature")
    assert shown["stops"][shown["at"]] == 5
    sweep = table_of(clean(at), WORDS("softmax.temperature.picture"))
    listed = [float(t) for t in re.findall(r">T = ([\d.]+)<", sweep)]
    expected = np.array([softmax([2, 3, 4], temperature=t) for t in listed])
    assert 5 in listed
    assert numbers(sweep, "probability") == expected.T.ravel().tolist()


def test_every_stop_is_softmax_at_its_temperature(subtests: pytest.Subtests) -> None:
    for logits, temperature in STATES:
        with subtests.test(logits=logits, temperature=temperature):
            state = LabState(logits, names=("",) * len(logits), temperature=temperature)
            film = temperature_film(state, WORDS, "light")
            assert film.stops == sorted(film.stops)
            assert film.stops[0] <= 0.05
            assert film.stops[-1] >= 20
            expected = np.array([softmax(logits, temperature=t) for t in film.stops])
            for index, mark in points(film, "probability").items():
                assert values(mark) == expected[:, index - 1].tolist()
            own = list(film.stops).index(temperature)
            assert (
                film.says[own].split("; ")[0].endswith(f"class {int(expected[own].argmax()) + 1}")
            )


def test_the_stops_end_where_the_learner_is() -> None:
    assert temperatures(100.0)[-1] == 100
    assert temperatures(0.01)[0] == 0.01
    ends = temperatures(1.0)[[0, -1]]
    assert ends.tolist() == [0.05, 20]
