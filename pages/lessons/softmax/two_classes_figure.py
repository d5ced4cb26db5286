"""The sigmoid, and the softmax of two classes, over the difference of the logits."""

from __future__ import annotations

import numpy as np

from core import exponentials, softmax
from pages.widgets.figure import LEGEND, QUARTERS, Figure, Vector, axis, dense_near, figure, point
from pages.writing.palette import Theme, ink
from pages.writing.wording import Wording


def sigmoid(values: Vector) -> Vector:
    """Compute 1 / (1 + e^-x), entry by entry, without softmax; x = +inf gives 1."""
    # The 0 stands beside each entry because a row of nothing but -inf has no exponentials.
    return np.asarray(
        1 / (1 + exponentials(np.stack([np.zeros(len(values)), -values], axis=-1))[:, 1])
    )


def two_classes_figure(difference: float, words: Wording, theme: Theme) -> Figure:
    """Draw the sigmoid and the two-class softmax over z₁ − z₂, the learner's difference marked."""
    reach = 8.0
    finite = bool(np.isfinite(difference))
    if finite:
        reach = max(reach, 1.15 * abs(difference))
    across = dense_near(0.0, 8.0, -reach, reach)
    curve = {
        "type": "scatter",
        "mode": "lines",
        "name": words("softmax.sigmoid.curve"),
        "x": across.tolist(),
        "y": sigmoid(across).tolist(),
        "line": {"color": ink("logit", theme), "width": 7, "simplify": False},
        "opacity": 0.45,
        "hoverinfo": "skip",
    }
    pairs = np.stack([across, np.zeros_like(across)], axis=-1)
    over = {
        "type": "scatter",
        "mode": "lines",
        "name": words("softmax.sigmoid.softmax_curve"),
        "x": across.tolist(),
        "y": softmax(pairs)[:, 0].tolist(),
        "line": {"color": ink("probability", theme), "width": 2, "simplify": False},
        "hovertemplate": "%{x:.2f}: %{y:.4f}<extra></extra>",
    }
    traces: list[Figure] = [curve, over]
    if finite:
        traces.append(
            point(difference, float(softmax([difference, 0.0])[0]), ink("probability", theme))
        )
    return figure(
        traces,
        theme,
        height=320,
        xaxis=axis(words("softmax.axis.difference"), range=[-reach, reach]),
        yaxis=axis(words("softmax.axis.first"), range=[-0.04, 1.06], tickvals=QUARTERS),
        legend=LEGEND,
        showlegend=True,
    )
