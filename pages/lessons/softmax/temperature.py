"""The screen of the temperature: how the probabilities depend on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core import softmax, top_k
from pages.lessons.softmax.numbers import largest_share
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import temperature_slider
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
from pages.widgets.lesson import Picture
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, background, class_colour, ink, theme
from pages.writing.wording import Wording

TEMPERATURE_RANGE = (0.05, 20.0)
TABLE_TEMPERATURES = (0.05, 0.2, 0.5, 1.0, 2.0, 5.0, 20.0)


def show() -> None:
    """Let the learner slide their temperature along the curves of all probabilities."""
    words = visit().words
    lesson.section("softmax", "temperature")
    temperature_slider(words("softmax.temperature.slider"))
    lesson.picture("softmax", "temperature", temperature_picture(visit().state, words, theme()))
    lesson.prose("softmax", "temperature_seen")


def temperature_picture(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw the learner's probabilities against the temperature, their own among those listed."""
    names = words.class_names(state.names)
    columns = sorted({*TABLE_TEMPERATURES, state.temperature})
    z = np.array(state.logits)
    a = [softmax(z, temperature=t) for t in columns]
    rows: list[list[str | Number]] = [
        [name, *(share_cell(at[i], i, z / t) for t, at in zip(columns, a, strict=True))]
        for i, name in enumerate(names)
    ]
    return Picture(
        temperature_figure(names, state.logits, state.temperature, words, theme),
        words("softmax.temperature.alt", t=short_text(state.temperature), **largest_share(state)),
        [words("lesson.class"), *(f"T = {short_text(t)}" for t in columns)],
        rows,
    )


def temperatures(temperature: float) -> Vector:
    """Return the temperatures of the sweep: evenly on a log scale, as far as the learner's own."""
    low, high = min(TEMPERATURE_RANGE[0], temperature), max(TEMPERATURE_RANGE[1], temperature)
    return np.unique(np.append(np.geomspace(low, high, POINTS), temperature))


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
    a = softmax(logits, temperature=temperature)
    order = top_k(a, len(a))
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
                    "color": class_colour(index),
                    "width": 3,
                    "simplify": False,
                    # The curves meet at both ends: where one lies on another both are seen.
                    "dash": DASHES[rank % len(DASHES)],
                },
                "hovertemplate": "%{fullData.name}: %{y:.4f}<extra></extra>",
            }
        )
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [temperature] * len(a),
            "y": a[order].tolist(),
            "marker": {
                "color": [class_colour(k) for k in order.tolist()],
                "size": 11,
                "line": {"color": background(theme), "width": 1},
            },
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
