"""Small square images beside each other: digits, or what a model's weights make of each pixel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pages.blocks.figures.frame import Figure, Vector, axis, figure
from pages.blocks.figures.weights import COLOURS
from pages.blocks.palette import Theme, background, fill, text

GAP, HEAD = 1, 3  # pixels of an image: between two, and for the words above each
ROW = 128  # screen pixels: the height of one row of images


def images(
    pixels: Vector,
    titles: Sequence[str],
    theme: Theme,
    *,
    columns: int = 5,
    signed: str | None = None,
) -> Figure:
    """Draw images (m, side * side) row after row, each with its title, which may hold `<br>`.

    signed   `weight` or `gradient`, with 0 in the middle of the colours; else 0 is paper, and the
             largest is ink
    """
    side = round(pixels.shape[1] ** 0.5)
    columns = min(columns, len(pixels))
    rows = -(-len(pixels) // columns)
    high, wide = side + HEAD, side + GAP
    canvas = np.full((rows * high, columns * wide - GAP), np.nan)
    annotations: list[dict[str, Any]] = []
    for place, (image, title) in enumerate(zip(pixels, titles, strict=True)):
        row, column = divmod(place, columns)
        top, left = row * high + HEAD, column * wide
        canvas[top : top + side, left : left + side] = image.reshape(side, side)
        annotations.append(
            {
                "x": left + side / 2 - 0.5,
                "y": top - 0.6,
                "text": title,
                "showarrow": False,
                "yanchor": "bottom",
                "font": {"size": 13, "color": text(theme)},
            }
        )
    largest = float(np.nanmax(np.abs(canvas))) or 1.0
    paper = background(theme)
    below, above = COLOURS[signed or "weight"]
    cells = {
        "type": "heatmap",
        "z": [[None if np.isnan(v) else round(float(v), 4) for v in line] for line in canvas],
        "zmin": -largest if signed else 0.0,
        "zmax": largest,
        "colorscale": (
            [[0, fill(below, theme)], [0.5, paper], [1, fill(above, theme)]]
            if signed
            else [[0, _mixed(paper, text(theme), 0.06)], [1, text(theme)]]
        ),
        "showscale": False,
        "hoverinfo": "skip",
    }
    plain = {"visible": False, "showgrid": False}
    return figure(
        [cells],
        theme,
        height=ROW * rows + 24,
        annotations=annotations,
        margin={"l": 0, "r": 0, "t": 12, "b": 12},
        xaxis=axis("", range=[-0.5, canvas.shape[1] - 0.5], constrain="domain", **plain),
        yaxis=axis(
            "",
            range=[len(canvas) - 0.5, -0.5],
            scaleanchor="x",
            constrain="domain",
            constraintoward="top",
            **plain,
        ),
    )


def _mixed(one: str, other: str, share: float) -> str:
    """Mix two colours #rrggbb: so much of the other."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)
