"""What holds of every film: a text and a place a stop, numbers that JSON has, few bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from pages.film import Film
from pages.visit.state import LabState
from tests.pages.every_film import films_of_a_judgement, films_of_a_state, judgements
from tests.pages.figures import STATES

MOST_BYTES = 100_000


def lengths(film: Film) -> Iterator[int]:
    yield from (len(film.shown), len(film.says))
    for panel in film.panels:
        part = panel.part()
        for mark in [*part["points"], *part["bars"]]:
            yield from (len(mark[name]) for name in ("x", "y", "values") if mark.get(name))
        yield from (len(curve["y"]) for curve in part["curves"] if curve["moves"])


def test_every_film(subtests: pytest.Subtests) -> None:
    for logits, temperature in STATES:
        state = LabState(
            logits, target=len(logits) - 1, names=("",) * len(logits), temperature=temperature
        )
        for film in films_of_a_state(state):
            with subtests.test(film=film.label, logits=logits, temperature=temperature):
                is_sound(film)
    for name, found in judgements().items():
        for film in films_of_a_judgement(found):
            with subtests.test(film=film.label, model=name, stops=len(film.stops)):
                is_sound(film)


def is_sound(film: Film) -> None:
    assert list(film.stops) == sorted(set(film.stops))
    assert set(lengths(film)) == {len(film.stops)}
    sent = json.dumps([panel.part() for panel in film.panels], allow_nan=False)
    assert len(sent) + len(json.dumps([film.says, film.shown])) < MOST_BYTES
    for panel in film.panels:
        for axis in (panel.x, panel.y):
            low, high = axis.ends
            assert low < high
            assert all(low <= at <= high for at, _ in axis.part()["ticks"]) or axis.names
