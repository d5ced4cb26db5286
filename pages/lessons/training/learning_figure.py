"""How training goes: loss and accuracy step by step, alone or side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from pages.widgets.figure import LEGEND, Figure, axis, figure
from pages.writing.palette import Theme, accent, ink
from pages.writing.wording import Wording

MOST_POINTS = 300  # of a curve
SHORTEST = 20  # steps across
NOTHING = 1e-9  # of a loss: what is left of it says nothing
_SPAN = 1000  # times: losses that differ more are drawn on a logarithmic axis


class Curves(NamedTuple):
    """What is drawn of a run: every loss and accuracy, and the held-out accuracy at some steps."""

    losses: Sequence[float]
    accuracies: Sequence[float]
    held_out: Mapping[int, float]


def learning_figure(run: Curves, words: Wording, theme: Theme) -> Figure:
    """Draw loss above and accuracy below: on the training samples, and on those held out."""
    last = len(run.losses) - 1
    steps = _thinned(last)
    traces = [
        _curve(steps, [run.losses[s] for s in steps], "loss", theme) | {"showlegend": False},
        _curve(steps, [run.accuracies[s] for s in steps], "probability", theme)
        | {"name": words("training.curves.train"), "yaxis": "y2"},
        _curve(list(run.held_out), list(run.held_out.values()), "target", theme, "dash")
        | {"name": words("training.curves.held_out"), "yaxis": "y2"},
    ]
    return figure(
        traces,
        theme,
        height=460,
        showlegend=True,
        legend=LEGEND | {"y": -0.16},
        xaxis=_steps_axis(last, words, anchor="y2"),
        yaxis=axis(words("training.axis.loss"), domain=[0.56, 1], nticks=5, **_scale(run.losses)),
        yaxis2=axis(
            words("training.axis.accuracy"), domain=[0, 0.44], range=[-0.03, 1.03], nticks=5
        ),
    )


def race_figure(runs: Mapping[str, Curves], words: Wording, theme: Theme) -> Figure:
    """Draw several runs in two panels: what is left of each one's loss, and the accuracy."""
    last = max(len(run.losses) for run in runs.values()) - 1
    traces, shares = [], []
    for place, (name, run) in enumerate(runs.items()):
        steps = _thinned(len(run.losses) - 1)
        line = {"color": (ink("loss", theme), accent(theme))[place], "width": 2.5}
        line["dash"] = ("solid", "dash")[place]
        left = left_of(run.losses)
        shares += left
        parts = [
            (steps, [left[s] for s in steps] if left else [None] * len(steps), "y"),
            (steps, [run.accuracies[s] for s in steps], "y2"),
        ]
        for x, y, panel in parts:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": x,
                    "y": y,
                    "name": name,
                    "line": line,
                    "yaxis": panel,
                    "xaxis": panel.replace("y", "x"),
                    "showlegend": panel == "y",
                    "hovertemplate": "%{x}: %{y:.3~g}<extra></extra>",
                }
            )
    return figure(
        traces,
        theme,
        height=360,
        showlegend=True,
        legend=LEGEND,
        xaxis=_steps_axis(last, words, domain=[0, 0.44], anchor="y"),
        xaxis2=_steps_axis(last, words, domain=[0.56, 1], anchor="y2"),
        yaxis=axis(words("training.axis.left"), nticks=5, **_scale(shares or [1.0])),
        yaxis2=axis(words("training.axis.accuracy"), anchor="x2", range=[-0.03, 1.03], nticks=5),
    )


def left_of(losses: Sequence[float]) -> list[float]:
    """Return each loss as a share of the first; none where that is next to nothing itself."""
    if losses[0] < NOTHING:
        return []
    return [loss / losses[0] for loss in losses]


def _curve(
    x: Sequence[int], y: Sequence[float], quantity: str, theme: Theme, dash: str = "solid"
) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "line": {"color": ink(quantity, theme), "width": 2.5, "dash": dash},
        "hovertemplate": "%{x}: %{y:.4~g}<extra></extra>",
    }


def _thinned(last: int) -> list[int]:
    """Return the steps that a curve is drawn through: all, or as many as the eye can tell."""
    return sorted({round(s) for s in np.linspace(0, last, min(last + 1, MOST_POINTS))})


def _steps_axis(last: int, words: Wording, **settings: Any) -> Figure:
    across = max(last, SHORTEST)
    return axis(
        words("training.axis.step"), range=[-0.02 * across, 1.02 * across], nticks=5, **settings
    )


def _scale(losses: Sequence[float]) -> Figure:
    largest, smallest = max(losses), min(losses)
    if smallest > 0 and largest > _SPAN * smallest:
        return {"type": "log", "exponentformat": "power"}
    return {"range": [-0.03 * largest, 1.05 * largest or 1.0], "exponentformat": "power"}
