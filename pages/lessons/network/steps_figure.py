"""The loss after each gradient step, with the state that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from pages.widgets.figure import Figure, axis, figure, point
from pages.writing.palette import Theme, fill, ink
from pages.writing.wording import Wording

SHORTEST = 10  # steps across, so that the first ones do not fill the picture
_MANY_TIMES = 100  # what has grown so far above the start needs a logarithmic axis


def steps_figure(losses: Sequence[float], words: Wording, theme: Theme) -> Figure:
    """Draw the losses from the start on; the last one is that of the state shown."""
    last = len(losses) - 1
    largest, smallest = max(losses), min(losses)
    if largest > _MANY_TIMES * max(losses[0], 1e-3) and smallest > 0:
        scale = {"type": "log", "exponentformat": "power", "nticks": 6}
    else:
        scale = {"range": [-0.05 * largest, 1.1 * largest or 1.0], "nticks": 6}
    violet = fill("loss", theme)
    curve = {
        "type": "scatter",
        "mode": "lines+markers" if last <= 3 * SHORTEST else "lines",
        "x": list(range(last + 1)),
        "y": list(losses),
        "line": {"color": violet, "width": 2.5, "simplify": False},
        "marker": {"color": violet, "size": 6},
        "hovertemplate": "%{x}: %{y:.4~g}<extra></extra>",
    }
    across = max(last, SHORTEST)
    return figure(
        [curve, point(last, losses[-1], ink("loss", theme))],
        theme,
        height=300,
        xaxis=axis(words("network.axis.step"), range=[-0.03 * across, 1.03 * across], nticks=6),
        yaxis=axis(words("network.axis.loss"), **scale),
    )
