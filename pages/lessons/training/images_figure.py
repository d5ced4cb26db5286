"""Small square images beside each other: digits, or what a model's weights make of each pixel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.lessons.training.data_set import DataSet
from pages.widgets.figure import Figure, Vector, axis, figure, rounded
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, background, fill, text
from pages.writing.wording import Wording

# Below and above zero: a gradient's colours, or those of what speaks against a class and for it.
COLOURS = {"gradient": ("gradient_below", "gradient_above"), "weight": ("target", "probability")}
IMAGE, LINE, GAP = 88, 19, 10  # screen pixels: an image, a line of words above it, between rows
_FILLED = 0.92  # of a column's width: the rest keeps the images apart


def images_figure(
    pixels: Vector,
    titles: Sequence[str],
    theme: Theme,
    *,
    columns: int = 5,
    signed: str | None = None,
) -> Figure:
    """Draw images (m, side * side) row after row, each with its title, which may hold `<br>`.

    Each has axes of its own: words take screen pixels, and where a column is narrower than an
    image, as on a phone, only the image shrinks.

    signed   `weight` or `gradient`, with 0 in the middle of the colours; else 0 is paper, and the
             largest is ink
    """
    side = round(pixels.shape[1] ** 0.5)
    columns = min(columns, len(pixels))
    rows = -(-len(pixels) // columns)
    head = 6 + LINE * (1 + max(title.count("<br>") for title in titles))
    row_height = head + IMAGE + GAP
    height = rows * row_height - GAP
    largest = float(np.max(np.abs(pixels))) or 1.0
    look = _look(largest, signed, theme)
    traces: list[Figure] = []
    annotations: list[Figure] = []
    axes: Figure = {}
    for place, (image, title) in enumerate(zip(pixels, titles, strict=True)):
        row, column = divmod(place, columns)
        top, middle = 1 - (row * row_height + head) / height, (column + 0.5) / columns
        number = str(place + 1) if place else ""
        z = rounded(image.reshape(side, side), largest).tolist()
        traces.append(look | {"z": z, "xaxis": f"x{number}", "yaxis": f"y{number}"})
        annotations.append(
            {
                "x": middle,
                "y": top,
                "xref": "paper",
                "yref": "paper",
                "text": title,
                "showarrow": False,
                "xanchor": "center",
                "yanchor": "bottom",
                "font": {"size": 13, "color": text(theme)},
            }
        )
        half = _FILLED / columns / 2
        plain = {"visible": False, "constrain": "domain"}
        axes[f"xaxis{number}"] = axis(
            "",
            domain=[middle - half, middle + half],
            range=[-0.5, side - 0.5],
            anchor=f"y{number}",
            **plain,
        )
        axes[f"yaxis{number}"] = axis(
            "",
            domain=[max(0.0, top - IMAGE / height), top],
            range=[side - 0.5, -0.5],
            anchor=f"x{number}",
            scaleanchor=f"x{number}",
            constraintoward="top",
            **plain,
        )
    margin = {"l": 0, "r": 0, "t": 4, "b": 4}
    return figure(traces, theme, height=height + 8, annotations=annotations, margin=margin, **axes)


def digits_picture(
    data: DataSet, places: Sequence[int], alt: str, words: Wording, theme: Theme
) -> Picture:
    """Draw training digits by their places."""
    part = data.train
    labels = [data.classes[part.labels[p]] for p in places]
    rows: list[list[str | Number]] = []
    for p, label in zip(places, labels, strict=True):
        ink = float(part.inputs[p].mean())
        rows.append([str(part.numbers[p]), label, Number("ink", ink, short_text(ink))])
    head = [words(f"training.digits.{name}") for name in ("number", "label", "ink")]
    return Picture(images_figure(part.inputs[list(places)], labels, theme), alt, head, rows)


def _look(largest: float, signed: str | None, theme: Theme) -> Figure:
    paper = background(theme)
    below, above = COLOURS[signed or "weight"]
    return {
        "type": "heatmap",
        "zmin": -largest if signed else 0.0,
        "zmax": largest,
        "colorscale": (
            [[0, fill(below, theme)], [0.5, paper], [1, fill(above, theme)]]
            if signed
            else [[0, _mixed(paper, text(theme), 0.06)], [1, text(theme)]]
        ),
        "showscale": False,
        "hoverinfo": "skip",
    }


def _mixed(one: str, other: str, share: float) -> str:
    """Mix two colours #rrggbb: so much of the other."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)
