"""Reliability diagrams: how often a model was right, by how sure it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from core import Reliability
from pages.widgets.figure import LEGEND, QUARTERS, Figure, axis, figure
from pages.writing.palette import Theme, fill, ink, text
from pages.writing.wording import Wording

MOST_COUNTS_WRITTEN = 15  # bins; of more the numbers would run into each other
_TICKS = {"tickvals": QUARTERS, "ticktext": ["0", "0.25", "0.5", "0.75", "1"]}


class Diagram(NamedTuple):
    """What the bins show, and from where to where each bin's accuracy may lie."""

    bins: Reliability
    low: Sequence[float]
    high: Sequence[float]


def reliability_figure(diagram: Diagram, words: Wording, theme: Theme) -> Figure:
    """Draw accuracy beside confidence by bin, and below how many samples are in each bin."""
    bars = _counts(diagram.bins, words, theme) | {"xaxis": "x2", "yaxis": "y2"}
    most = int(diagram.bins.count.max())
    return figure(
        [*_curves(diagram, words, theme), bars],
        theme,
        height=540,
        barmode="overlay",
        showlegend=True,
        legend=LEGEND | {"y": -0.14},
        xaxis=axis("", anchor="y", range=[-0.01, 1.01], showticklabels=False, **_TICKS),
        xaxis2=axis(
            words("calibration.axis.confidence"), anchor="y2", range=[-0.01, 1.01], **_TICKS
        ),
        yaxis=axis(words("calibration.axis.accuracy"), domain=[0.34, 1], range=[0, 1.03], **_TICKS),
        yaxis2=axis(
            words("calibration.axis.count"),
            anchor="x2",
            domain=[0, 0.26],
            range=[0, 1.25 * most],
            nticks=3,
        ),
    )


def _curves(diagram: Diagram, words: Wording, theme: Theme) -> list[Figure]:
    """Bars of accuracy with their intervals, a mark at the confidence of each, and the diagonal."""
    bins = diagram.bins
    some = np.flatnonzero(bins.count)
    width = float(bins.edges[1] - bins.edges[0])
    accuracy, confidence = bins.accuracy[some], bins.confidence[some]
    low, high = np.array(diagram.low)[some], np.array(diagram.high)[some]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": words("calibration.diagonal"),
            "x": [0, 1],
            "y": [0, 1],
            "line": {"color": ink("logit", theme), "width": 1.5, "dash": "dot"},
            "hoverinfo": "skip",
        },
        {
            "type": "bar",
            "name": words("calibration.quantity.accuracy"),
            "x": (bins.edges[some] + width / 2).tolist(),
            "y": accuracy.tolist(),
            "width": 0.86 * width,
            "marker": {"color": fill("target", theme), "line": {"width": 0}},
            "opacity": 0.75,
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": np.maximum(high - accuracy, 0).tolist(),
                "arrayminus": np.maximum(accuracy - low, 0).tolist(),
                "color": ink("logit", theme),
                "thickness": 1.5,
                "width": 3,
            },
            "customdata": bins.count[some].tolist(),
            "hovertemplate": "%{y:.4f} (n = %{customdata})<extra>%{fullData.name}</extra>",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": words("calibration.quantity.confidence"),
            "x": confidence.tolist(),
            "y": confidence.tolist(),
            "marker": {
                "color": ink("probability", theme),
                "size": 10,
                "symbol": "diamond",
            },
            "cliponaxis": False,
            "hovertemplate": "%{y:.4f}<extra>%{fullData.name}</extra>",
        },
    ]


def _counts(bins: Reliability, words: Wording, theme: Theme) -> Figure:
    width = float(bins.edges[1] - bins.edges[0])
    some = np.flatnonzero(bins.count)
    counts = bins.count[some].tolist()
    written = {"text": [str(c) for c in counts], "textposition": "outside", "textangle": 0}
    return {
        "type": "bar",
        "name": words("calibration.axis.count"),
        "x": (bins.edges[some] + width / 2).tolist(),
        "y": counts,
        "width": 0.86 * width,
        "marker": {"color": fill("logit", theme), "line": {"width": 0}},
        "textfont": {"size": 12, "color": text(theme)},
        "constraintext": "none",
        "cliponaxis": False,
        "showlegend": False,
        "hovertemplate": "%{y}<extra>%{fullData.name}</extra>",
    } | (written if len(bins.count) <= MOST_COUNTS_WRITTEN else {})
