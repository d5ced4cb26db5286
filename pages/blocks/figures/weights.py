"""A table of signed numbers as a picture: weights, or what a sample pulls on in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.blocks.figures.frame import Figure, Vector, axis, figure
from pages.blocks.numerals import fixed_text
from pages.blocks.palette import Theme, fill, text
from pages.blocks.wording import Wording

MOST_WRITTEN = 8  # features: of more than these the numbers would not fit on their cells
# Above and below zero: a gradient's colours, or those of what speaks for a class and against it.
COLOURS = {"gradient": ("gradient_above", "gradient_below"), "weight": ("probability", "target")}


def weights(
    values: Vector,
    names: tuple[Sequence[str], Sequence[str]],
    quantity: str,
    words: Wording,
    theme: Theme,
) -> Figure:
    """Draw values (n, D), a row a class; `names` are those of the classes and of the features."""
    n, inputs = values.shape
    above, below = COLOURS[quantity]
    largest = float(np.max(np.abs(values))) or 1.0
    written = inputs <= MOST_WRITTEN
    rows, columns = list(range(n)), list(range(inputs))
    cells = {
        "type": "heatmap",
        "x": columns,
        "y": rows,
        "z": values.tolist(),
        "zmin": -largest,
        "zmax": largest,
        "colorscale": [
            [0, fill(below, theme)],
            [0.5, "rgba(128,128,128,0.06)"],
            [1, fill(above, theme)],
        ],
        "opacity": 0.75,  # numbers are read on top of it
        "showscale": False,
        "xgap": 2 if written else 0,
        "ygap": 2,
        "hoverinfo": "skip",
    }
    if written:
        cells["text"] = [[fixed_text(float(v)) for v in row] for row in values]
        cells["texttemplate"] = "%{text}"
        cells["textfont"] = {"size": 13, "color": text(theme)}
    shown = columns[:: -(-inputs // 12)]  # as many names as find room
    return figure(
        [cells],
        theme,
        height=120 + max(30, 240 // n) * n,
        xaxis=axis(
            words("training.axis.feature"),
            tickvals=shown,
            ticktext=[names[1][d] for d in shown],
            range=[-0.5, inputs - 0.5],
            showgrid=False,
        ),
        yaxis=axis(
            words("lesson.class"),
            tickvals=rows,
            ticktext=list(names[0]),
            range=[n - 0.5, -0.5],
            showgrid=False,
        ),
    )
