"""Cross-entropy and squared error on the way from confidently wrong to confidently right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from pages.widgets.figure import (
    LEGEND,
    QUARTERS,
    Figure,
    Vector,
    axis,
    curve,
    figure,
    indexed,
    point,
)
from pages.writing.palette import Theme, ink, text
from pages.writing.wording import Wording

_DASHES = {"cross_entropy": "solid", "mean_squared_error": "dash"}


class LossPath(NamedTuple):
    """Both losses of one label while its logit moves: an entry for each place it comes to."""

    logits: Vector
    share: Vector  # a_t
    losses: Mapping[str, Vector]
    slopes: Mapping[str, Vector]  # dL/dz_t

    @property
    def factor(self) -> Vector:
        """a_t (1 - a_t)."""
        return np.asarray(self.share * (1 - self.share))


def two_losses_figure(
    label: int, path: LossPath, own: LossPath | None, words: Wording, theme: Theme
) -> Figure:
    """Draw the two losses above, and below how strongly each pulls the label's logit up.

    label   the class whose logit moves, from 0
    own     the learner's own place alone; None where it is infinitely far
    """
    violet, green, blue = (ink(x, theme) for x in ("loss", "gradient_below", "probability"))
    traces: list[Figure] = []
    # Each panel has its own legend, in the colour of its curves.
    lower = {"xaxis": "x2", "yaxis": "y2", "legend": "legend2"}
    for name, dash in _DASHES.items():
        title = words(f"loss.{name}")
        traces += [
            _curve(title, path.logits, path.losses[name], violet, dash),
            _curve(title, path.logits, 0.0 - path.slopes[name], green, dash) | lower,
        ]
    traces.append(
        _curve(words("any_loss.squared.factor"), path.logits, path.factor, blue, "dot") | lower
    )
    if own is not None:
        at = float(own.logits[0])
        for name in _DASHES:
            traces.append(point(at, float(own.losses[name][0]), violet))
            traces.append(point(at, 0.0 - float(own.slopes[name][0]), green) | lower)
    across = [float(path.logits[0]), float(path.logits[-1])]
    top = max(float(curve.max()) for curve in path.losses.values()) or 1.0
    above = LEGEND | {"yanchor": "bottom", "font": {"size": 14, "color": text(theme)}}
    return figure(
        traces,
        theme,
        height=500,
        margin={"l": 8, "r": 16, "t": 40, "b": 8},
        xaxis=axis("", anchor="y", range=across, showticklabels=False),
        xaxis2=axis(
            words("any_loss.axis.label", z=indexed("z", label)), anchor="y2", range=across, nticks=7
        ),
        yaxis=axis(
            words("any_loss.axis.loss"), domain=[0.58, 1], nticks=5, range=[-0.06 * top, 1.1 * top]
        ),
        yaxis2=axis(
            words("any_loss.axis.pull"),
            domain=[0, 0.41],
            anchor="x2",
            tickvals=QUARTERS,
            range=[-0.06, 1.1],
        ),
        legend=above | {"y": 1.01},
        legend2=above | {"y": 0.42},
        showlegend=True,
    )


def _curve(name: str, x: Vector, y: Vector, colour: str, dash: str) -> Figure:
    return curve(name, x, y, colour, dash, "%{x:.2f}: %{y:.4~f}<extra></extra>")
