"""Screen "worth": what a high confidence is worth, and the most confident mistakes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from pages.film import Axis, Bar, Curve, Film, Panel, Point, film
from pages.lessons.calibration import mistakes
from pages.lessons.calibration.bins import Row, range_text, share_text
from pages.lessons.calibration.predictions import Predictions, wilson
from pages.lessons.calibration.side import learners_subject
from pages.lessons.calibration.subject import chosen_judgement
from pages.visit.choices import Choices
from pages.visit.judging import Judging
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, fill, ink, theme
from pages.writing.wording import Wording

STOPS = (*(k / 200 for k in range(100, 198)), *(k / 1000 for k in range(990, 1000)))
TABLE_STOPS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999)
HEIGHT = 270


def show() -> None:
    """Count the surest predictions, and show, once asked for, the most confident mistakes."""
    words = visit().words
    lesson.section("calibration", "worth", _PREDICTION)
    judgement = learners_subject().judgement
    own = visit().choices.judging.threshold
    if visit().veiled and own == Judging.threshold:  # it would answer the question
        own = STOPS[0]
    film("calibration", "worth", worth_film(judgement.before, own, words, theme()), own, _take)
    lesson.prose("calibration", "mistakes")
    with lesson.fold(words("calibration.mistakes.fold"), "surest-mistakes") as is_open:
        if is_open:
            mistakes.show(judgement)


def _take(stop: float) -> None:
    """Count the predictions that are surer than this."""
    visit().choose("threshold", lambda c: replace(c, judging=replace(c.judging, threshold=stop)))


def _worth(_state: LabState, _choices: Choices) -> str:
    return worth_of(surest(chosen_judgement().before, Judging.threshold))


_PREDICTION = Prediction(
    "calibration.worth",
    ("fits", "over", "under", "none"),
    right=_worth,
    move=lambda: _take(Judging.threshold),
    numbers=lambda _state, _choices: {"threshold": short_text(Judging.threshold)},
)


class Surest(NamedTuple):
    """The predictions above a threshold: how many, how many right, what their confidence says.

    expected_wrong   the sum of 1 - confidence
    confidence       their mean; NaN where there are none, and so is the share that is right
    """

    threshold: float
    above: int
    right: int
    expected_wrong: float
    confidence: float

    @property
    def wrong(self) -> int:
        """How many are wrong."""
        return self.above - self.right

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.above if self.above else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share may lie."""
        return wilson(self.right, self.above) if self.above else (math.nan, math.nan)


def surest(predictions: Predictions, threshold: float) -> Surest:
    """Count the predictions above a confidence."""
    above = predictions.confidences > threshold
    sure = predictions.confidences[above]
    confidence = float(sure.mean()) if len(sure) else math.nan
    right = int(predictions.right[above].sum())
    return Surest(threshold, len(sure), right, float((1 - sure).sum()), confidence)


def worth_film(predictions: Predictions, own: float, words: Wording, theme: Theme) -> Film:
    """Draw what becomes of the predictions that are surer than a threshold as it rises."""
    stops = sorted({*STOPS, own})
    course = [surest(predictions, stop) for stop in stops]
    names = ("confidence", "above", "right", "wrong", "expected_wrong", "mean", "share")
    return Film(
        label=words("calibration.worth.slider"),
        stops=stops,
        shown=[_above(stop) for stop in stops],
        says=[worth_sentence(each, predictions, words) for each in course],
        panels=[
            _shares(course, words, theme),
            _numbers(course, len(predictions), words, theme),
        ],
        columns=2,
        alt=words("calibration.worth.alt", n=len(predictions)),
        head=[words(f"calibration.worth.{name}") for name in names],
        rows=[
            _row(surest(predictions, stop), index)
            for index, stop in enumerate(sorted({*TABLE_STOPS, own}), 1)
        ],
    )


def _above(threshold: float) -> str:
    return f"> {short_text(threshold)}"


def _shares(course: Sequence[Surest], words: Wording, theme: Theme) -> Panel:
    """Draw their mean confidence, and the share that is right with its interval."""
    stops = [each.threshold for each in course]
    blue, amber = ink("probability", theme), ink("target", theme)
    low, high = np.array([each.interval for each in course]).T
    confidence, share = np.array([(each.confidence, each.share) for each in course]).T
    known = np.concatenate([low, confidence])
    least = float(np.nanmin(known)) if np.isfinite(known).any() else 0.0
    interval = words("calibration.bins.interval")
    drawn: list[Curve | Point] = []
    for quantity, name, y, colour, dash in (
        ("mean_confidence", "mean", confidence, blue, ""),
        ("share_right", "share", share, amber, "9 5"),
    ):
        label = words(f"calibration.worth.{name}")
        drawn += [
            Curve(stops, np.round(y, 5), colour, name=label, dash=dash),
            Point(quantity, None, y, colour, name=label),
        ]
    drawn += [
        Curve(stops, np.round(end, 5), amber, name=interval, dash="2 4") for end in (low, high)
    ]
    return Panel(
        Axis(words("calibration.axis.threshold"), (stops[0], stops[-1]), slides=True),
        Axis(words("calibration.axis.share"), (min(0.9, math.floor(10 * least) / 10), 1.005)),
        drawn,
        height=HEIGHT,
    )


def _numbers(course: Sequence[Surest], total: int, words: Wording, theme: Theme) -> Panel:
    """Draw how many there are, how many are right and wrong, and how many wrong were expected."""
    counts = {
        "above": ("logit", [each.above for each in course]),
        "right": ("target", [each.right for each in course]),
        "wrong": ("gradient_above", [each.wrong for each in course]),
    }
    bars = [
        Bar(name, None, place, y, fill(colour, theme), number_format="plain")
        for place, (name, (colour, y)) in enumerate(counts.items())
    ]
    expected = [each.expected_wrong for each in course]
    blue = ink("probability", theme)
    names = ("above_bar", "right", "wrong", "expected_bar")
    return Panel(
        Axis("", names=[words(f"calibration.worth.{name}") for name in names]),
        Axis(words("calibration.worth.predictions", n=total), (0, 1.1 * total)),
        [*bars, Bar("expected_wrong", None, 3, expected, blue, filled=False)],
        height=HEIGHT,
    )


def _row(found: Surest, index: int) -> Row:
    above = Number("above", found.above, str(found.above), index)
    right = Number("right", found.right, str(found.right), index)
    wrong = Number("wrong", found.wrong, str(found.wrong), index)
    chance = found.expected_wrong
    expected = Number("expected_wrong", chance, fixed_text(chance), index)
    row: Row = [_above(found.threshold), above, right]
    row += [wrong.computed("", "{} − {}", above, right), expected]
    if not found.above:
        return [*row, "–", "–"]
    sure = Number("mean_confidence", found.confidence, share_text(found.confidence), index)
    share = Number("share_right", found.share, share_text(found.share), index)
    return [*row, sure, share.computed("", "{} / {}", right, above)]


def worth_of(found: Surest) -> str:
    """Say whether they are right as often as their confidence says, as far as can be told."""
    if not found.above:
        return "none"
    low, high = found.interval
    if low <= found.confidence <= high:
        return "fits"
    return "over" if found.confidence > high else "under"


def worth_sentence(found: Surest, predictions: Predictions, words: Wording) -> str:
    """Say what a confidence above the threshold is worth here."""
    if not found.above:
        most = share_text(float(predictions.confidences.max()))
        return words("calibration.worth.none", threshold=short_text(found.threshold), most=most)
    low, high = found.interval
    name = worth_of(found)
    if found.above == 1:
        name = "only_right" if found.right else "only_wrong"
    return words(
        f"calibration.worth.{name}",
        share=share_text(found.share),
        interval=range_text(low, high, 4),
        confidence=share_text(found.confidence),
        n=found.above,
    )
