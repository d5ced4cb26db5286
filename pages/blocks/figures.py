"""The lessons' pictures: pure functions from numbers to Plotly figures, as plain dicts.

Every number comes from core; the functions only choose where to look. Figures carry no title (the
page asks the question above them) and no colours of their own but those of the quantities, so
that the rest follows the reader's theme. Class names are the learner's: Plotly reads markup in
every text, so names pass through `short_name`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from html import escape
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core import exponentials, logsumexp, softmax, top_k
from pages.blocks.numerals import fixed_text, short_text
from pages.blocks.palette import Theme, fill, ink, text
from pages.blocks.wording import Wording

Figure: TypeAlias = dict[str, Any]
Vector: TypeAlias = NDArray[np.floating[Any]]

LONGEST_NAME = 20  # columns, of which a Chinese character takes two
TEMPERATURE_RANGE = (0.05, 20.0)
LEAK = 0.01  # slope of the leaky ReLU below 0, its usual value
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_DASHES = ("solid", "dash", "dot", "longdash", "dashdot")
_POINTS = 161  # along a curve


def short_name(name: str) -> str:
    """Return a class name fit for a picture: at most 20 columns wide, its markup made harmless."""
    width = 0
    for position, character in enumerate(name):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > LONGEST_NAME:
            name = name[: max(position - 1, 1)] + "…"
            break
    return escape(name, quote=False)


def indexed(letter: str, index: int) -> str:
    """Write a letter with its index, which counts from 0 here and from 1 on the screen: z₁."""
    return letter + str(index + 1).translate(_SUBSCRIPTS)


def shares(
    names: Sequence[str], probabilities: Sequence[float], words: Wording, theme: Theme
) -> Figure:
    """Draw the probabilities of all classes as bars, the first class at the top."""
    rows = list(range(1, len(names) + 1))
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [float(a) for a in probabilities],
        "y": rows,
        "text": [fixed_text(a) for a in probabilities],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": fill("probability", theme)},
        "hoverinfo": "skip",
    }
    return _figure(
        [bars],
        theme,
        height=90 + 34 * len(rows),
        xaxis=_axis(words("softmax.axis.probability"), range=[0, 1.3], tickvals=_QUARTERS),
        yaxis=_axis(
            "",
            tickvals=rows,
            ticktext=[short_name(name) for name in names],
            range=[len(rows) + 0.5, 0.5],
            showgrid=False,
            automargin=True,
        ),
        bargap=0.35,
    )


def largest(probabilities: Sequence[float], k: int, words: Wording, theme: Theme) -> Figure:
    """Draw the probabilities of numbered actions, the k largest filled and ranked."""
    ranks = {int(index): rank for rank, index in enumerate(top_k(probabilities, k), start=1)}
    blue = fill("probability", theme)
    bars = {
        "type": "bar",
        "x": list(range(1, len(probabilities) + 1)),
        "y": list(probabilities),
        "text": [
            f"<b>{rank}</b>" if (rank := ranks.get(i)) else "" for i in range(len(probabilities))
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [blue if i in ranks else "rgba(0,0,0,0)" for i in range(len(probabilities))],
            "line": {"color": blue, "width": 1.5},
        },
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }
    return _figure(
        [bars],
        theme,
        height=280,
        xaxis=_axis(words("softmax.axis.action"), tickvals=bars["x"], showgrid=False),
        yaxis=_axis(words("softmax.axis.probability"), range=[0, 1.15 * max(probabilities)]),
        bargap=0.3,
    )


def shifted(
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
    return _figure(
        [paths, old, new],
        theme,
        height=300,
        xaxis=_axis(
            words("softmax.axis.logit"), range=[float(z.min()) - 10.5, float(z.max()) + 10.5]
        ),
        yaxis=_axis(
            words("softmax.axis.probability"),
            range=[-0.06 * float(before.max()), 1.1 * float(before.max())],
            nticks=6,
        ),
        legend=_LEGEND,
        showlegend=True,
    )


def temperatures(chosen: float) -> Vector:
    """Return the temperatures of the sweep: evenly on a log scale, as far as the chosen one."""
    low, high = min(TEMPERATURE_RANGE[0], chosen), max(TEMPERATURE_RANGE[1], chosen)
    return np.unique(np.append(np.geomspace(low, high, _POINTS), chosen))


def sweep(
    names: Sequence[str],
    logits: Sequence[float],
    temperature: float,
    words: Wording,
    theme: Theme,
) -> Figure:
    """Draw every probability against the temperature, with the learner's own T marked."""
    across = temperatures(temperature)
    curves = np.array([softmax(logits, temperature=t) for t in across])
    own = softmax(logits, temperature=temperature)
    order = top_k(own, len(own))
    blue = ink("probability", theme)
    traces: list[Figure] = []
    for rank, index in enumerate(order.tolist()):
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": short_name(names[index]),
                "x": across.tolist(),
                "y": curves[:, index].tolist(),
                "line": {
                    "color": blue,
                    "width": 3 if rank == 0 else 2,
                    "simplify": False,
                    "dash": _DASHES[rank % len(_DASHES)],
                },
                "opacity": 1 if rank < len(_DASHES) else 0.55,
                "hovertemplate": "%{fullData.name}: %{y:.4f}<extra></extra>",
            }
        )
    traces.append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [temperature] * len(own),
            "y": own[order].tolist(),
            "marker": {"color": blue, "size": 10},
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
    low, high = np.log10(across[[0, -1]])
    edge = 0.04 * (high - low)
    grey = ink("logit", theme)
    return _figure(
        traces,
        theme,
        height=330 + 22 * ((len(names) + 2) // 3),
        xaxis=_axis(
            words("softmax.axis.temperature"),
            type="log",
            range=[low - edge, high + edge],
            tickvals=[0.01, 0.1, 1, 10, 100],
            ticktext=["0.01", "0.1", "1", "10", "100"],
        ),
        yaxis=_axis(words("softmax.axis.probability"), range=[-0.03, 1.05], tickvals=_QUARTERS),
        shapes=[_upright(temperature, grey)],
        annotations=[
            {
                "x": float(np.log10(temperature)),  # annotations take the logarithm on a log axis
                "y": 1,
                "yref": "paper",
                "yanchor": "bottom",
                "text": f"T = {short_text(temperature)}",
                "showarrow": False,
            }
        ],
        hovermode="x unified",
        legend=_LEGEND,
        showlegend=True,
    )


def unmasked_pair(logits: Sequence[float]) -> tuple[int, int]:
    """Return the first two classes that are not masked; where there is only one, any other."""
    first, second, *_ = sorted(range(len(logits)), key=lambda i: logits[i] == -np.inf)
    return first, second


def sigmoid(values: Vector) -> Vector:
    """Compute 1 / (1 + e^-x), entry by entry, without softmax; x = +inf gives 1."""
    # The 0 stands beside each entry because a row of nothing but -inf has no exponentials.
    return np.asarray(
        1 / (1 + exponentials(np.stack([np.zeros(len(values)), -values], axis=-1))[:, 1])
    )


def two_classes(difference: float, words: Wording, theme: Theme) -> Figure:
    """Draw the sigmoid and the two-class softmax over z₁ − z₂, the learner's difference marked."""
    reach = 8.0
    finite = bool(np.isfinite(difference))
    if finite:
        reach = max(reach, 1.15 * abs(difference))
    across = _dense_near(0.0, 8.0, -reach, reach)
    curve = {
        "type": "scatter",
        "mode": "lines",
        "name": words("softmax.sigmoid.curve"),
        "x": across.tolist(),
        "y": sigmoid(across).tolist(),
        "line": {"color": ink("logit", theme), "width": 7, "simplify": False},
        "opacity": 0.45,
        "hoverinfo": "skip",
    }
    pairs = np.stack([across, np.zeros_like(across)], axis=-1)
    over = {
        "type": "scatter",
        "mode": "lines",
        "name": words("softmax.sigmoid.softmax_curve"),
        "x": across.tolist(),
        "y": softmax(pairs)[:, 0].tolist(),
        "line": {"color": ink("probability", theme), "width": 2, "simplify": False},
        "hovertemplate": "%{x:.2f}: %{y:.4f}<extra></extra>",
    }
    traces: list[Figure] = [curve, over]
    if finite:
        traces.append(
            _point(difference, float(softmax([difference, 0.0])[0]), ink("probability", theme))
        )
    return _figure(
        traces,
        theme,
        height=320,
        xaxis=_axis(words("softmax.axis.difference"), range=[-reach, reach]),
        yaxis=_axis(words("softmax.axis.first"), range=[-0.04, 1.06], tickvals=_QUARTERS),
        legend=_LEGEND,
        showlegend=True,
    )


def moving_range(logits: Sequence[float], temperature: float) -> tuple[float, float, float]:
    """Return from where to where the second class's logit moves, and where it starts.

    It passes the place where softmax turns, and starts at the learner's own value.
    """
    _, mover = unmasked_pair(logits)
    turn = _turn(logits, mover, temperature)
    own = float(logits[mover]) if np.isfinite(logits[mover]) else turn
    return min(turn - 8 * temperature, own), max(turn + 8 * temperature, own), own


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


def who_looks(
    logits: Sequence[float], temperature: float, at: float, words: Wording, theme: Theme
) -> Figure:
    """Draw four panels: one class's output while another's logit moves; only softmax answers."""
    _, mover = unmasked_pair(logits)
    low, high, _ = moving_range(logits, temperature)
    across = _dense_near(_turn(logits, mover, temperature), 8 * temperature, low, high)
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
            _point(at, float(points[name][0]), ink(quantity, theme)) | axes,
        ]
        x_domain = [0, 0.42] if left else [0.6, 1]
        y_domain = [0, 0.36] if lower else [0.58, 0.94]
        layout[f"xaxis{panel}"] = _axis(
            f"{words('softmax.axis.logit')} {indexed('z', mover)}" if lower else "",
            domain=x_domain,
            anchor=f"y{panel}",
            nticks=5,
        )
        layout[f"yaxis{panel}"] = _axis(
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
    return _figure(traces, theme, height=460, **layout)


_QUARTERS = [0, 0.25, 0.5, 0.75, 1]
_LEGEND = {"orientation": "h", "x": 0, "y": -0.28, "yanchor": "top", "font": {"size": 14}}


def _figure(traces: list[Figure], theme: Theme, *, height: int, **layout: Any) -> Figure:
    """Put traces and layout together; nothing zooms, so that a finger scrolls the page."""
    common = {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 24, "b": 8},
        "dragmode": False,
        "showlegend": False,
        "font": {"size": 14, "color": text(theme)},
    }
    figure: Figure = {"data": traces, "layout": common | layout}
    for name, part in figure["layout"].items():
        if name.startswith(("xaxis", "yaxis")):
            for font in (part["tickfont"], part["title"]["font"]):
                font["color"] = text(theme)
    return figure


def _axis(title: str, **settings: Any) -> Figure:
    axis = {
        "title": {"text": title, "standoff": 10, "font": {"size": 14}},
        "tickfont": {"size": 14},
        "fixedrange": True,
        "zeroline": False,
        "automargin": True,
    }
    return axis | settings


def _point(x: float, y: float, colour: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "marker": {"color": colour, "size": 12},
        "hovertemplate": "%{x:.4~f}: %{y:.4~f}<extra></extra>",
        "showlegend": False,
        "cliponaxis": False,
    }


def _upright(x: float, colour: str) -> Figure:
    line = {"color": colour, "width": 1.5, "dash": "dot"}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def _dense_near(centre: float, reach: float, low: float, high: float) -> Vector:
    """Return places from low to high, dense where the curve turns."""
    near = np.clip(np.linspace(centre - reach, centre + reach, _POINTS), low, high)
    return np.unique(np.concatenate([[low, high], near]))


def _turn(logits: Sequence[float], mover: int, temperature: float) -> float:
    """Where the moving class draws level with all others together."""
    others = np.delete(np.array(logits), mover) / temperature
    return float(temperature * logsumexp(others))


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
