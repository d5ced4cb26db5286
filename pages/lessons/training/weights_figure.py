"""A table of signed numbers as a picture: weights, or what a sample pulls on in them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.lessons.training.data_set import DataSet, feature_names
from pages.lessons.training.images_figure import COLOURS, images_figure
from pages.widgets.figure import (
    PHONE,
    Figure,
    Vector,
    axis,
    columns_of,
    figure,
    short_names,
    signed_cells,
)
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, text
from pages.writing.wording import Wording


def weights_or_images(
    values: Vector, data: DataSet, quantity: str, words: Wording, theme: Theme
) -> Figure:
    """Draw weights (n, D), or their gradient: as images where the inputs are one."""
    names = words.class_names(data.classes)
    if data.kind == "digits":
        return images_figure(values, names, theme, signed=quantity)
    short = short_names(names), short_names(feature_names(data, words))
    return weights_figure(values, short, quantity, words, theme)


def weights_figure(
    values: Vector,
    names: tuple[Sequence[str], Sequence[str]],
    quantity: str,
    words: Wording,
    theme: Theme,
) -> Figure:
    """Draw values (n, D), a row a class; `names` are those of the classes and of the features."""
    n, inputs = values.shape
    largest = float(np.max(np.abs(values))) or 1.0
    texts = [[fixed_text(float(v)) for v in row] for row in values]
    widest = max(columns_of(number) for row in texts for number in row)
    # Only where they find room on a phone, too, beside the names of the classes.
    written = inputs * (widest + 1) + max(map(columns_of, names[0])) <= PHONE
    rows, columns = list(range(n)), list(range(inputs))
    cells = signed_cells(
        values, largest, COLOURS[quantity], theme, x=columns, y=rows, xgap=2 if written else 0
    )
    if written:
        cells["text"] = texts
        cells["texttemplate"] = "%{text}"
        cells["textfont"] = {"size": 13, "color": text(theme)}
    shown = columns[:: -(-inputs // 12)]  # as many names as find room
    return figure(
        [cells],
        theme,
        height=120 + max(30, 240 // n) * n,
        xaxis=axis(
            words("training.axis.feature"),
            tickvals=shown,
            ticktext=[names[1][d] for d in shown],
            range=[-0.5, inputs - 0.5],
            showgrid=False,
        ),
        yaxis=axis(
            words("lesson.class"),
            tickvals=rows,
            ticktext=list(names[0]),
            range=[n - 0.5, -0.5],
            showgrid=False,
        ),
    )
