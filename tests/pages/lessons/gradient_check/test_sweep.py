"""The error against the step on the page: its picture, its sentences, and what one chooses."""

from __future__ import annotations

import re

import numpy as np
import pytest

from pages.lessons.gradient_check.step_error_figure import step_error_figure
from pages.lessons.gradient_check.step_errors import STEPS, sweep_of
from pages.lessons.gradient_check.sweep import sweep_picture, sweep_remarks
from pages.visit.difference_check import METHODS, PRECISIONS
from pages.visit.links import decode
from pages.visit.state import LabState
from pages.writing.wording import LANGUAGES, wording
from tests.pages.figures import WORDS, traces
from tests.pages.lessons.gradient_check.opening import TWIN, opened
from tests.pages.lessons.gradient_check.states import STATES
from tests.pages.reading import clean, listed, passages, press, tables, visit_of


def test_a_step_that_vanishes_is_said() -> None:
    sweep = sweep_of(LabState((1e4, 0.0, -3.0), 1), "float32")
    assert sweep is not None
    said = " ".join(sweep_remarks(sweep, "central", wording("en")))
    assert "z + h = z" in said
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
                    said += [str(sweep_picture(sweep, method, words, "light"))]
    assert not [text for text in said if "nan" in text.lower()]


def test_what_the_sources_step_costs_is_said() -> None:
    shown = passages(opened())
    (cost,) = re.findall(r"([\d,]+) times the error at the best step", shown)
    assert 1e4 < float(cost.replace(",", "")) < 1e6
    assert "z + h = z" in tables(opened())[TWIN]


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
    assert not at.get("plotly_chart")
    assert words("gradient_check.slips.infinite") in passages(at)
    press(at, words("gradient_check.way_out.textbook"))
    assert not at.warning
    assert visit_of(at).state.target == 1
    assert at.get("plotly_chart")


@pytest.mark.parametrize("method", METHODS)
def test_the_step_picture_shows_the_sweep(method: str) -> None:
    sweep = sweep_of(LabState(), "float32")
    assert sweep is not None
    figure = step_error_figure(sweep, method, WORDS, "light")
    curves = {t["name"]: t for t in traces(figure, "lines") if "name" in t}
    assert list(curves)[-1] == WORDS(f"gradient_check.method.{method}"), "the chosen one in front"
    for name in METHODS:
        curve = curves[WORDS(f"gradient_check.method.{name}")]
        for y, error in zip(curve["y"], sweep.errors[name], strict=True):
            assert (y is None) == bool(np.isnan(error)), "a step that vanishes has no error"
            assert y is None or y == max(error, 1e-17)
    stars = {t["x"][0] for t in traces(figure, "markers")}
    assert stars == {STEPS[sweep.best(name)] for name in METHODS}
    (area,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert area["x1"] == sweep.unmoved
    (line,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert line["x0"] == 1e-10
    notes = " ".join(note["text"] for note in figure["layout"]["annotations"])
    power = "h" if method == "forward" else "h²"
    assert WORDS("gradient_check.regime.truncation", power=power) in notes
    assert ("ε/h" in notes) == (method != "complex")
