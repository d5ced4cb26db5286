"""The screen of who looks at whom: only softmax answers when another class's logit moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core import logsumexp, softmax
from pages.lessons.softmax.numbers import sigmoid
from pages.visit.session import visit
from pages.visit.state import LabState, unmasked_pair
from pages.widgets import lesson
from pages.widgets.controls import choice_slider
from pages.widgets.figure import Figure, Vector, axis, dense_near, figure, indexed, point
from pages.widgets.lesson import Picture
from pages.widgets.tables import fixed_cell
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, ink, theme
from pages.writing.wording import Wording

LEAK = 0.01  # slope of the leaky ReLU below 0, its usual value


def show() -> None:
    """Let the learner move one logit and watch another class's output."""
    words, state = visit().words, visit().state
    lesson.section("softmax", "looks")
    watched, mover = unmasked_pair(state.logits)
    low, high, start = moving_range(state.logits, state.temperature)
    moved = visit().choices.knobs.moved
    at = choice_slider(
        "moved",
        words("softmax.looks.slider", z=indexed("z", mover)),
        (low, high),
        start if moved is None else min(max(moved, low), high),
        (high - low) / 200,
        lambda choices, value: replace(choices, knobs=replace(choices.knobs, moved=value)),
    )
    lesson.picture("softmax", "looks", who_looks_picture(state, at, words, theme()))
    lesson.remark(words("softmax.looks.result", watched=watched + 1, mover=mover + 1))
    lesson.prose("softmax", "looks_seen")


def who_looks_picture(state: LabState, at: float, words: Wording, theme: Theme) -> Picture:
    """Draw which outputs of one class answer to the logit of another; a row a place of it."""
    low, high, _ = moving_range(state.logits, state.temperature)
    places = sorted({*np.linspace(low, high, 5).tolist(), at})
    columns = outputs(state.logits, state.temperature, places)
    ends = outputs(state.logits, state.temperature, [low, high])["softmax"]
    _, mover = unmasked_pair(state.logits)
    return Picture(
        who_looks_figure(state.logits, state.temperature, at, words, theme),
        words("softmax.looks.alt", high=fixed_text(ends[0]), low=fixed_text(ends[1])),
        [indexed("z", mover), "softmax", "sigmoid", "ReLU", "leaky ReLU"],
        [
            [short_text(x), *(fixed_cell(name, values[r]) for name, values in columns.items())]
            for r, x in enumerate(places)
        ],
    )


def _turn(logits: Sequence[float], mover: int, temperature: float) -> float:
    """Where the moving class draws level with all others together."""
    others = np.delete(np.array(logits), mover) / temperature
    return float(temperature * logsumexp(others))


def moving_range(logits: Sequence[float], temperature: float) -> tuple[float, float, float]:
    """Return from where to where the second class's logit moves, and where it starts.

    It passes the place where softmax turns, and starts at the learner's own value.
    """
    _, mover = unmasked_pair(logits)
    turn = _turn(logits, mover, temperature)
    start = float(logits[mover]) if np.isfinite(logits[mover]) else turn
    return min(turn - 8 * temperature, start), max(turn + 8 * temperature, start), start


def outputs(
    logits: Sequence[float], temperature: float, moved: Sequence[float] | Vector
) -> dict[str, Vector]:
    """Return the watched class's output under each function while another class's logit moves."""
    watched, mover = unmasked_pair(logits)
    rows = np.tile(np.array(logits, dtype=np.float64), (len(moved), 1))
    rows[:, mover] = moved
    z = rows[:, watched]
    return {
        "softmax": softmax(rows, temperature=temperature)[:, watched],
        "sigmoid": sigmoid(z),
        "relu": np.maximum(z, 0.0),
        "leaky_relu": np.where(z > 0, z, LEAK * z),
    }


def _room(name: str, curve: Vector) -> list[float]:
    """Return the range of an output: a flat line runs through its middle, a share starts at 0."""
    if name == "sigmoid":
        return [-0.08, 1.08]
    if name == "softmax":
        top = float(curve.max()) or 1.0
        return [-0.08 * top, 1.08 * top]
    value = float(curve[0])
    reach = max(1.2, abs(value) / 2)
    return [value - reach, value + reach]


def who_looks_figure(
    logits: Sequence[float], temperature: float, at: float, words: Wording, theme: Theme
) -> Figure:
    """Draw four panels: one class's output while another's logit moves; only softmax answers."""
    _, mover = unmasked_pair(logits)
    low, high, _ = moving_range(logits, temperature)
    across = dense_near(_turn(logits, mover, temperature), 8 * temperature, low, high)
    curves, points = outputs(logits, temperature, across), outputs(logits, temperature, [at])
    layout: Figure = {"annotations": []}
    traces: list[Figure] = []
    for position, (name, curve) in enumerate(curves.items()):
        panel = "" if position == 0 else str(position + 1)
        left, lower = position % 2 == 0, position >= 2
        quantity = "probability" if name in ("softmax", "sigmoid") else "logit"
        axes = {"xaxis": f"x{panel}", "yaxis": f"y{panel}"}
        line = {"color": ink(quantity, theme), "width": 3, "simplify": False}
        traces += [
            {
                "type": "scatter",
                "mode": "lines",
                "x": across.tolist(),
                "y": curve.tolist(),
                "line": line,
                "hovertemplate": "%{x:.3~f}: %{y:.4~f}<extra></extra>",
                **axes,
            },
            point(at, float(points[name][0]), ink(quantity, theme)) | axes,
        ]
        x_domain = [0, 0.42] if left else [0.6, 1]
        y_domain = [0, 0.36] if lower else [0.58, 0.94]
        layout[f"xaxis{panel}"] = axis(
            f"{words('softmax.axis.logit')} {indexed('z', mover)}" if lower else "",
            domain=x_domain,
            anchor=f"y{panel}",
            nticks=5,
        )
        layout[f"yaxis{panel}"] = axis(
            words("softmax.axis.output") if left else "",
            domain=y_domain,
            anchor=f"x{panel}",
            nticks=4,
            range=_room(name, curve),
        )
        layout["annotations"].append(
            {
                "x": x_domain[0],
                "y": y_domain[1] + 0.015,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "left",
                "yanchor": "bottom",
                "text": words(f"softmax.looks.{name}"),
                "showarrow": False,
                "font": {"size": 15},
            }
        )
    return figure(traces, theme, height=460, **layout)
