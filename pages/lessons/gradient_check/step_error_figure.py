"""How far differences are from the gradient, against the step, both on logarithmic axes."""

from __future__ import annotations

import math

import numpy as np

from pages.lessons.gradient_check.step_errors import FLOOR, ORDERS, SOURCE_STEP, STEPS, Sweep
from pages.visit.difference_check import METHODS
from pages.widgets.figure import LEGEND, Figure, Vector, axis, figure
from pages.writing.numerals import power_text, step_text, times_text
from pages.writing.palette import Theme, accent, background, ink, text
from pages.writing.wording import Wording

_DASHES = {"forward": "dash", "central": "solid", "complex": "dot"}
_GREY = "rgba(128, 128, 128, 0.18)"
FREE = 10.0  # times the best: what a step may cost and still be called as good
_ROOM = -4.4  # the decade of h beyond which words at a star would leave a phone on the right
_LOW = 1e-14  # an error below which there is no place for words
_WIDE = 3.0  # decades that the words in the grey area need on a phone


def step_error_figure(sweep: Sweep, method: str, words: Wording, theme: Theme) -> Figure:
    """Draw the errors of all methods, the chosen one in front with its two regimes and best step.

    Steps that vanish beside a logit are a grey area without a curve; an error of 0 is on the floor.
    """
    strong, grey = accent(theme), ink("logit", theme)
    ordered = [*(name for name in METHODS if name != method), method]
    traces = [*_regimes(sweep, method, grey)]
    for name in ordered:
        chosen = name == method
        colour = strong if chosen else grey
        label = words(f"gradient_check.method.{name}")
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": label,
                "x": STEPS.tolist(),
                "y": drawn(sweep.errors[name]),
                "connectgaps": False,
                "line": {
                    "color": colour,
                    "width": 3 if chosen else 1.5,
                    "dash": _DASHES[name],
                    "simplify": False,
                },
                "legendrank": METHODS.index(name) + 1,
                "hovertemplate": "h = %{x:.1e}: %{y:.1e}<extra>%{fullData.name}</extra>",
            }
        )
        best = sweep.best(name)
        if best is not None:
            symbol = "star" if chosen else "star-open"
            traces.append(_best(sweep, name, best, {"color": colour, "size": 14, "symbol": symbol}))
    measured = np.concatenate([sweep.errors[name] for name in METHODS])
    largest = float(np.nanmax(measured, initial=1.0))
    top = math.ceil(math.log10(largest)) + 0.5
    places = [FLOOR, *(10.0**k for k in range(-12, math.ceil(top), _gap(top)))]
    return figure(
        traces,
        theme,
        height=400,
        margin={"l": 8, "r": 16, "t": 34, "b": 8},
        xaxis=axis(
            words("gradient_check.axis.step"),
            type="log",
            range=[-16.3, -0.7],
            tickvals=[1e-16, 1e-13, 1e-10, 1e-7, 1e-4, 1e-1],
            ticktext=[power_text(k) for k in (-16, -13, -10, -7, -4, -1)],
        ),
        yaxis=axis(
            words(f"gradient_check.axis.{'error' if sweep.slope else 'absolute'}"),
            type="log",
            range=[math.log10(FLOOR) - 0.7, top],
            tickvals=places,
            ticktext=["0", *(power_text(round(math.log10(place))) for place in places[1:])],
        ),
        shapes=[_line(SOURCE_STEP, text(theme), "dot"), *_unmoved(sweep)],
        annotations=_notes(sweep, method, words, theme),
        legend=LEGEND | {"y": -0.24},
        showlegend=True,
    )


def drawn(errors: Vector) -> list[float | None]:
    """Return the errors as they are drawn: none where nothing was measured, 0 on the floor."""
    return [None if math.isnan(error) else max(error, FLOOR) for error in errors.tolist()]


def _gap(top: float) -> int:
    return 4 if top < 10 else 8


def _best(sweep: Sweep, method: str, best: int, marker: Figure) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [float(STEPS[best])],
        "y": [max(float(sweep.errors[method][best]), FLOOR)],
        "marker": marker,
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    }


def _regimes(sweep: Sweep, method: str, colour: str) -> list[Figure]:
    """Return thin lines of the slopes that the two regimes have in theory."""
    best = sweep.best(method)
    if best is None:
        return []
    errors, lines = sweep.errors[method], []
    half_way = (best + len(STEPS) - 1) // 2
    if errors[half_way] > 0 and half_way > best:
        right = STEPS[best:]
        lines.append((right, errors[half_way] * (right / STEPS[half_way]) ** ORDERS[method]))
    if method != "complex" and sweep.value != 0:
        left = STEPS[: best + 1]
        left = left[left > sweep.unmoved]
        noise = float(np.finfo(sweep.dtype).eps) * abs(sweep.value) / sweep.scale
        lines.append((left, noise / left))
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": x.tolist(),
            "y": np.maximum(y, FLOOR).tolist(),
            "line": {"color": colour, "width": 1},
            "opacity": 0.6,
            "hoverinfo": "skip",
            "showlegend": False,
        }
        for x, y in lines
    ]


def _line(step: float, colour: str, dash: str) -> Figure:
    line = {"color": colour, "width": 1.5, "dash": dash}
    return {"type": "line", "x0": step, "x1": step, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _unmoved(sweep: Sweep) -> list[Figure]:
    if not sweep.unmoved:
        return []
    area = {"x0": 10**-16.3, "x1": sweep.unmoved, "y0": 0, "y1": 1, "yref": "paper"}
    return [{"type": "rect", "line": {"width": 0}, "fillcolor": _GREY, "layer": "below"} | area]


def _notes(sweep: Sweep, method: str, words: Wording, theme: Theme) -> list[Figure]:
    """Name both regimes, the best step at its star, the source's step, and what vanishes."""
    power = "h²" if ORDERS[method] == 2 else "h"
    left = "flat" if method == "complex" else "rounding"
    above: Figure = {"y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    notes = [
        above
        | {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "text": words(f"gradient_check.regime.{left}"),
        },
        above
        | {
            "x": 1,
            "xref": "paper",
            "xanchor": "right",
            "text": words("gradient_check.regime.truncation", power=power),
        },
        {  # on a logarithmic axis annotations take the logarithm
            "x": math.log10(SOURCE_STEP),
            "y": 1,
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "top",
            "text": _source(sweep, method, words),
            "showarrow": False,
        },
    ]
    best = sweep.best(method)
    if best is not None:
        low = sweep.errors[method][best] < _LOW
        notes.append(
            {
                "x": math.log10(STEPS[best]),
                "y": math.log10(max(float(sweep.errors[method][best]), FLOOR)),
                "text": words("gradient_check.best_step", step=step_text(float(STEPS[best]))),
                "xanchor": "right" if math.log10(STEPS[best]) > _ROOM else "left",
                "yanchor": "bottom" if low else "top",
                "yshift": 8 if low else -8,
                "font": {"size": 13},
                "bgcolor": background(theme),
                "showarrow": False,
            }
        )
    if sweep.unmoved and math.log10(sweep.unmoved) + 16 > _WIDE:
        notes.append(
            {
                "x": (math.log10(sweep.unmoved) - 16) / 2,
                "y": 0.5,
                "yref": "paper",
                "text": "z + h = z",
                "showarrow": False,
            }
        )
    return notes


def _source(sweep: Sweep, method: str, words: Wording) -> str:
    cost = sweep.cost(method)
    if cost is None or not sweep.slope or cost <= FREE:
        return words("gradient_check.source_step")
    return words("gradient_check.source_cost", cost=times_text(cost))
