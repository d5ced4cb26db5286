"""One click trains, and every number that it shows is core's, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages.lessons.training.data_set import made_data
from pages.visit.training_plan import Plan
from pages.writing.wording import LANGUAGES, wording
from tests.pages.reading import clean, no_nan, numbers, passages, visit_of
from tests.pages.training import (
    clicked,
    cores,
    headings,
    judged,
    opened,
    opened_course,
    plan_of,
    share_right,
    table_of,
    typed,
)

EN = wording("en")


KINDS = ("spiral", "digits")


SHOWN = [str(step) for step in range(0, 201, 10)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_one_click_trains_by_the_sources_setting(kind: str, language: str) -> None:
    at = opened(language, data=kind)
    assert plan_of(at).trained == 0
    assert headings(table_of(at, "training.curves.picture")) == ["0"]
    at = clicked(at, "trained_more")
    assert plan_of(at) == Plan(data=kind, trained=200)
    data = made_data(plan_of(at))
    states = cores(data, 200, Plan())
    curves = table_of(at, "training.curves.picture")
    assert headings(curves) == SHOWN
    every = states[9::10]
    assert numbers(curves, "loss")[1:] == [state.loss for state in every]
    assert numbers(curves, "accuracy")[1:] == [state.accuracy for state in every]
    assert numbers(curves, "held_out")[-1] == share_right(data.test, states[-1])
    assert share_right(data.test, states[-1]) != states[-1].accuracy
    confusion = np.zeros((len(data.classes),) * 2, int)
    for shares, truth in zip(judged(data.test, states[-1]), data.test.labels, strict=True):
        confusion[truth, shares.index(max(shares))] += 1
    assert not np.array_equal(confusion, confusion.T)
    shown = numbers(table_of(at, "training.confusion.picture"), "count")
    assert shown == confusion.ravel().tolist()
    words = wording(language)
    assert at.title[0].value == words("training.title")
    said = words("training.course.fell", steps=200, start="{}", now="{}")
    assert re.search(re.escape(said).replace(r"\{\}", ".+"), passages(at))
    no_nan(at)


def test_it_goes_on_and_back_to_the_same_start() -> None:
    at = opened_course(seed=4)
    start = numbers(table_of(at, "training.curves.picture"), "loss")
    assert at.button(key="trained_again").disabled
    at = clicked(clicked(at, "trained_more"), "trained_more")
    shown = table_of(at, "training.curves.picture")
    assert headings(shown)[-1] == "400"
    last = cores(made_data(plan_of(at)), 400, plan_of(at))[-1]
    assert numbers(shown, "loss")[-1] == last.loss
    at = clicked(at, "trained_again")
    assert plan_of(at).trained == 0
    assert numbers(table_of(at, "training.curves.picture"), "loss") == start
    other = typed(at, "seed", "5")
    assert numbers(table_of(other, "training.curves.picture"), "loss") != start
    assert numbers(table_of(typed(other, "seed", "4"), "training.curves.picture"), "loss") == start


def test_a_click_trains_as_many_steps_as_are_set_and_never_too_many() -> None:
    at = clicked(typed(opened_course(points=10), "click", "7"), "trained_more")
    assert headings(table_of(at, "training.curves.picture")) == ["0", "7"]
    assert at.button(key="trained_more").label == EN("training.button.trained_more", steps=7)
    at = clicked(opened_course(points=10, trained=19_999), "trained_more")
    assert plan_of(at).trained == 20_000
    assert at.button(key="trained_more").disabled
    assert len(headings(table_of(at, "training.curves.picture"))) == 101


@pytest.mark.parametrize(
    ("query", "course"),
    [
        ({"rate": 10}, "bumpy"),
        ({"rate": 30}, "grew"),
        ({"rate": 1e6, "decay": 1}, "overflow"),
        ({"data": "digits", "features": "raw", "rate": 1000, "decay": 1}, "overflow"),
    ],
    ids=str,
)
def test_divergence_is_told_in_words(query: dict[str, object], course: str) -> None:
    at = opened(trained=300, raced=300, begin="wrong", **query)
    for language in in_each_language(at):
        label = wording(language).label(f"training.course.{course}")
        pattern = re.sub(r"\\{\w+\\}", ".+", re.escape(label))
        assert re.search(pattern, passages(at))
        assert at.button(key="trained_more").disabled == (course == "overflow")
        assert not at.button(key="trained_again").disabled
        no_nan(at)
    at = clicked(typed(clicked(at, "trained_again"), "rate", "0.1"), "trained_more")
    for _ in in_each_language(at):
        assert numbers(table_of(at, "training.curves.picture"), "loss")[-1] < 1e3
        no_nan(at)


def in_each_language(at: AppTest) -> Iterator[str]:
    """Show what is trained in one language after the other: it is trained once."""
    for language in LANGUAGES:
        visit_of(at).language = language
        clean(at.run())
        yield language
