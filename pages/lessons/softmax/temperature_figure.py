"""How the probabilities depend on the temperature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core import softmax, top_k
from pages.widgets.figure import (
    DASHES,
    LEGEND,
    POINTS,
    QUARTERS,
    Figure,
    Vector,
    axis,
    figure,
    short_name,
    upright,
)
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, ink
from pages.writing.wording import Wording

TEMPERATURE_RANGE = (0.05, 20.0)


def temperatures(chosen: float) -> Vector:
    """Return the temperatures of the sweep: evenly on a log scale, as far as the chosen one."""
    low, high = min(TEMPERATURE_RANGE[0], chosen), max(TEMPERATURE_RANGE[1], chosen)
    return np.unique(np.append(np.geomspace(low, high, POINTS), chosen))


def temperature_figure(
    names: Sequence[str],
    logits: Sequence[float],
    temperature: float,
    words: Wording,
    theme: Theme,
) -> Figure:
    """Draw every probability against the temperature, with the learner's own T marked."""
    across = temperatures(temperature)
    # All at once, and bit for bit what core does at each temperature: shift, then divide.
    curves = softmax((np.array(logits) - max(logits)) / across[:, np.newaxis])
    own = softmax(logits, temperature=temperature)
    order = top_k(own, len(own))
    blue = ink("probability", theme)
    traces: list[Figure] = []
    for rank, index in enumerate(order.tolist()):
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": short_name(names[index]),
                "x": across.tolist(),
                "y": curves[:, index].tolist(),
                "line": {
                    "color": blue,
                    "width": 3 if rank == 0 else 2,
                    "simplify": False,
                    "dash": DASHES[rank % len(DASHES)],
                },
                "opacity": 1 if rank < len(DASHES) else 0.55,
                "hovertemplate": "%{fullData.name}: %{y:.4f}<extra></extra>",
            }
        )
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [temperature] * len(own),
            "y": own[order].tolist(),
            "marker": {"color": blue, "size": 10},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
    low, high = np.log10(across[[0, -1]])
    edge = 0.04 * (high - low)
    grey = ink("logit", theme)
    return figure(
        traces,
        theme,
        height=330 + 22 * ((len(names) + 2) // 3),
        xaxis=axis(
            words("softmax.axis.temperature"),
            type="log",
            range=[low - edge, high + edge],
            tickvals=[0.01, 0.1, 1, 10, 100],
            ticktext=["0.01", "0.1", "1", "10", "100"],
        ),
        yaxis=axis(words("softmax.axis.probability"), range=[-0.03, 1.05], tickvals=QUARTERS),
        shapes=[upright(temperature, grey)],
        annotations=[
            {
                "x": float(np.log10(temperature)),  # annotations take the logarithm on a log axis
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": f"T = {short_text(temperature)}",
                "showarrow": False,
            }
        ],
        hovermode="x unified",
        legend=LEGEND,
        showlegend=True,
    )
