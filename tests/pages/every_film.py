"""Every film of every lesson, for a state or for judgements of models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core import LOSSES
from pages.film import Film
from pages.lessons.any_loss.numbers import chosen_passage
from pages.lessons.any_loss.rule_film import rule_film
from pages.lessons.any_loss.squared_film import squared_film
from pages.lessons.calibration.far import far_film
from pages.lessons.calibration.judgement import Judgement, judge
from pages.lessons.calibration.subject import ready_judgement
from pages.lessons.calibration.temperature_film import temperature_film as fitted_film
from pages.lessons.calibration.worth import worth_film
from pages.lessons.gradient_check.step_errors import sweep_of
from pages.lessons.gradient_check.step_film import step_film
from pages.lessons.softmax.largest import largest_film
from pages.lessons.softmax.looks import looks_film, moving_range
from pages.lessons.softmax.shift import shift_film
from pages.lessons.softmax.sigmoid import two_classes_film
from pages.lessons.softmax.temperature import temperature_film
from pages.lessons.stability.growing_film import growing_film
from pages.visit.choices import Choices
from pages.visit.difference_check import METHODS, PRECISIONS
from pages.visit.presets import TEN_ACTIONS
from pages.visit.state import LabState
from pages.writing.wording import wording
from tests.pages.figures import WORDS
from tests.pages.small_models import Samples, model_of


def films_of_a_state(state: LabState) -> Iterator[Film]:
    yield shift_film(state, 3.0, WORDS, "light")
    yield temperature_film(state, WORDS, "dark")
    yield largest_film(TEN_ACTIONS, 3, state, WORDS, "dark")
    yield two_classes_film(state, WORDS, "light")
    yield looks_film(state, moving_range(state.logits, state.temperature)[2], WORDS, "light")
    yield squared_film(state, WORDS, "dark")
    for loss in LOSSES:
        yield rule_film_of(replace(state, loss=loss), Choices())
    yield growing_film(33.3, wording("zh"), "light")
    yield from step_films(state)


def rule_film_of(state: LabState, choices: Choices) -> Film:
    return rule_film(state, choices, chosen_passage(state, choices), WORDS, "light")


def judgements() -> dict[str, Judgement]:
    """The ready models, and small ones of which the numbers are extreme."""
    made: dict[str, tuple[Samples, Samples]] = {
        "huge": (([[1e200, 0.0]], [1]), ([[1e200, 0.0]] * 4, [0, 0, 0, 1])),
        "tiny": (([[1e-200, 0.0]] * 2, [0, 1]), ([[1e-200, 0.0]] * 4, [0, 0, 0, 1])),
        "right": (([[9.0, 0.0]] * 3, [0] * 3), ([[9.0, 0.0]] * 4, [0, 0, 0, 1])),
        "none is best": (([[1.0, 0.0]], [0]), ([[2.0, 1.0]], [0])),
    }
    ready = {name: ready_judgement(name) for name in ("source", "raw", "spiral")}
    return ready | {name: judge(model_of(*samples)) for name, samples in made.items()}


def films_of_a_judgement(found: Judgement) -> Iterator[Film]:
    for threshold in (0.5, 0.8765, 0.999):
        yield worth_film(found.before, threshold, WORDS, "light")
    if found.temperature is not None:
        for bins in (2, 15, 30, 50):
            for divisor in (0.01, 1.0, 3.5):
                yield fitted_film(found, bins, divisor, WORDS, "dark")
    if len(found.model.data.features) == 2:
        for distance in (1, 10, 12.34, 100):
            yield far_film(found, distance, WORDS, "light")


def step_films(state: LabState) -> Iterator[Film]:
    for loss in ("mean_squared_error", "focal"):
        for dtype in PRECISIONS:
            sweep = sweep_of(replace(state, loss=loss), dtype)
            for method in METHODS if sweep else ():
                yield step_film(sweep, method, WORDS, "light")
