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
    lower = {"xaxis": "x2", "yaxis": "y2"}
    for name, dash in _DASHES.items():
        title = words(f"loss.{name}")
        traces += [
            _curve(title, path.logits, path.losses[name], violet, dash) | {"legendgroup": name},
            _curve(title, path.logits, 0.0 - path.slopes[name], green, dash)
            | lower
            | {"showlegend": False},
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
    legend_line = LEGEND | {"y": -0.16, "font": {"size": 14, "color": text(theme)}}
    return figure(
        traces,
        theme,
        height=520,
        xaxis=axis("", anchor="y", range=across, showticklabels=False),
        xaxis2=axis(
            words("any_loss.axis.label", z=indexed("z", label)), anchor="y2", range=across, nticks=7
        ),
        yaxis=axis(
            words("any_loss.axis.loss"), domain=[0.55, 1], nticks=5, range=[-0.06 * top, 1.1 * top]
        ),
        yaxis2=axis(
            words("any_loss.axis.pull"),
            domain=[0, 0.47],
            anchor="x2",
            tickvals=QUARTERS,
            range=[-0.06, 1.1],
        ),
        legend=legend_line,
        showlegend=True,
    )


def _curve(name: str, x: Vector, y: Vector, colour: str, dash: str) -> Figure:
    return curve(name, x, y, colour, dash, "%{x:.2f}: %{y:.4~f}<extra></extra>")
