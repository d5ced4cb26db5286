"""A gradient before softmax and after it: what each class wants, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.widgets.figure import Figure, Vector, axis, figure, short_name
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, fill, text
from pages.writing.wording import Wording

_ROUNDING = 1e-12  # what rounding leaves of a difference is not to fill the picture


def upstream_figure(
    names: Sequence[str],
    g: Vector,
    mean: float | None,
    gradient: Vector,
    words: Wording,
    theme: Theme,
) -> Figure:
    """Draw g as points, each with a bar to the mean, and dL/dz as bars from 0, a class a row.

    An infinite g has no point; without a mean there are no bars to it.
    """
    rows = np.arange(1.0, len(names) + 1)
    seen = np.isfinite(g)
    plain = text(theme)
    traces: list[Figure] = []
    if mean is not None:
        traces.append(_bars(rows, g - mean, g - mean, theme) | {"base": [mean] * len(rows)})
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": g[seen].tolist(),
            "y": rows[seen].tolist(),
            "marker": {"color": plain, "size": 10},
            "cliponaxis": False,
            "hovertemplate": "%{x:.4~f}<extra></extra>",
        }
    )
    traces.append(_bars(rows, gradient, gradient, theme) | {"xaxis": "x2", "yaxis": "y2"})
    shapes = [_upright(0.0, "x2", plain, "solid")]
    notes: list[Figure] = []
    if mean is not None:
        shapes.append(_upright(mean, "x", plain, "dot"))
        above = {"y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
        notes.append(above | {"x": mean, "text": "ḡ"})
    rows_axis = {"tickvals": rows.tolist(), "range": [len(rows) + 0.5, 0.5], "showgrid": False}
    shown = [*g[seen].tolist(), *([] if mean is None else [mean])]
    noise = _ROUNDING * max(1.0, *map(abs, shown))
    return figure(
        traces,
        theme,
        height=110 + 36 * len(rows),
        xaxis=axis(
            words("any_loss.axis.upstream"), domain=[0, 0.44], nticks=4, range=_room(shown, noise)
        ),
        xaxis2=axis(
            words("any_loss.axis.gradient"),
            domain=[0.56, 1],
            anchor="y2",
            nticks=4,
            range=_room([0.0, *gradient.tolist()], noise),
        ),
        yaxis=axis("", ticktext=[short_name(name) for name in names], **rows_axis),
        yaxis2=axis("", anchor="x2", showticklabels=False, **rows_axis),
        shapes=shapes,
        annotations=notes,
        bargap=0.45,
    )


def _bars(rows: Vector, size: Vector, signs: Vector, theme: Theme) -> Figure:
    above, below = fill("gradient_above", theme), fill("gradient_below", theme)
    return {
        "type": "bar",
        "orientation": "h",
        "x": size.tolist(),
        "y": rows.tolist(),
        "marker": {"color": [above if x > 0 else below for x in signs]},
        "customdata": [fixed_text(float(x)) for x in size],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _room(values: Sequence[float], noise: float) -> list[float]:
    """Return a range with room on both sides; values no further apart than noise count as one."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    margin = 0.12 * (high - low) if high - low > noise else max(1.0, abs(high) / 2)
    return [low - margin, high + margin]


def _upright(x: float, across: str, colour: str, dash: str) -> Figure:
    line = {"color": colour, "width": 1.5, "dash": dash}
    return {
        "type": "line",
        "xref": across,
        "x0": x,
        "x1": x,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": line,
    }
