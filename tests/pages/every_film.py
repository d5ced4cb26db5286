"""Every film of every lesson, for a state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pages.film import Film
from pages.lessons.gradient_check.step_errors import sweep_of
from pages.lessons.gradient_check.step_film import step_film
from pages.lessons.softmax.shift import shift_film
from pages.lessons.softmax.temperature import temperature_film
from pages.lessons.stability.growing_film import growing_film
from pages.visit.difference_check import METHODS, PRECISIONS
from pages.visit.state import LabState
from pages.writing.wording import wording
from tests.pages.figures import WORDS


def films_of_a_state(state: LabState) -> list[Film]:
    return [
        shift_film(state, 3.0, WORDS, "light"),
        temperature_film(state, WORDS, "dark"),
        *step_films(state),
        growing_film(33.3, wording("zh"), "light"),
    ]


def step_films(state: LabState) -> Iterator[Film]:
    for loss in ("mean_squared_error", "focal"):
        for dtype in PRECISIONS:
            sweep = sweep_of(replace(state, loss=loss), dtype)
            for method in METHODS if sweep else ():
                yield step_film(sweep, method, WORDS, "light")
