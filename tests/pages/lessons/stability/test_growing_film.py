"""The film of a growing logit: each form fails where it really fails, and every stop says where."""

from __future__ import annotations

import math
import re
from itertools import product

import numpy as np
import pytest

from core import log_softmax, naive_softmax
from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.growing_film import growing_film, growing_logits
from pages.lessons.stability.limits import first_failure
from pages.visit.precision import DTYPES
from pages.writing.wording import LANGUAGES, wording
from tests.pages.figures import WORDS
from tests.pages.film import Data, film_of, points, release, values
from tests.pages.lessons.stability.opening import opened, outcome_at
from tests.pages.reading import clean, numbers, table_of, visit_of

FILM = growing_film(89.0, WORDS, "light")
INDEX = {pair: k for k, pair in enumerate(product(DTYPES, FORMS), 1)}


@pytest.mark.parametrize("panel", range(len(DTYPES)))
def test_marks_stand_for_the_loss_of_each_form_and_break_where_it_does(panel: int) -> None:
    dtype = DTYPES[panel]
    losses = points(FILM, "loss", panel)
    crosses = {name: points(FILM, f"{name}_threshold", panel) for name in ("loss", "gradient")}
    for form in FORMS:
        index = INDEX[dtype, form]
        for k, x in enumerate(FILM.stops):
            outcome = outcome_at(form, dtype, (x, 0), 1)
            np.testing.assert_equal(values(losses[index])[k], outcome.loss)
            finite = {
                "loss": math.isfinite(outcome.loss),
                "gradient": bool(np.isfinite(outcome.steps["gradient"]).all()),
            }
            assert (losses[index]["y"][k] is not None) == finite["loss"], (form, x)
            for name, marks in crosses.items():
                broken = index in marks and marks[index]["y"][k] is not None
                assert broken != finite[name], (form, x, name)
    for name, marks in crosses.items():
        for form in FORMS:
            index = INDEX[dtype, form]
            at = first_failure(form, dtype, name)
            if index in marks:
                assert set(values(marks[index])) == {at} == set(marks[index]["x"])
            else:
                assert at is None


def test_the_losses_are_cores() -> None:
    naive, by_logs = (
        points(FILM, "loss", 2)[INDEX["float64", form]] for form in ("naive", "log_softmax")
    )
    for x, plain, lasting in zip(FILM.stops, values(naive), values(by_logs), strict=True):
        assert lasting == -log_softmax([x, 0.0])[1]
        if x < 700:
            assert plain == -np.log(naive_softmax([x, 0.0])[1])
        elif x > 710:
            assert not math.isfinite(plain)


def test_a_lane_ends_with_its_form() -> None:
    for panel, dtype in zip(FILM.panels, DTYPES, strict=True):
        lanes: dict[float, list[Data]] = {}
        for curve in panel.part()["curves"]:
            assert curve["passed"] == "below"
            lanes.setdefault(curve["y"][0], []).append(curve)
        for height, form in zip(sorted(lanes, reverse=True), FORMS, strict=True):
            loss = first_failure(form, dtype, "loss")
            assert max(lanes[height][-1]["x"]) == (FILM.stops[-1] if loss is None else loss)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_stop_says_from_where_on_each_form_has_failed(language: str) -> None:
    film = growing_film(89.0, wording(language), "dark")
    for x, said in zip(film.stops, film.says, strict=True):
        for dtype in DTYPES:
            assert dtype in said
        assert not re.search("[。，；：（）] ", said), "Chinese has no space after a full stop"
        thresholds = {
            f"{at:.2f}"
            for dtype in DTYPES
            for form in ("naive", "shifted")
            for result in ("loss", "gradient")
            if (at := first_failure(form, dtype, result)) is not None
            and at <= x
            and not (dtype == "float16" and x >= 65520)
        }
        assert set(re.findall(r"\d+\.\d\d", said)) == thresholds
        assert ("65520" in said) == (x >= 65520)


def test_the_first_stop_past_each_failure_is_there() -> None:
    stops = growing_logits(1.0)
    for dtype in DTYPES:
        for form in FORMS:
            at = first_failure(form, dtype, "loss")
            if at is not None:
                assert min(x - at for x in stops if x >= at) <= 0.01
    assert 33.3 in growing_logits(33.3)


def test_the_answer_leads_to_where_two_forms_have_failed() -> None:
    at = opened(screen="growing", view="")
    asked = film_of(at, "growing")
    assert asked["says"][asked["at"]] == "float16, float32, float64: all four forms work."
    clean(at.radio(key="guess").set_value("ten").run())
    shown = film_of(at, "growing")
    assert shown["stops"][shown["at"]] == 89
    assert "float32: naive fails from 88.72 on" in shown["says"][shown["at"]]
    release(at, "growing", 1000)
    assert visit_of(at).choices.precision.x == 1000
    twin = table_of(opened(x="1000"), WORDS("stability.growing.picture"))
    inf = math.inf
    assert numbers(twin, "loss") == [1000] * 3 + [inf] * 6 + [1000] * 6
