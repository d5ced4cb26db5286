"""The error against the step on the page: its picture, its sentences, and what one chooses."""

from __future__ import annotations

import re

import numpy as np
import pytest

from pages.lessons.gradient_check.step_errors import STEPS, place, sweep_of
from pages.lessons.gradient_check.step_film import step_film
from pages.lessons.gradient_check.sweep import sweep_remarks
from pages.visit.difference_check import METHODS, PRECISIONS
from pages.visit.links import decode
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.figures import WORDS
from tests.pages.film import film_of, films, points, release, values
from tests.pages.lessons.gradient_check.opening import TWIN, opened
from tests.pages.lessons.gradient_check.states import STATES
from tests.pages.reading import clean, listed, passages, press, tables, visit_of


def test_a_step_that_vanishes_is_said() -> None:
    sweep = sweep_of(LabState((1e4, 0.0, -3.0), 1), "float32")
    assert sweep is not None
    film = step_film(sweep, "central", WORDS, "light")
    for said, error in zip(film.says, sweep.errors["central"], strict=True):
        assert ("z + h = z" in said) == bool(np.isnan(error))
        assert "nan" not in said


def test_what_is_said_holds_no_nan() -> None:
    said: list[str] = []
    for state in STATES.values():
        for dtype in PRECISIONS:
            sweep = sweep_of(state, dtype)
            if sweep is None:
                continue
            for method in METHODS:
                for words in map(wording, LANGUAGES):
                    said += sweep_remarks(sweep, method, words)
                    said += step_film(sweep, method, words, "light").says
    assert not [text for text in said if "nan" in text.lower()]


def test_what_the_sources_step_costs_is_said() -> None:
    shown = film_of(opened(), "sweep")
    said = shown["says"][shown["stops"].index(1e-10)]
    (cost,) = re.findall(r"([\d,]+) times that at the best step", said)
    assert 1e4 < float(cost.replace(",", "")) < 1e6
    assert "z + h = z" in tables(opened())[TWIN]


def test_the_stop_is_the_step_of_the_link() -> None:
    at = opened(h="3e-5")
    shown = film_of(at, "sweep")
    assert shown["stops"][shown["at"]] == 3.16e-5, "the nearest stop"
    release(at, "sweep", 1e-10)
    assert visit_of(at).choices.check.h == 1e-10
    assert listed(visit_of(at).link)["h"] == ["1e-10"]
    shown = film_of(at, "sweep")
    assert shown["stops"][shown["at"]] == 1e-10


def test_choose_method_and_precision(subtests: pytest.Subtests) -> None:
    at, words = opened(), wording("en")
    for method in METHODS:
        for dtype in PRECISIONS:
            with subtests.test(method=method, dtype=dtype):
                at.radio(key="check_method").set_value(method).run()
                at.radio(key="check_precision").set_value(dtype).run()
                check = visit_of(clean(at)).choices.check
                assert (check.method, check.precision) == (method, dtype)
                assert f"({words(f'gradient_check.method.{method}')}, {dtype}):**" in passages(at)
                assert decode(listed(visit_of(at).link))[1].check == check


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_infinite_loss_is_said_and_one_click_leads_out(language: str) -> None:
    words = wording(language)
    at = opened(language, z="-inf,0,1", label="1")
    assert [w.value for w in at.warning] == [words("gradient_check.infinite")]
    assert not films(at)
    assert words("gradient_check.slips.infinite") in passages(at)
    press(at, words("gradient_check.way_out.textbook"))
    assert not at.warning
    assert visit_of(at).state.target == 1
    assert films(at)


@pytest.mark.parametrize("dtype", PRECISIONS)
@pytest.mark.parametrize("method", METHODS)
def test_the_film_shows_the_sweep(method: str, dtype: str) -> None:
    sweep = sweep_of(LabState(), dtype)
    assert sweep is not None
    film = step_film(sweep, method, WORDS, "light")
    part = film.panels[0].part()
    curves = {curve["name"]: curve for curve in part["curves"] if curve["passed"]}
    assert list(curves)[-1] == WORDS(f"gradient_check.method.{method}"), "the chosen one in front"
    for index, name in enumerate(METHODS, 1):
        mark = points(film, "error")[index]
        curve = curves[WORDS(f"gradient_check.method.{name}")]
        assert (curve["x"], curve["passed"]) == (film.stops, "above")
        assert curve["y"] == mark["y"]
        np.testing.assert_array_equal(values(mark), sweep.errors[name])
        for y, error in zip(mark["y"], sweep.errors[name], strict=True):
            assert (y is None) == bool(np.isnan(error)), "a step that vanishes has no error"
            assert y is None or y == max(error, 1e-17)
    best = sweep.best(method)
    *unmoved, left, right = part["regions"]
    assert left["to"] == right["from"] == STEPS[best]
    assert [area["to"] for area in unmoved] == ([] if method == "complex" else [sweep.unmoved])
    power = "h" if method == "forward" else "h²"
    assert right["name"] == WORDS("gradient_check.regime.truncation", power=power)
    assert ("ε/h" in left["name"]) == (method != "complex")


@pytest.mark.parametrize("method", ["forward", "central"])
def test_each_regime_does_what_is_said_of_it(method: str) -> None:
    """Ten times smaller a step: 10 or 100 times less truncation, 10 times more rounding."""
    sweep = sweep_of(LabState(), "float64")
    assert sweep is not None
    film = step_film(sweep, method, WORDS, "light")
    errors = dict(zip(film.stops, sweep.around(method), strict=True))
    said = dict(zip(film.stops, film.says, strict=True))
    times = 10 if method == "forward" else 100
    assert f"makes the error {times} times smaller" in said[1e-2]
    assert errors[1e-2] / errors[1e-3] == pytest.approx(times, rel=0.1)
    assert "makes the error about 10 times larger" in said[1e-11]
    assert np.log10(errors[1e-14] / errors[1e-10]) == pytest.approx(4, abs=1)
    assert film.says[place(STEPS[sweep.best(method)])].endswith("gains nothing.")
