"""What moves when the same amount is added to every logit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core import softmax
from pages.widgets.figure import LEGEND, Figure, axis, figure
from pages.writing.palette import Theme, fill, ink
from pages.writing.wording import Wording


def shift_figure(
    logits: Sequence[float], shift: float, temperature: float, words: Wording, theme: Theme
) -> Figure:
    """Draw each class as a point, logit across and probability up, before and after a shift.

    Masked classes have no place on the axis and are left out.
    """
    z = np.array(logits)
    seen = np.isfinite(z)
    before = softmax(z, temperature=temperature)[seen]
    after = softmax(z + shift, temperature=temperature)[seen]
    numbers = (np.flatnonzero(seen) + 1).tolist()
    z = z[seen]
    ends: list[float | None] = []
    heights: list[float | None] = []
    for x, low, high in zip(z, before, after, strict=True):
        ends += [float(x), float(x) + shift, None]
        heights += [float(low), float(high), None]
    grey, blue = ink("logit", theme), fill("probability", theme)
    paths = {
        "type": "scatter",
        "mode": "lines",
        "x": ends,
        "y": heights,
        "line": {"color": grey, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    old = {
        "type": "scatter",
        "mode": "markers",
        "name": "z",
        "x": z.tolist(),
        "y": before.tolist(),
        "marker": {"color": grey, "size": 13, "symbol": "circle-open", "line": {"width": 2}},
        "customdata": numbers,
        "hovertemplate": "%{customdata}: z = %{x}, a = %{y:.4f}<extra></extra>",
    }
    new = {
        "type": "scatter",
        "mode": "markers",
        "name": "z + c",
        "x": (z + shift).tolist(),
        "y": after.tolist(),
        "marker": {"color": blue, "size": 9},
        "customdata": numbers,
        "hovertemplate": "%{customdata}: z + c = %{x}, a = %{y:.4f}<extra></extra>",
    }
    return figure(
        [paths, old, new],
        theme,
        height=300,
        xaxis=axis(
            words("softmax.axis.logit"), range=[float(z.min()) - 10.5, float(z.max()) + 10.5]
        ),
        yaxis=axis(
            words("softmax.axis.probability"),
            range=[-0.06 * float(before.max()), 1.1 * float(before.max())],
            nticks=6,
        ),
        legend=LEGEND,
        showlegend=True,
    )
