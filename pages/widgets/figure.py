"""What all pictures share: plain names, axes, marks and the frame around them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from html import escape
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pages.writing.palette import Theme, fill, text

Figure: TypeAlias = dict[str, Any]
Vector: TypeAlias = NDArray[np.floating[Any]]
Whole: TypeAlias = NDArray[np.integer[Any]]

LONGEST_NAME = 20  # columns, of which a Chinese character takes two
PHONE = 44  # columns that a picture has on a phone, beside its axis title
DASHES = ("solid", "dash", "dot", "longdash", "dashdot")
POINTS = 161  # along a curve
# From end to end of an axis, and from 0 to its end: Plotly fails a little below and above.
NARROWEST, FURTHEST = 1e-290, 1e304
QUARTERS = [0, 0.25, 0.5, 0.75, 1]
LEGEND = {"orientation": "h", "x": 0, "y": -0.28, "yanchor": "top", "font": {"size": 14}}
_MOST_DECIMALS = 300  # that NumPy can round to
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def short_name(name: str) -> str:
    """Return a class name fit for a picture: at most 20 columns wide, its markup made harmless."""
    return escape(_cut(name, LONGEST_NAME), quote=False)


def short_names(names: Sequence[str], most: int = LONGEST_NAME) -> list[str]:
    """Return names fit for a picture; two that begin alike are told apart, as in `cut_names`."""
    return [escape(name, quote=False) for name in cut_names(names, most)]


def cut_names(names: Sequence[str], most: int = LONGEST_NAME) -> list[str]:
    """Cut names to so many columns: one that is cut has its number before it, from 1."""
    shown = []
    for number, name in enumerate(names, start=1):
        before = f"{number} · " if columns_of(name) > most else ""
        shown.append(before + _cut(name, most - len(before)))
    return shown


def columns_of(text: str) -> int:
    """Return how many columns wide a text is: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _cut(name: str, most: int) -> str:
    width = 0
    for position, character in enumerate(name):
        width += columns_of(character)
        if width > most:
            return name[: max(position - 1, 1)] + "…"
    return name


def indexed(letter: str, index: int) -> str:
    """Write a letter with its index, which counts from 0 here and from 1 on the screen: z₁."""
    return letter + str(index + 1).translate(_SUBSCRIPTS)


def figure(traces: list[Figure], theme: Theme, *, height: int, **layout: Any) -> Figure:
    """Put traces and layout together; nothing zooms, so that a finger scrolls the page."""
    common = {
        "height": height,
        "margin": {"l": 8, "r": 16, "t": 24, "b": 8},
        "dragmode": False,
        "showlegend": False,
        "font": {"size": 14, "color": text(theme)},
    }
    whole: Figure = {"data": traces, "layout": common | layout}
    for name, part in whole["layout"].items():
        if name.startswith(("xaxis", "yaxis")):
            for font in (part["tickfont"], part["title"]["font"]):
                font["color"] = text(theme)
    return whole


def axis(title: str, **settings: Any) -> Figure:
    """Return an axis with its name in words; it does not zoom.

    A range too narrow to be drawn becomes one as wide as 1: what differs by so little stands in
    one place. One too wide ends where Plotly does.
    """
    if "range" in settings:
        low, high = (max(-FURTHEST, min(FURTHEST, end)) for end in settings["range"])
        settings["range"] = [low, high if abs(high - low) > NARROWEST else low + 1.0]
    common = {
        "title": {"text": title, "standoff": 10, "font": {"size": 14}},
        "tickfont": {"size": 14},
        "fixedrange": True,
        "zeroline": False,
        "automargin": True,
    }
    return common | settings


def curve(name: str, x: Vector, y: Vector, colour: str, dash: str, hover: str) -> Figure:
    """Return a named curve; `hover` is Plotly's template of what it says where one points."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "line": {"color": colour, "width": 3, "dash": dash, "simplify": False},
        "hovertemplate": hover,
    }


def point(x: float, y: float, colour: str) -> Figure:
    """Return one mark: where the learner's own numbers stand."""
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


def signed_cells(
    values: Vector, largest: float, colours: tuple[str, str], theme: Theme, **more: Any
) -> Figure:
    """Return a heat map of values from -largest to largest, faint where they are 0.

    colours   the quantities in whose colours values below and above 0 are drawn
    """
    below, above = (fill(quantity, theme) for quantity in colours)
    return {
        "type": "heatmap",
        "z": values.tolist(),
        "zmin": -largest,
        "zmax": largest,
        "colorscale": [[0, below], [0.5, "rgba(128,128,128,0.08)"], [1, above]],
        "opacity": 0.75,  # numbers are read on top of it
        "showscale": False,
        "hoverinfo": "skip",
        "ygap": 2,
        **more,
    }


def rounded(values: Vector, span: float) -> Vector:
    """Round to less than can be seen across a span: what is sent to the browser stays short."""
    decimals = 4 - math.floor(math.log10(span))
    return np.round(values, decimals) if decimals <= _MOST_DECIMALS else values


def dense_near(centre: float, reach: float, low: float, high: float) -> Vector:
    """Return places from low to high, dense where the curve turns."""
    near = np.clip(np.linspace(centre - reach, centre + reach, POINTS), low, high)
    return np.unique(np.concatenate([[low, high], near]))
