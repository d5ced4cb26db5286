"""How sure a model of two inputs is, the further it is asked from its data."""

from __future__ import annotations

import numpy as np

from pages.widgets.figure import LEGEND, QUARTERS, Figure, Vector, axis, curve, figure, upright
from pages.writing.palette import Theme, ink
from pages.writing.wording import Wording

STOPS = (1, 2, 5, 10, 20, 50, 100)


def distance_figure(
    factors: Vector, sure: Vector, right: Vector, at: float, words: Wording, theme: Theme
) -> Figure:
    """Draw mean confidence and accuracy against the distance, and the confidence of single ones.

    factors   how many times as far as the data, (m,)
    sure      mean confidence first, then that of single samples, (1 + k, m)
    right     accuracy, (m,)
    at        the factor that is looked at
    """
    blue, amber = ink("probability", theme), ink("target", theme)
    traces = [
        _curve(words("calibration.far.single"), factors, one, blue)
        | {"opacity": 0.45, "legendgroup": "single", "showlegend": place == 0}
        for place, one in enumerate(sure[1:])
    ]
    for each in traces:
        each["line"]["width"] = 1.5
    traces += [
        _curve(words("calibration.quantity.mean_confidence"), factors, sure[0], blue),
        _curve(words("calibration.quantity.accuracy"), factors, right, amber, "dash"),
    ]
    return figure(
        traces,
        theme,
        height=400,
        showlegend=True,
        legend=LEGEND | {"y": -0.24, "traceorder": "reversed"},
        xaxis=axis(
            words("calibration.axis.factor"),
            type="log",
            range=[-0.02, float(np.log10(factors[-1])) + 0.02],
            tickvals=list(STOPS),
            ticktext=[f"{stop}×" for stop in STOPS],
        ),
        yaxis=axis(words("calibration.axis.share"), range=[0, 1.03], tickvals=QUARTERS),
        shapes=[upright(at, ink("logit", theme))],
    )


def _curve(name: str, x: Vector, y: Vector, colour: str, dash: str = "solid") -> Figure:
    return curve(name, x, y, colour, dash, "%{x:.3~g}×: %{y:.4f}<extra>%{fullData.name}</extra>")
