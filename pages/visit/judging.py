"""Which model is judged, and in how many bins: all that a link restores of the calibration."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, one_of
from pages.writing.numerals import parse_number
from pages.writing.refusal import Refused

MODELS = ("own", "source", "raw", "spiral")
BINS = (5, 10, 15, 30)  # offered; a link may bring any other number
FEWEST_BINS, MOST_BINS = 2, 50


@dataclass(frozen=True)
class Judging:
    """The learner's own model or one of three ready ones, and the bins of its confidences."""

    model: str = "source"
    bins: int = 15


def with_bins(judging: Judging, value: float) -> Judging:
    """Sort into another number of bins, or raise Refused."""
    if not FEWEST_BINS <= value <= MOST_BINS or value != int(value):
        raise Refused("bins", "range", value=value, least=FEWEST_BINS, most=MOST_BINS)
    return replace(judging, bins=int(value))


PARAMETERS: tuple[Parameter[Judging], ...] = (
    one_of("model", MODELS),
    Parameter(
        "bins",
        lambda judging: str(judging.bins),
        lambda judging, text, _: with_bins(judging, parse_number(text, "bins")),
    ),
)
