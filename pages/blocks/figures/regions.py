"""Points of the plane by class, and where a model says which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core import softmax
from pages.blocks.figures.class_marks import class_colour, class_symbol
from pages.blocks.figures.frame import LEGEND, Figure, Vector, Whole, axis, figure
from pages.blocks.palette import Theme, background, text

CELLS = 90  # across and down
_FAINT, _STRONG = 0.08, 0.55  # how much of its colour a class has: when unsure, and when sure


def regions(
    inputs: Vector,
    labels: Whole,
    layer: tuple[Vector, Vector] | None,
    names: tuple[Sequence[str], Sequence[str]],
    theme: Theme,
    followed: int | None = None,
) -> Figure:
    """Draw points (N, 2), on top of the regions of a layer (weights, bias) if there is one.

    names      of the classes and of the two axes
    followed   the point in a ring, from 0; `customdata` of all says which each is
    """
    classes, axes = names
    reach = 1.08 * float(np.max(np.abs(inputs))) or 1.0
    traces = [] if layer is None else [_areas(layer, reach, theme)]
    for k, name in enumerate(classes):
        own = np.flatnonzero(labels == k)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": np.round(inputs[own, 0], 4).tolist(),
                "y": np.round(inputs[own, 1], 4).tolist(),
                "customdata": own.tolist(),
                "marker": {
                    "color": class_colour(k),
                    "symbol": class_symbol(k),
                    "size": 8,
                    "line": {"width": 1, "color": background(theme)},
                },
                "selected": {"marker": {"opacity": 1}},
                "unselected": {"marker": {"opacity": 1}},
                "hovertemplate": "%{x:.3~f}, %{y:.3~f}<extra>%{fullData.name}</extra>",
            }
        )
    if followed is not None:
        x, y = (float(v) for v in inputs[followed])
        ring = {"color": text(theme), "size": 18, "symbol": "circle-open", "line": {"width": 3}}
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [x],
                "y": [y],
                "marker": ring,
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    span = {"range": [-reach, reach], "showgrid": False, "nticks": 5}
    return figure(
        traces,
        theme,
        height=520,
        showlegend=True,
        legend=LEGEND | {"y": -0.14},
        xaxis=axis(axes[0], constrain="domain", **span),
        yaxis=axis(axes[1], scaleanchor="x", constrain="domain", constraintoward="top", **span),
    )


def _areas(layer: tuple[Vector, Vector], reach: float, theme: Theme) -> Figure:
    """Colour the plane by the most probable class, the stronger the more probable it is."""
    weights, bias = layer
    n = len(bias)
    across = np.linspace(-reach, reach, CELLS)
    grid = np.stack(np.meshgrid(across, across), axis=-1).reshape(-1, 2)
    shares = softmax(grid @ weights.T + bias)
    best = shares.argmax(axis=1)
    sure = (shares.max(axis=1) - 1 / n) / (1 - 1 / n)
    scale = []
    for k in range(n):
        for place, strength in ((k, _FAINT), (k + 1, _STRONG)):
            scale.append([place / n, _through(class_colour(k), strength)])
    return {
        "type": "heatmap",
        "x": np.round(across, 4).tolist(),
        "y": np.round(across, 4).tolist(),
        # Just below the next class where one is all but certain.
        "z": np.round(best + 0.998 * sure, 3).reshape(CELLS, CELLS).tolist(),
        "zmin": 0,
        "zmax": n,
        "colorscale": scale,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _through(colour: str, strength: float) -> str:
    red, green, blue = bytes.fromhex(colour[1:])
    return f"rgba({red},{green},{blue},{strength})"
