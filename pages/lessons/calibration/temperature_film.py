"""The film of the temperature: the loss along T, and the reliability diagram at each T."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pages.film import Axis, Bar, Curve, Film, Panel, Point
from pages.film.parts import Format
from pages.lessons.calibration.bins import Row, bins_table, diagram_of, share_text
from pages.lessons.calibration.courses import ByTemperature
from pages.lessons.calibration.judgement import Judgement
from pages.lessons.training.scale import Matrix
from pages.widgets.figure import QUARTERS
from pages.writing.numerals import fixed_text, short_text, significant_text
from pages.writing.palette import Theme, fill, ink
from pages.writing.wording import Wording

WIDE = 10.0  # times the least loss: from there on the axis is logarithmic
MOST_COUNTS_WRITTEN = 10  # bins; of more the numbers would run into each other
HEIGHT = 230


def temperature_film(
    judgement: Judgement, bins: int, own: float, words: Wording, theme: Theme
) -> Film:
    """Draw what each T does to a model for which one is fitted; its bins at 1, there and at `own`.

    own   where the learner stands
    """
    course, fitted = judgement.by_temperature(bins, own), judgement.fitted
    stops = course.stops.tolist()
    return Film(
        label=words("calibration.temperature.slider"),
        stops=stops,
        shown=[f"T = {_text(t, fitted)}" for t in stops],
        says=[_sentence(course, place, words) for place in range(len(stops))],
        panels=[
            _losses(course, fitted, words, theme),
            _reliability(course, words, theme),
            _counts(course, words, theme),
        ],
        columns=3,
        alt=words(
            "calibration.temperature.alt",
            T=significant_text(fitted),
            before=share_text(course.error[stops.index(1)]),
            after=share_text(course.error[stops.index(fitted)]),
        ),
        head=_head(judgement, bins, words),
        rows=[
            row
            for t in sorted({1.0, fitted, own})
            for row in _rows(judgement, bins, t, _text(t, fitted), words)
        ],
    )


def _text(temperature: float, fitted: float) -> str:
    return (significant_text if temperature == fitted else short_text)(temperature)


def _losses(course: ByTemperature, fitted: float, words: Wording, theme: Theme) -> Panel:
    """Draw the loss of the held-out samples and of those that T is fitted on."""
    violet, grey = ink("loss", theme), ink("logit", theme)
    stops, losses = course.stops, np.concatenate([course.loss, course.validation_loss])
    held_out, validation = (words(f"calibration.temperature.{name}") for name in ("test", "chosen"))
    least = course.validation_loss[stops.tolist().index(fitted)]
    drawn: list[Curve | Point] = [
        Curve(stops, np.round(course.validation_loss, 5), grey, name=validation, dash="9 5"),
        Curve(stops, np.round(course.loss, 5), violet, name=held_out),
        Point(
            "fitted_temperature",
            None,
            np.full(len(stops), least),
            ink("probability", theme),
            x=np.full(len(stops), fitted),
            values=np.full(len(stops), fitted),
            name=words("calibration.temperature.best"),
            symbol="diamond",
            number_format="significant",
        ),
        Point("validation_nll", None, course.validation_loss, grey, name=validation, symbol="ring"),
        Point("nll", None, course.loss, violet, name=held_out),
    ]
    return Panel(
        Axis("T", (float(stops[0]), float(stops[-1])), log=True, ticks=_steps(stops), slides=True),
        _loss_axis(losses, words("calibration.quantity.nll")),
        drawn,
        height=HEIGHT,
    )


def _loss_axis(losses: Matrix, title: str) -> Axis:
    """Return an axis of losses: logarithmic where they span more than a power of ten."""
    drawn = losses[np.isfinite(losses) & (losses > 0)]
    low, high = float(drawn.min()), float(drawn.max())
    if high < WIDE * low:
        return Axis(title, (0, 1.05 * high))
    ends = np.array([low / 1.2, min(1.2 * high, np.finfo(float).max)])
    return Axis(title, (float(ends[0]), float(ends[1])), log=True, ticks=_steps(ends))


def _steps(across: Matrix) -> list[tuple[float, str]] | None:
    """Return 1, 2 and 5 times powers of ten on an axis; None where it is long."""
    low, high = float(across[0]), float(across[-1])
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    if last - first > 4:
        return None
    numbers = [m * 10.0**k for k in range(first, last + 1) for m in (1, 2, 5)]
    return [(x, short_text(x)) for x in numbers if low <= x <= high]


def _reliability(course: ByTemperature, words: Wording, theme: Theme) -> Panel:
    """Draw the accuracy of each bin as a bar, and a diamond at its confidence."""
    return Panel(
        _confidences(course, words("calibration.axis.short")),
        Axis(
            words("calibration.axis.accuracy"),
            (0, 1.03),
            ticks=[(share, short_text(share)) for share in QUARTERS],
        ),
        list(_bins(course, words, theme)),
        height=HEIGHT,
    )


def _confidences(course: ByTemperature, title: str) -> Axis:
    """Return the axis of the confidence: a place a bin, labelled from 0 to 1."""
    bins = len(course.counts)
    ticks = [(share * bins - 0.5, short_text(share)) for share in (0, 0.5, 1)]
    return Axis(title, names=[str(b + 1) for b in range(bins)], ticks=ticks)


def _bins(course: ByTemperature, words: Wording, theme: Theme) -> Iterator[Curve | Point | Bar]:
    bins, grey, blue = len(course.counts), ink("logit", theme), ink("probability", theme)
    yield Curve([-0.5, bins - 0.5], [0, 1], grey, name=words("calibration.diagonal"), dash="2 4")
    name = words("calibration.quantity.confidence")
    for b in np.flatnonzero(course.counts.any(axis=1)).tolist():
        amber = fill("target", theme)
        yield Bar("bin_accuracy", b + 1, b, course.accuracy[b], amber, number_format=None)
        confidence = course.confidence[b]
        yield Point(
            "bin_confidence",
            b + 1,
            np.where(course.counts[b] > 0, np.round(confidence, 4), np.nan),
            blue,
            x=np.round(bins * confidence - 0.5, 2),
            values=confidence,
            name=name,
            symbol="diamond",
            number_format=None,
        )
        name = ""  # one entry in the legend


def _counts(course: ByTemperature, words: Wording, theme: Theme) -> Panel:
    """Draw how many samples there are in each bin."""
    colour, bins = fill("logit", theme), len(course.counts)
    written: Format | None = "plain" if bins <= MOST_COUNTS_WRITTEN else None
    return Panel(
        _confidences(course, words("calibration.axis.short")),
        Axis(words("calibration.axis.count"), (0, 1.1 * float(course.counts.max()))),
        [
            Bar("count", b + 1, b, course.counts[b], colour, number_format=written)
            for b in np.flatnonzero(course.counts.any(axis=1)).tolist()
        ],
        height=HEIGHT,
    )


def _sentence(course: ByTemperature, at: int, words: Wording) -> str:
    return words(
        "calibration.temperature.says",
        nll=fixed_text(course.loss[at]),
        ece=share_text(course.error[at]),
        confidence=share_text(course.mean_confidence[at]),
    )


def _head(judgement: Judgement, bins: int, words: Wording) -> list[str]:
    first, *others = bins_table(diagram_of(judgement.before, bins), words).head
    return [first, "T", *others]


def _rows(judgement: Judgement, bins: int, t: float, text: str, words: Wording) -> Iterator[Row]:
    for row in bins_table(diagram_of(judgement.at_temperature(t), bins), words).rows:
        yield [row[0], text, *row[1:]]
