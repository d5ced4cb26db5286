"""Screen "confusion": which class is taken for which, and the worst mistakes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from pages.lessons.training.mistakes import largest_losses, mistakes_picture, mistakes_table
from pages.lessons.training.run import Model
from pages.lessons.training.side import train_first, trained_model
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.figure import (
    PHONE,
    Figure,
    Whole,
    axis,
    columns_of,
    figure,
    short_names,
    signed_cells,
)
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, table
from pages.writing.palette import Theme, text, theme
from pages.writing.wording import Wording

MOST_UPRIGHT = 6  # classes whose names may stand upright above the columns


def show() -> None:
    """Show which classes are taken for which, and, once asked for, the worst mistakes."""
    words = visit().words
    st.header(words("training.confusion.question"), anchor="confusion")
    lesson.predict(_PREDICTION)
    model = trained_model("confusion")
    if model is None:
        return
    lesson.prose("training", "confusion" if len(model.data.test) else "confusion_tiny")
    with lesson.veil("confusion"):
        lesson.picture("training", "confusion", confusion_picture(model, words, theme()))
        lesson.prose("training", "confusion_seen")
    with lesson.fold(words("training.mistakes.picture"), "mistakes") as is_open:
        if is_open:
            _mistakes(model)


_PREDICTION = Prediction(
    "training.confusion",
    ("as_many", "none", "unknown"),
    right=lambda _state, _choices: "unknown",  # the matrix need not be symmetric
    move=train_first,
)


def _mistakes(model: Model) -> None:
    words, places = visit().words, largest_losses(model)
    if not places:
        lesson.remark(words("training.mistakes.none"))
    elif model.data.kind == "digits":
        lesson.picture("training", "mistakes", mistakes_picture(model, places, words, theme()))
    else:
        with st.container(key="mistakes-table"):
            table(*mistakes_table(model, places, words))


def confusion_picture(model: Model, words: Wording, theme: Theme) -> Picture:
    """Draw which class of those held out was taken for which."""
    data, part = model.data, model.data.to_judge_by
    n, names = len(data.classes), words.class_names(model.data.classes)
    predicted = model.scores(part.inputs).argmax(axis=1)
    counts = np.bincount(part.labels * n + predicted, minlength=n * n).reshape(n, n)
    # The picture has room for the numbers of many classes only.
    named = [f"{k} · {name}" for k, name in enumerate(names, 1)] if data.kind == "csv" else names
    rows: list[list[str | Number]] = [
        [name, *(Number("count", int(c), str(c)) for c in counts[k])]
        for k, name in enumerate(named)
    ]
    right = int(np.trace(counts))
    figure = confusion_figure(counts, short_names(names), words, theme)
    alt = words("training.confusion.alt", right=right, all=len(part))
    return Picture(figure, alt, [words("training.axis.truth"), *named], rows)


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
