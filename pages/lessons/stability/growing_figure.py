"""The lesson on stability: where a form's loss is lost, and what a large error costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pages.widgets.figure import DASHES, LEGEND, Figure, axis, figure, point, upright
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, ink, text
from pages.writing.wording import Wording

FAILS = 30.0  # the height at which a loss that is no finite number is drawn
FLOOR = 1e-17  # that of no error at all
LEAST_SHOWN = 0.0025  # of a probability: -ln p would leave the picture


def errors_figure(
    curves: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    lines: Mapping[float, str],
    own: float,
    words: Wording,
    theme: Theme,
) -> Figure:
    """Draw the error of each form against the growing logit; a cross where it has no loss left.

    curves   by form: the places and the relative errors, inf from where the form fails
    lines    what to write at the upright line of each threshold, the lower one first
    own      the learner's largest logit, marked below where it is in range
    """
    violet, grey = ink("loss", theme), ink("logit", theme)
    traces: list[Figure] = []
    places: Sequence[float] = ()
    lowest = FAILS
    for number, (form, (places, found)) in enumerate(curves.items()):
        kept = int(np.isfinite(found).sum())
        heights = np.maximum(found[:kept], FLOOR)
        lowest = min(lowest, float(np.max(heights)))
        fails = kept < len(found)
        edge = kept + fails
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": words(f"stability.form.{form}"),
                "x": list(places[:edge]),
                "y": [*heights.tolist(), *[FAILS] * fails],
                "line": {"color": violet, "width": 3, "dash": DASHES[number], "simplify": False},
                "hovertemplate": "%{fullData.name}: %{y:.1e}<extra></extra>",
            }
        )
        if fails:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": [places[kept]],
                    "y": [FAILS],
                    "marker": {"color": text(theme), "size": 13, "symbol": "x"},
                    "hoverinfo": "skip",
                    "showlegend": False,
                }
            )
    low, end = np.log10(lowest) - 1.2, places[-1]
    if 0 <= own <= end:
        mark = point(own, float(10**low), grey)
        told = {"name": words("stability.axis.own"), "showlegend": True}
        traces.append(mark | told | {"hovertemplate": f"z = {short_text(own)}<extra></extra>"})
    ticks = [10.0**power for power in range(-16, 1, 2) if power > low]
    return figure(
        traces,
        theme,
        height=420,
        margin={"l": 8, "r": 16, "t": 48, "b": 8},
        xaxis=axis(words("stability.axis.logit"), range=[0, end]),
        yaxis=axis(
            words("stability.axis.error"),
            type="log",
            range=[low, np.log10(FAILS) + 0.5],
            tickvals=[*ticks, FAILS],
            ticktext=[*map(short_power, ticks), words("stability.axis.fails")],
        ),
        shapes=[upright(place, grey) for place in lines],
        annotations=[
            {
                "x": place,
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "xanchor": "right",
                "yshift": 18 * level,
                "text": label,
                "showarrow": False,
            }
            # The two may be close: one label above the other, both to the left of their lines.
            for level, (place, label) in enumerate(lines.items())
        ],
        legend=LEGEND,
        showlegend=True,
    )


def penalties_figure(own: float, words: Wording, theme: Theme) -> Figure:
    """Draw -ln p and 1 - p over the probability p of the right class, the learner's own marked."""
    p = np.unique(np.append(np.geomspace(LEAST_SHOWN, 1, 161), np.linspace(0.05, 1, 40)))
    violet, plain = ink("loss", theme), text(theme)
    both = (("−ln p", -np.log(p), violet, DASHES[0]), ("1 − p", 1 - p, plain, DASHES[1]))
    traces: list[Figure] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": p.tolist(),
            "y": (height + 0.0).tolist(),
            "line": {"color": colour, "width": 3, "dash": dash, "simplify": False},
            "hovertemplate": "%{fullData.name}: %{y:.3f}<extra></extra>",
        }
        for name, height, colour, dash in both
    ]
    if own >= LEAST_SHOWN:
        traces += [point(own, -float(np.log(own)) + 0.0, violet), point(own, 1 - own, plain)]
    return figure(
        traces,
        theme,
        height=340,
        xaxis=axis(words("stability.axis.probability"), range=[-0.02, 1.03]),
        yaxis=axis(words("stability.axis.penalty"), range=[-0.15, 6.2], nticks=7),
        legend=LEGEND,
        showlegend=True,
    )


def short_power(value: float) -> str:
    """Write 10 to a whole power as Plotly sets it."""
    power = round(float(np.log10(value)))
    return "1" if power == 0 else f"10<sup>{power}</sup>".replace("-", "−")
