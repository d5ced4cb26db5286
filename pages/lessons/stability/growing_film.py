"""The film of a growing logit: in each format, how far each form comes before it fails."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from pages.film import Axis, Curve, Film, Panel, Point
from pages.film.stops import two_digit_stops
from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.limits import BEHIND, first_failure
from pages.lessons.stability.numbers import ALL, reference_of, stored
from pages.lessons.stability.texts import number
from pages.visit.precision import DTYPES, LOGIT_RANGE
from pages.widgets.tables import Number
from pages.writing.numerals import power_text, short_text
from pages.writing.palette import Theme, accent, ink
from pages.writing.wording import Wording, sentences

STOPS = 51  # evenly on a logarithmic scale, beside those at which something fails
_NEVER = math.inf


def growing_film(x: float, words: Wording, theme: Theme) -> Film:
    """Draw a lane for each form, as far as x has grown: it is broken where the form fails.

    A panel for each format; the marks stand for the loss of [x, 0] with class 2, as it comes out.
    Their indices go through the forms of one format, then of the next.
    """
    stops = growing_logits(x)
    forms = [words(f"stability.form.{form}") for form in FORMS]
    lanes = range(len(FORMS), 0, -1)
    return Film(
        label=words("stability.growing.slider"),
        stops=stops,
        shown=[f"x = {short_text(stop)}" for stop in stops],
        says=[_sentence(stop, words) for stop in stops],
        panels=[
            Panel(
                Axis(
                    words("stability.axis.logit") if dtype == DTYPES[-1] else "",
                    LOGIT_RANGE,
                    log=True,
                    ticks=[(x, short_text(x)) for x in (1.0, 10.0, 100.0, 1000.0)]
                    + [(10.0**k, power_text(k)) for k in (4, 5)],
                    slides=True,
                ),
                Axis(dtype, (0.4, len(FORMS) + 0.6), ticks=list(zip(lanes, forms, strict=True))),
                [
                    part
                    for index, (form, lane) in enumerate(
                        zip(FORMS, lanes, strict=True), 1 + len(FORMS) * DTYPES.index(dtype)
                    )
                    for part in _lane(form, dtype, index, lane, stops, words, theme)
                ],
                height=134 if dtype == DTYPES[-1] else 114,
            )
            for dtype in DTYPES
        ],
        alt=words("stability.growing.alt"),
        head=[words("stability.form.head"), *DTYPES],
        rows=_rows(x, words),
    )


def growing_logits(own: float) -> list[float]:
    """Return the stops: two digits each, the first hundredth at which a form fails, the own x."""
    failures = {
        math.ceil(100 * at) / 100
        for dtype in DTYPES
        for form in FORMS
        for at in failures_of(form, dtype)
        if at <= LOGIT_RANGE[1]
    }
    return sorted({*two_digit_stops(*LOGIT_RANGE, STOPS), *failures, own})


def failures_of(form: str, dtype: str) -> tuple[float, float]:
    """Return the x from which the gradient is not finite, and that of the loss; inf: never."""
    gradient, loss = (first_failure(form, dtype, result) for result in ("gradient", "loss"))
    return gradient or _NEVER, loss or _NEVER


@lru_cache(maxsize=512)
def losses_at(x: float) -> Mapping[tuple[str, str], float]:
    """Compute the loss of [x, 0] with class 2 by every form in every dtype."""
    losses: dict[tuple[str, str], float] = {}
    for dtype in DTYPES:
        z, y = stored((x, 0.0), dtype), stored(BEHIND, dtype)
        with np.errstate(**ALL):
            losses |= {(form, dtype): float(by(z, y)["loss"]) for form, by in FORMS.items()}
    return losses


def _lane(
    form: str,
    dtype: str,
    index: int,
    height: int,
    stops: Sequence[float],
    words: Wording,
    theme: Theme,
) -> Iterator[Curve | Point]:
    """Draw how far a form comes: with both results, with its loss alone, and where it ends."""
    gradient, loss = failures_of(form, dtype)
    first = min(gradient, loss)
    orange, violet = ink("gradient_above", theme), ink("loss", theme)
    for start, end, colour, dash in (
        (0.0, first, accent(theme), ""),
        (first, loss, violet, "2 5"),
    ):
        if start < end:
            inner = [x for x in stops if start < x < end]
            xs = sorted({*inner, *(x for x in (start, end) if 0 < x <= stops[-1])})
            yield Curve(xs, [height] * len(xs), colour, dash=dash, passed="below")
    yield Point(
        "loss",
        index,
        [height if x < loss else _NEVER for x in stops],
        accent(theme),
        values=[losses_at(x)[form, dtype] for x in stops],
        number_format=None,
    )
    for quantity, at, colour in (
        ("gradient_threshold", gradient, orange),
        ("loss_threshold", loss, violet),
    ):
        if at < _NEVER:
            yield Point(
                quantity,
                index,
                [height if x >= at else _NEVER for x in stops],
                colour,
                x=[at] * len(stops),
                values=[at] * len(stops),
                name=words(f"stability.growing.{quantity}"),
                symbol="cross",
                number_format=None,
            )


def _sentence(x: float, words: Wording) -> str:
    """Say from which logit on each form has failed, format by format."""
    holding, said = [], []
    for dtype in DTYPES:
        naive, lasting = (failures_of(form, dtype)[1] for form in ("naive", "log_softmax"))
        gradient, shifted = failures_of("shifted", dtype)
        failed = sum(x >= at for at in (naive, shifted, lasting))
        if not failed:
            holding.append(dtype)
            continue
        said.append(
            words(
                f"stability.growing.{('two', 'loss', 'all')[failed - 1]}",
                dtype=dtype,
                naive=f"{naive:.2f}",
                gradient=f"{gradient:.2f}",
                shifted=f"{shifted:.2f}",
                lasting=short_text(round(lasting)) if failed == 3 else "",
            )
        )
    if holding:
        said.append(words("stability.growing.hold", dtypes=words.listed(holding)))
    return sentences(said)


def _rows(x: float, words: Wording) -> list[list[str | Number]]:
    """Lay out the exact loss, and what each form makes of it in each format."""
    right = number("loss", reference_of((x, 0.0), BEHIND).loss, words)
    rows: list[list[str | Number]] = [[words("stability.exact"), *[right] * len(DTYPES)]]
    for form in FORMS:
        losses = (losses_at(x)[form, dtype] for dtype in DTYPES)
        row = [number("loss", loss, words) for loss in losses]
        rows.append([words(f"stability.form.{form}"), *row])
    return rows
