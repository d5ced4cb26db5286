"""Points of the plane by class, and where a model says which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from core import softmax
from pages.widgets.figure import (
    LEGEND,
    NARROWEST,
    Figure,
    Vector,
    Whole,
    axis,
    columns_of,
    figure,
    rounded,
)
from pages.writing.palette import Theme, background, class_colour

Range: TypeAlias = tuple[float, float]
Ranges: TypeAlias = tuple[Range, Range]
CELLS = 90  # across and down
# Pixels: little more than a square and its legend take on a phone; and a line of the legend.
HEIGHT, LINE = 440, 22
_LEGEND, _MARK = 44, 6  # columns of a phone that a legend has, and that a mark takes in it
_BEYOND = 1.08  # times the points' reach is shown
_FAINT, _STRONG = 0.08, 0.55  # how much of its colour a class has: when unsure, and when sure
CLASS_SYMBOLS = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "cross",
    "x",
    "star",
    "triangle-down",
    "pentagon",
    "hexagram",
)


def class_symbol(k: int) -> str:
    """Return the symbol of a class, counted from 0."""
    return CLASS_SYMBOLS[k % len(CLASS_SYMBOLS)]


def regions_figure(
    inputs: Vector,
    labels: Whole,
    layer: tuple[Vector, Vector] | None,
    names: tuple[Sequence[str], Sequence[str]],
    theme: Theme,
) -> Figure:
    """Draw points (N, 2), on top of the regions of a layer (weights, bias) if there is one.

    names   of the classes and of the two axes
    """
    classes, axes = names
    ranges, alike = ranges_of(inputs)
    traces = [] if layer is None else [_areas(layer, ranges)]
    spans = [high - low for low, high in ranges]
    x, y = (rounded(inputs[:, d], spans[d]) for d in (0, 1))
    for k, name in enumerate(classes):
        members = np.flatnonzero(labels == k)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": x[members].tolist(),
                "y": y[members].tolist(),
                "marker": {
                    "color": class_colour(k),
                    "symbol": class_symbol(k),
                    "size": 8,
                    "line": {"width": 1, "color": background(theme)},
                },
                "hovertemplate": "%{x:.6~g}, %{y:.6~g}<extra>%{fullData.name}</extra>",
            }
        )
    plain = {"showgrid": False, "nticks": 5, "exponentformat": "power"}
    square = {"scaleanchor": "x", "constrain": "domain", "constraintoward": "top"} if alike else {}
    return figure(
        traces,
        theme,
        height=HEIGHT + LINE * (_legend_rows(classes) - 1),
        showlegend=True,
        margin={
            "l": 56,
            "r": 16,
            "t": 24,
            "b": 8,
        },  # a wide legend leaves no room of its own accord
        legend=LEGEND | {"xref": "container", "yref": "container", "y": 0, "yanchor": "bottom"},
        xaxis=axis(axes[0], range=list(ranges[0]), constrain="domain", **plain),
        yaxis=axis(axes[1], range=list(ranges[1]), **square, **plain),
    )


def _legend_rows(names: Sequence[str]) -> int:
    return -(-len(names) // max(1, _LEGEND // (_MARK + max(map(columns_of, names)))))


def ranges_of(inputs: Vector) -> tuple[Ranges, bool]:
    """Return what to show of each axis, and whether both are alike: a square around the origin.

    They are where the points lie around it as far in one direction as in the other. Where they do
    not, as with years and metres, each axis goes from its least to its largest value. Values too
    close to be drawn apart have their place in the middle.
    """
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    reach = float(np.max(np.abs(inputs)))
    around = (low < 0).all() and (high > 0).all() and (high - low >= reach).all()
    if around and reach > NARROWEST:
        return ((-_BEYOND * reach, _BEYOND * reach),) * 2, True
    middle, half = low / 2 + high / 2, _BEYOND * (high - low) / 2
    beside = np.where(np.abs(middle) > NARROWEST, 0.1 * np.abs(middle), 1.0)
    half = np.where(half > NARROWEST, half, beside)
    across, up = ((float(m - h), float(m + h)) for m, h in zip(middle, half, strict=True))
    return (across, up), False


def _areas(layer: tuple[Vector, Vector], ranges: Ranges) -> Figure:
    """Colour the plane by the most probable class, the stronger the more probable it is."""
    weights, bias = layer
    n = len(bias)
    across, up = (np.linspace(*shown, CELLS) for shown in ranges)
    grid = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    shares = softmax(grid @ weights.T + bias)
    best = shares.argmax(axis=1)
    sure = (shares.max(axis=1) - 1 / n) / (1 - 1 / n)
    scale = []
    for k in range(n):
        for place, strength in ((k, _FAINT), (k + 1, _STRONG)):
            scale.append([place / n, _through(class_colour(k), strength)])
    return {
        "type": "heatmap",
        "x": rounded(across, across[-1] - across[0]).tolist(),
        "y": rounded(up, up[-1] - up[0]).tolist(),
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
