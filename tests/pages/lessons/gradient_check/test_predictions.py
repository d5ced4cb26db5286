"""What the lab's questions call right, against differences in plain Python, and what is veiled."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import central_difference
from pages.lessons.gradient_check.percent import who_finds_it
from pages.lessons.gradient_check.recipe import size_of_error
from pages.lessons.gradient_check.sweep import course_of_error
from pages.visit.choices import Choices
from pages.visit.links import decode
from tests.pages.any_loss import shares
from tests.pages.lessons.gradient_check.opening import opened
from tests.pages.reading import clean, listed, numbers, tables

# What is right of the sweep, of 1% and of the recipe.
RIGHT = {
    "z=2,3,4&label=2": ("grow", "double", "small"),
    "z=1,2,3,4,5,6,7,8,9,10&label=2": ("grow", "double", "small"),
    "z=40,0&label=1": ("grow", "neither", "small"),
    "z=5,5&label=2": ("stay", "double", "none"),  # the errors of both sides cancel
    "z=1000,0,-1000&label=1": ("stay", "neither", "none"),  # no slope, and no difference
    "z=-inf,0,1&label=1": ("grow", "neither", "small"),  # no loss
    "z=0.19,0.05&label=1&temperature=0.02&loss=focal": ("shrink", "neither", "larger"),  # it bends
    "z=0.19,0.05&label=2&temperature=0.02": ("grow", "both", "small"),  # a steep loss
}


@pytest.mark.parametrize("query", RIGHT)
def test_what_is_right_at_these_numbers(query: str) -> None:
    state, _, refused = decode(listed(query))
    assert not refused
    found = tuple(f(state, Choices()) for f in (course_of_error, who_finds_it, size_of_error))
    assert found == RIGHT[query]


def test_a_difference_in_plain_python_grows_worse_with_a_tiny_step() -> None:
    z, a = (2.0, 3.0, 4.0), shares((2, 3, 4))

    def errors(h: float) -> list[float]:
        found = central_difference(
            lambda x: math.log(math.fsum(math.exp(t) for t in x)) - x[1], np.array(z), step=h
        )
        return [abs(found[k] - (a[k] - (k == 1))) for k in range(3)]

    assert max(errors(1e-10)) > 100 * max(errors(1e-5))


def test_the_learners_own_error_is_hidden_until_there_is_a_guess() -> None:
    at = opened(screen="recipe", z="2,3,4", label="2")
    assert not numbers(tables(at)[0], "own_error")
    at.radio(key="guess").set_value("small")
    clean(at.run())
    (error,) = numbers(tables(at)[0], "own_error")
    assert 0 < error < 1e-7
