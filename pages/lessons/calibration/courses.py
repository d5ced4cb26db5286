"""What becomes of a model's numbers along a slider: with the temperature, and with the distance."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias, TypeVar

import numpy as np

from core import log_softmax
from pages.film.stops import two_digit_stops
from pages.lessons.calibration.predictions import Predictions
from pages.lessons.training.data_set import Whole
from pages.lessons.training.scale import Matrix
from pages.visit.judging import MOST_DISTANCE

Ask: TypeAlias = Callable[[float], Predictions]

FOLLOWED = (0.05, 0.25, 0.5, 0.75, 0.95)  # samples, by their place in the order of confidence
DISTANCES = (1, 2, 5, 10, 20, 50, MOST_DISTANCE)  # that are named
DISTANCE_PLACES, TEMPERATURE_PLACES = 60, 48  # from the first stop to the last
MOST_MARKS = 1200  # bins times stops
SPAN = 4  # times as small as 1 and the fitted temperature, and as large
SMALLEST, LARGEST = 1e-300, 1e300


class ByDistance(NamedTuple):
    """What becomes of confidence and accuracy at m distances: how many times as far as it is.

    confidences      the mean, then those of single samples, (1 + k, m)
    accuracy, loss   loss is the negative log-likelihood; each (m,)
    """

    stops: Matrix
    confidences: Matrix
    accuracy: Matrix
    loss: Matrix


class ByTemperature(NamedTuple):
    """What becomes of held-out samples at m temperatures.

    loss, validation_loss         negative log-likelihood, of these and of the validation samples
    error, mean_confidence        of the held-out samples; each (m,)
    counts, confidence, accuracy  of their bins, (bins, m)
    """

    stops: Matrix
    loss: Matrix
    validation_loss: Matrix
    error: Matrix
    mean_confidence: Matrix
    counts: Matrix
    confidence: Matrix
    accuracy: Matrix


Course = TypeVar("Course", ByDistance, ByTemperature)


def distances() -> Matrix:
    """Return the distances of a slider: two digits each, evenly on a log scale, and round ones."""
    return np.unique([*two_digit_stops(1, MOST_DISTANCE, DISTANCE_PLACES), *DISTANCES])


def temperatures(fitted: float, bins: int) -> Matrix:
    """Return the temperatures of a slider: two digits each, evenly on a log scale, 1, the fitted.

    The more bins are drawn at each, the fewer they are.
    """
    low, high = max(min(1, fitted) / SPAN, SMALLEST), min(max(1, fitted) * SPAN, LARGEST)
    return np.unique(
        [1, fitted, *two_digit_stops(low, high, min(TEMPERATURE_PLACES, MOST_MARKS // bins))]
    )


def by_distance(stops: Matrix, ask: Ask, followed: Whole) -> ByDistance:
    """Ask at these distances; `followed` are the places of single samples."""
    rows = []
    for asked in map(ask, stops.tolist()):
        whole = asked.accuracy, asked.loss, asked.mean_confidence
        rows.append([*whole, *asked.confidences[followed]])
    accuracy, loss, *confidences = np.array(rows).T
    return ByDistance(stops, np.array(confidences), accuracy, loss)


def by_temperature(
    stops: Matrix, ask: Ask, validation: tuple[Matrix, Whole], bins: int
) -> ByTemperature:
    """Ask at these temperatures for the held-out samples; of the validation samples, their loss.

    validation   their scores (N, n) and labels (N,)
    """
    lines, bars = [], []
    losses = losses_at(stops, *validation)
    for t in stops.tolist():  # one after the other: fresh memory for each would take longer
        asked = ask(t)
        found = asked.reliability(bins)
        lines.append([asked.loss, found.error, found.count @ found.confidence / len(asked)])
        bars.append([found.count, found.confidence, found.accuracy])
    loss, *others = np.array(lines).T
    return ByTemperature(stops, loss, losses, *others, *np.array(bars).transpose(1, 2, 0))


def losses_at(temperatures: Matrix, scores: Matrix, labels: Whole) -> Matrix:
    """Return the mean negative log-likelihood of labels (N,) at each of m temperatures, (m,).

    All m at once, of scores (N, n) that core would shift and divide in the same way.
    """
    with np.errstate(over="ignore"):  # -inf where T is tiny: the probability is 0
        divided = (scores - scores.max(axis=1, keepdims=True)) / temperatures[:, None, None]
    picked = log_softmax(divided)[:, np.arange(len(labels)), labels]
    return np.asarray(-picked.mean(axis=1)) + 0.0  # no -0


def with_stop(course: Course, own: float, ask: Callable[[Matrix], Course]) -> Course:
    """Put a stop of the learner's own among those of a course."""
    if own in course.stops:
        return course
    order = np.argsort([*course.stops, own])
    parts = zip(course, ask(np.array([own])), strict=True)
    return type(course)(*(np.concatenate(pair, axis=-1)[..., order] for pair in parts))
