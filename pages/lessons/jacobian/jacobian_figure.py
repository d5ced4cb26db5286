"""The Jacobian as a heat map: outputs down, logits across, one entry marked."""

from __future__ import annotations

from itertools import product

import numpy as np

from pages.widgets.figure import Figure, Vector, axis, figure, indexed, signed_cells
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, text
from pages.writing.wording import Wording

CELL, FRAME = 44, 100  # pixels: the height of a row, and of what stands above and below


def jacobian_figure(matrix: Vector, entry: tuple[int, int], words: Wording, theme: Theme) -> Figure:
    """Draw the Jacobian (n, n) with the entry (row, column), from 0, in a frame.

    `customdata` of the bars says which entry each is.
    """
    n = len(matrix)
    numbers = list(range(1, n + 1))
    largest = float(np.max(np.abs(matrix))) or 1.0
    signs = ("gradient_below", "gradient_above")
    cells = signed_cells(matrix, largest, signs, theme, x=numbers, y=numbers, xgap=2)
    places = list(product(range(n), range(n)))
    # A heat map's cells cannot be chosen by a click: bars of the same size, with nothing but the
    # number on them, can.
    cells_to_click = {
        "type": "bar",
        "orientation": "h",
        "base": [j + 0.5 for _, j in places],
        "x": [1] * len(places),
        "y": [i + 1 for i, _ in places],
        "width": 1,
        "customdata": [[i, j] for i, j in places],
        "text": [_number(float(matrix[place]), n) for place in places],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "insidetextfont": {"size": 15 if n <= 6 else 11, "color": text(theme)},
        "constraintext": "none",
        "marker": {"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": text(theme)}},
        "hoverinfo": "none",
    }
    row, column = entry
    frame = {
        "type": "rect",
        "x0": column + 0.52,
        "x1": column + 1.48,
        "y0": row + 0.52,
        "y1": row + 1.48,
        "line": {"color": text(theme), "width": 3},
    }
    return figure(
        [cells, cells_to_click],
        theme,
        height=FRAME + CELL * n,
        shapes=[frame],
        barmode="overlay",
        xaxis=axis(
            words("jacobian.axis.logit"),
            side="top",
            tickvals=numbers,
            ticktext=[indexed("z", j) for j in range(n)],
            range=[0.45, n + 0.55],
            showgrid=False,
        ),
        yaxis=axis(
            words("jacobian.axis.output"),
            tickvals=numbers,
            ticktext=[indexed("a", i) for i in range(n)],
            range=[n + 0.55, 0.45],
            showgrid=False,
        ),
    )


def _number(value: float, n: int) -> str:
    """Write an entry: in a large matrix with two decimals, or the sign alone where they are 0."""
    if n <= 6:
        return fixed_text(value)
    if round(value, 2) == 0:
        return "0" if value == 0 else "+0" if value > 0 else "−0"
    return f"{value:.2f}".replace("-", "−")
