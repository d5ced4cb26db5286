"""A table of counts as a picture: which class was taken for which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.widgets.figure import PHONE, Figure, Whole, axis, columns_of, figure, signed_cells
from pages.writing.palette import Theme, text
from pages.writing.wording import Wording

MOST_UPRIGHT = 6  # classes whose names may stand upright above the columns


def confusion_figure(counts: Whole, names: Sequence[str], words: Wording, theme: Theme) -> Figure:
    """Draw counts (n, n): a row a true class, a column what was said. The diagonal is right.

    Where names of more than a few classes are too long to stand side by side on a phone, their
    numbers stand for them, from 1.
    """
    n = len(counts)
    fit = (n + 1) * (1 + max(map(columns_of, names))) <= PHONE
    if not fit and n > MOST_UPRIGHT:
        names, fit = [str(k + 1) for k in range(n)], True
    right = np.eye(n, dtype=bool)
    most = float(counts.max()) or 1.0
    depth = np.where(right, 1, -1) * np.sqrt(counts / most)
    places = list(range(n))
    size = 15 if n <= 6 else 12 if n <= 12 else 9
    cells = signed_cells(
        np.round(depth, 4),
        1,
        ("gradient_above", "probability"),
        theme,
        x=places,
        y=places,
        xgap=2,
        text=[[str(int(c)) if c else "" for c in row] for row in counts],
        texttemplate="%{text}",
        textfont={"size": size, "color": text(theme)},
    )
    font = {"size": 14 if n <= 12 else 10}
    ticks = {"tickvals": places, "ticktext": list(names), "showgrid": False, "tickfont": font}
    across = ticks | {"tickfont": dict(font), "tickangle": 0 if fit else -90}
    return figure(
        [cells],
        theme,
        height=110 + max(36, 300 // n) * n,
        xaxis=axis(words("training.axis.said"), side="top", range=[-0.5, n - 0.5], **across),
        yaxis=axis(words("training.axis.truth"), range=[n - 0.5, -0.5], **ticks),
    )
