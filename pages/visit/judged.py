"""Which model is judged, and in how many bins: all that a link restores of the calibration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pages.writing.numerals import parse_number
from pages.writing.refusal import Refused

MODELS = ("own", "source", "raw", "spiral")
BINS = (5, 10, 15, 30)  # offered; a link may bring any other number
FEWEST_BINS, MOST_BINS = 2, 50


@dataclass(frozen=True)
class Judged:
    """The learner's own model or one of three ready ones, and the bins of its confidences."""

    model: str = "source"
    bins: int = 15


def with_model(judged: Judged, name: str) -> Judged:
    """Judge another model, or raise Refused."""
    if name not in MODELS:
        raise Refused("choice", "unknown", value=name[:40], accepted=", ".join(MODELS))
    return replace(judged, model=name)


def with_bins(judged: Judged, value: float) -> Judged:
    """Sort into another number of bins, or raise Refused."""
    if not FEWEST_BINS <= value <= MOST_BINS or value != int(value):
        raise Refused("bins", "range", value=value, least=FEWEST_BINS, most=MOST_BINS)
    return replace(judged, bins=int(value))


def judged_query(judged: Judged) -> dict[str, str]:
    """Return the parameters of a link; what equals its default is left out."""
    plain = Judged()
    return {
        name: str(getattr(judged, name))
        for name in JUDGED_READERS
        if getattr(judged, name) != getattr(plain, name)
    }


JUDGED_READERS: Mapping[str, Callable[[Judged, str], Judged]] = {
    "model": with_model,
    "bins": lambda judged, text: with_bins(judged, parse_number(text, "bins")),
}
