"""The film of the step h: the hand draws how far the differences are from the gradient."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pages.film import Axis, Curve, Film, Panel, Point, Region
from pages.lessons.gradient_check.step_errors import (
    FLOOR,
    FREE,
    ORDERS,
    SOURCE_STEP,
    STEPS,
    Sweep,
    place,
)
from pages.visit.difference_check import METHODS
from pages.widgets.tables import Number
from pages.writing.numerals import power_text, step_text, times_text
from pages.writing.palette import Theme, accent, ink, text
from pages.writing.wording import Wording, sentences

_DASHES = {"forward": "9 5", "central": "", "complex": "2 5"}
_ENDS = (10**-16.3, 10**-0.7)
_SOME_POWERS = (-16, -13, -10, -7, -4, -1)


def step_film(sweep: Sweep, method: str, words: Wording, theme: Theme) -> Film:
    """Draw the errors of all methods from the largest step down to the stop, a decade a row.

    The chosen method lies in front; its regimes are regions. A step that vanishes beside a logit
    has no error; an error of 0 is drawn on the floor.
    """
    best = sweep.best(method)
    top = _top(sweep)
    said = "none" if best is None else "alt"
    return Film(
        label=words("gradient_check.sweep.slider"),
        stops=STEPS.tolist(),
        shown=[f"h = {step_text(h)}" for h in STEPS],
        says=_sentences(sweep, method, words),
        panels=[
            Panel(
                Axis(
                    words("gradient_check.axis.step"),
                    _ENDS,
                    log=True,
                    ticks=[(10.0**k, power_text(k)) for k in _SOME_POWERS],
                    slides=True,
                ),
                Axis(
                    words(f"gradient_check.axis.{'error' if sweep.slope else 'absolute'}"),
                    (FLOOR / 5, 10.0**top),
                    log=True,
                    ticks=[
                        (FLOOR, "0"),
                        *((10.0**k, power_text(k)) for k in range(-12, math.ceil(top), _gap(top))),
                    ],
                ),
                [
                    *_regimes(sweep, method, words, theme),
                    *_methods(sweep, method, words, theme),
                    _source(sweep, method, top, words, theme),
                ],
                height=290,
            )
        ],
        alt=words(
            f"gradient_check.sweep.{said}",
            method=words(f"gradient_check.method.{method}"),
            dtype=sweep.dtype,
            step="" if best is None else step_text(STEPS[best]),
            error="" if best is None else step_text(sweep.around(method)[best]),
        ),
        head=["h", *(words(f"gradient_check.short.{name}") for name in METHODS)],
        rows=[
            [step_text(step), *(_error_cell(sweep, name, step) for name in METHODS)]
            for step in 10.0 ** np.arange(-1, -17, -1)
        ],
    )


def _top(sweep: Sweep) -> float:
    """Return the power of ten where the axis of the errors ends."""
    largest = float(np.nanmax([sweep.errors[name] for name in METHODS], initial=1.0))
    return math.ceil(math.log10(largest)) + 1.5


def _gap(top: float) -> int:
    return 4 if top < 10 else 8


def _regimes(sweep: Sweep, method: str, words: Wording, theme: Theme) -> Iterator[Region]:
    """Name what the error comes from, on either side of the best step, and where nothing moves."""
    grey, best = ink("logit", theme), sweep.best(method)
    start = sweep.unmoved if method != "complex" else 0.0
    if start:
        yield Region(_ENDS[0], start, words("gradient_check.regime.vanishes"), text(theme))
    if best is None:
        return
    left = "flat" if method == "complex" else "rounding"
    power = "h²" if ORDERS[method] == 2 else "h"
    meet = float(STEPS[best])
    yield Region(max(start, _ENDS[0]), meet, words(f"gradient_check.regime.{left}"), grey)
    truncation = words("gradient_check.regime.truncation", power=power)
    yield Region(meet, _ENDS[1], truncation, accent(theme))


def _source(sweep: Sweep, method: str, top: float, words: Wording, theme: Theme) -> Curve:
    """Mark a step of some tutorials, and its cost: a line that ends below the regimes' names."""
    cost = sweep.cost(method)
    free = cost is None or not sweep.slope or cost <= FREE
    name = words(f"gradient_check.source_{'step' if free else 'cost'}", cost=times_text(cost or 1))
    low = math.log10(FLOOR / 5)
    ends = [10.0**low, 10.0 ** (low + 0.85 * (top - low))]
    return Curve([SOURCE_STEP] * 2, ends, text(theme), name=name, dash="1 6")


def _methods(sweep: Sweep, method: str, words: Wording, theme: Theme) -> Iterator[Curve | Point]:
    for name in (*(other for other in METHODS if other != method), method):
        colour = accent(theme) if name == method else ink("logit", theme)
        label = words(f"gradient_check.method.{name}")
        errors = sweep.errors[name]
        heights = np.where(np.isnan(errors), np.nan, np.maximum(errors, FLOOR))
        yield Curve(STEPS, heights, colour, name=label, dash=_DASHES[name], passed="above")
        yield Point(
            "error",
            METHODS.index(name) + 1,
            heights,
            colour,
            values=errors,
            name=label,
            number_format="significant",
        )


def _error_cell(sweep: Sweep, method: str, step: float) -> Number | str:
    error = float(sweep.errors[method][place(step)])
    return (
        "z + h = z"
        if math.isnan(error)
        else Number("error", error, step_text(error), METHODS.index(method) + 1)
    )


def _sentences(sweep: Sweep, method: str, words: Wording) -> list[str]:
    """Say how large the chosen method's error is at each step, and what it comes from."""
    best, said = sweep.best(method), []
    for k, (step, error) in enumerate(zip(STEPS.tolist(), sweep.errors[method], strict=True)):
        if math.isnan(error) or best is None:
            line = words(
                "gradient_check.sweep.says_vanishes", step=step_text(step), dtype=sweep.dtype
            )
        else:
            size = words(
                f"gradient_check.sweep.says_{'share' if sweep.slope else 'absolute'}",
                step=step_text(step),
                error=step_text(error),
            )
            why = words(
                f"gradient_check.sweep.says_{_regime(method, k, best)}", times=10 ** ORDERS[method]
            )
            line = sentences([size, why])
        said.append(line)
    cost = sweep.cost(method) if sweep.slope else None
    if cost is not None:
        which = "cost" if cost > FREE else "free"
        source = words(f"gradient_check.sweep.says_{which}", cost=times_text(cost))
        at = place(SOURCE_STEP)
        said[at] = sentences([said[at], source])
    return said


def _regime(method: str, k: int, best: int) -> str:
    if k == best:
        return "best"
    if k > best:
        return "truncation"
    return "flat" if method == "complex" else "rounding"
