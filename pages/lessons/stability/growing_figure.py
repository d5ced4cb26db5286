"""Where a form's loss is lost as a logit grows: its error, and a cross where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pages.widgets.figure import LEGEND, Figure, axis, figure, point, upright
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, ink, text
from pages.writing.wording import Wording

FAILS = 30.0  # the height at which a loss that is no finite number is drawn
FLOOR = 1e-17  # that of no error at all


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
    # Two fail, in the colour of text; two last, and one lies on the other: it is drawn as a band.
    strokes = {
        "naive": {"color": text(theme), "width": 2.5},
        "shifted": {"color": text(theme), "width": 2.5, "dash": "dash"},
        "log_softmax": {"color": violet, "width": 3},
        "log_sum_exp": {"color": violet, "width": 11},
    }
    traces: list[Figure] = []
    places: Sequence[float] = ()
    lowest = FAILS
    # Those that last below those that fail, which run along them at first.
    for rank, (form, (places, errors)) in reversed([*enumerate(curves.items())]):
        kept = int(np.isfinite(errors).sum())
        heights = np.maximum(errors[:kept], FLOOR)
        lowest = min(lowest, float(np.max(heights)))
        fails = kept < len(errors)
        edge = kept + fails
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": words(f"stability.form.{form}"),
                "x": list(places[:edge]),
                "y": [*heights.tolist(), *[FAILS] * fails],
                "line": {"simplify": False} | strokes[form],
                "opacity": 0.4 if form == "log_sum_exp" else 1,
                "legendrank": rank,
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


def short_power(value: float) -> str:
    """Write 10 to a whole power as Plotly sets it."""
    power = round(float(np.log10(value)))
    return "1" if power == 0 else f"10<sup>{power}</sup>".replace("-", "−")
