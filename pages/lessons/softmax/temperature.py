"""The screen of the temperature: how the probabilities depend on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from core import softmax, top_k
from pages.film import Axis, Curve, Film, Panel, Point, film
from pages.film.stops import two_digit_stops
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState, checked_temperature
from pages.widgets import lesson
from pages.widgets.figure import QUARTERS, Vector
from pages.widgets.prediction import Prediction
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, class_colour, theme
from pages.writing.wording import Wording

TEMPERATURE_RANGE = (0.05, 20.0)
STOPS = 121
TABLE_TEMPERATURES = (0.05, 0.2, 0.5, 1.0, 2.0, 5.0, 20.0)
# Curves meet at both ends: where one lies on another both are seen.
_DASHES = ("", "9 5", "2 5", "14 5", "9 5 2 5")


def show() -> None:
    """Let the learner slide their temperature along the curves of all probabilities."""
    current = visit()
    lesson.section("softmax", "temperature", _PREDICTION)
    shown = temperature_film(current.state, current.words, theme())
    film("softmax", "temperature", shown, current.state.temperature, _take)
    lesson.prose("softmax", "temperature_seen")


def _take(temperature: float) -> None:
    visit().edit("temperature", lambda s: replace(s, temperature=checked_temperature(temperature)))


def _largest(state: LabState) -> tuple[float, float]:
    """Return the largest probability at the temperatures 1 and 5."""
    at_one, at_five = (float(softmax(state.logits, temperature=t).max()) for t in (1, 5))
    return at_one, at_five


def _change(state: LabState, _choices: Choices) -> str:
    before, after = _largest(state)
    return "fall" if after < before else "stay"


def _numbers(state: LabState, _choices: Choices) -> dict[str, str]:
    before, after = map(fixed_text, _largest(state))
    return {"before": before, "after": after}


_PREDICTION = Prediction(
    "softmax.temperature",
    ("rise", "fall", "stay"),
    right=_change,
    move=lambda: _take(5.0),
    numbers=_numbers,
)


def temperature_film(state: LabState, words: Wording, theme: Theme) -> Film:
    """Draw the learner's probabilities against the temperature; some are listed in the table."""
    own, z = state.temperature, np.array(state.logits)
    stops = temperatures(own)
    # All at once, and bit for bit what core does at each temperature: shift, then divide.
    a = softmax((z - z.max()) / stops[:, np.newaxis])
    names = words.class_names(state.names)
    grades = [(t, short_text(t)) for t in (0.01, 0.1, 1, 10, 100) if stops[0] <= t <= stops[-1]]
    return Film(
        label=words("softmax.temperature.slider"),
        stops=stops.tolist(),
        shown=[f"T = {short_text(t)}" for t in stops],
        says=[_sentence(row, words) for row in a],
        panels=[
            Panel(
                Axis(
                    words("softmax.axis.temperature"),
                    (float(stops[0]), float(stops[-1])),
                    log=True,
                    ticks=grades,
                    slides=True,
                ),
                Axis(
                    words("softmax.axis.probability"),
                    (-0.03, 1.05),
                    ticks=[(share, short_text(share)) for share in QUARTERS],
                ),
                list(_classes(stops, a, softmax(z, temperature=own), names)),
                height=330,
            )
        ],
        alt=words("softmax.temperature.alt"),
        head=[words("lesson.class"), *(f"T = {short_text(t)}" for t in _columns(own))],
        rows=_rows(names, z, _columns(own)),
    )


def temperatures(own: float) -> Vector:
    """Return the stops: two digits each, evenly on a log scale, as far as the learner's own."""
    low, high = min(TEMPERATURE_RANGE[0], own), max(TEMPERATURE_RANGE[1], own)
    even = two_digit_stops(low, high, STOPS)
    return np.unique([own, *(t for t in even if low <= t <= high)])


def _classes(
    stops: Vector, a: Vector, own: Vector, names: Sequence[str]
) -> Iterator[Curve | Point]:
    """Draw a curve for each class with its mark, the most probable first in the legend."""
    for rank, k in enumerate(top_k(own, len(own)).tolist()):
        colour, name = class_colour(k), f"{k + 1} · {names[k]}"
        dash = _DASHES[rank % len(_DASHES)]
        yield Curve(stops, np.round(a[:, k], 5), colour, name=name, dash=dash)
        yield Point("probability", k + 1, a[:, k], colour, name=name)


def _sentence(a: Vector, words: Wording) -> str:
    largest = int(top_k(a, 1)[0])
    return words(
        "softmax.temperature.says",
        number=largest + 1,
        value=fixed_text(a[largest]),
        smallest=fixed_text(a.min()),
    )


def _columns(own: float) -> list[float]:
    return sorted({*TABLE_TEMPERATURES, own})


def _rows(names: Sequence[str], z: Vector, columns: Sequence[float]) -> list[list[str | Number]]:
    a = [softmax(z, temperature=t) for t in columns]
    return [
        [name, *(share_cell(at[i], i, z / t) for t, at in zip(columns, a, strict=True))]
        for i, name in enumerate(names)
    ]
