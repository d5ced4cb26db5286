"""Every film of every lesson, for a state."""

from __future__ import annotations

from dataclasses import replace

from core import LOSSES
from pages.film import Film
from pages.lessons.any_loss.rule_film import rule_film
from pages.lessons.any_loss.squared_film import squared_film
from pages.lessons.softmax.largest import largest_film
from pages.lessons.softmax.looks import looks_film, moving_range
from pages.lessons.softmax.shift import shift_film
from pages.lessons.softmax.sigmoid import two_classes_film
from pages.lessons.softmax.temperature import temperature_film
from pages.visit.choices import Choices
from pages.visit.presets import TEN_ACTIONS
from pages.visit.state import LabState
from tests.pages.figures import WORDS


def films_of_a_state(state: LabState) -> list[Film]:
    return [
        shift_film(state, 3.0, WORDS, "light"),
        temperature_film(state, WORDS, "dark"),
        largest_film(TEN_ACTIONS, 3, state, WORDS, "dark"),
        two_classes_film(state, WORDS, "light"),
        looks_film(state, moving_range(state.logits, state.temperature)[2], WORDS, "light"),
        squared_film(state, WORDS, "dark"),
        *(rule_film(replace(state, loss=loss), Choices(), WORDS, "light") for loss in LOSSES),
    ]
