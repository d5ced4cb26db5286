"""Which model is judged, and how it is looked at: all that a link restores of the calibration."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, one_of, whole_number
from pages.writing.numerals import number_text, parse_number
from pages.writing.refusal import Refused

MODELS = ("own", "source", "raw", "spiral")
BINS = (5, 10, 15, 30)  # offered; a link may bring any other number
FEWEST_BINS, MOST_BINS = 2, 50
LEAST_THRESHOLD, MOST_THRESHOLD = 0.5, 0.999
MOST_DISTANCE = 100  # times as far from the origin as they are
MOST_IMAGES = 20


@dataclass(frozen=True)
class Judging:
    """The model, and what is looked at of it.

    model      the learner's own or one of three ready ones; "" is the lesson's choice
    bins       of its confidences
    threshold  the confidence from which on predictions are counted
    divisor    T, by which its scores are divided
    distance   how many times as far from the origin it is asked
    image      the held-out digit that it is shown, and the noise, from 1
    """

    model: str = ""
    bins: int = 15
    threshold: float = 0.99
    divisor: float = 1.0
    distance: float = 10
    image: int = 1


def with_bins(judging: Judging, value: float) -> Judging:
    """Sort into another number of bins, or raise Refused."""
    return replace(judging, bins=whole_number(value, "bins", FEWEST_BINS, MOST_BINS))


def _with_threshold(judging: Judging, text: str, _classes: int) -> Judging:
    value = parse_number(text, "threshold")
    if not LEAST_THRESHOLD <= value <= MOST_THRESHOLD:
        raise Refused("threshold", "range", value=value)
    return replace(judging, threshold=value)


def _with_divisor(judging: Judging, text: str, _classes: int) -> Judging:
    value = parse_number(text, "divisor")
    if not 0 < value < math.inf:
        raise Refused("divisor", "range", value=value)
    return replace(judging, divisor=value)


def _with_distance(judging: Judging, text: str, _classes: int) -> Judging:
    value = parse_number(text, "distance")
    if not 1 <= value <= MOST_DISTANCE:
        raise Refused("distance", "range", value=value)
    return replace(judging, distance=value)


def _with_image(judging: Judging, text: str, _classes: int) -> Judging:
    value = parse_number(text, "image")
    return replace(judging, image=whole_number(value, "image", 1, MOST_IMAGES))


PARAMETERS: tuple[Parameter[Judging], ...] = (
    one_of("model", MODELS),
    Parameter(
        "bins",
        lambda judging: str(judging.bins),
        lambda judging, text, _: with_bins(judging, parse_number(text, "bins")),
    ),
    Parameter("threshold", lambda judging: number_text(judging.threshold), _with_threshold),
    Parameter("divisor", lambda judging: number_text(judging.divisor), _with_divisor),
    Parameter("distance", lambda judging: number_text(judging.distance), _with_distance),
    Parameter("image", lambda judging: str(judging.image), _with_image),
)
