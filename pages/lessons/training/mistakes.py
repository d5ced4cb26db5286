"""A model's worst mistakes among the samples that it is judged by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core import softmax, softmax_loss
from pages.lessons.training.images_figure import images_figure
from pages.lessons.training.run import Model
from pages.lessons.training.scale import Matrix
from pages.widgets.figure import cut_names
from pages.widgets.lesson import Picture
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, Table
from pages.writing.palette import Theme
from pages.writing.wording import Wording

MOST_MISTAKES = 10


def worst_mistakes(right: NDArray[np.bool_], how_bad: Matrix, most: int) -> list[int]:
    """Return the places of the samples that are not right, the worst first, and so many at most."""
    wrong = np.flatnonzero(~right)
    places: list[int] = wrong[np.argsort(-how_bad[wrong], kind="stable")].tolist()
    return places[:most]


def largest_losses(model: Model) -> list[int]:
    """Return the places, in what it is judged by, of the mistakes with the largest loss."""
    part = model.data.to_judge_by
    scores = model.scores(part.inputs)
    losses = softmax_loss(scores, part.labels, reduction="none").value
    return worst_mistakes(scores.argmax(axis=1) == part.labels, losses, MOST_MISTAKES)


def mistakes_table(model: Model, places: Sequence[int], words: Wording) -> Table:
    """Lay mistakes out, by their places: the class, the one predicted, and how surely."""
    data, part = model.data, model.data.to_judge_by
    names = cut_names(words.class_names(data.classes))
    rows: list[list[str | Number]] = []
    for place in places:
        scores = model.scores(part.inputs[[place]])[0]
        shares = softmax(scores)
        truth, predicted = int(part.labels[place]), int(shares.argmax())
        rows.append(
            [
                str(part.numbers[place]),
                names[truth],
                names[predicted],
                share_cell(shares[predicted], predicted, scores),
                share_cell(shares[truth], truth, scores),
            ]
        )
    number = "line" if data.kind == "csv" else "number"
    columns = (number, "truth", "said", "sure", "share")
    head = [words(f"training.mistakes.{name}") for name in columns]
    return Table(words("training.mistakes.picture"), head, rows)


def mistakes_picture(model: Model, places: Sequence[int], words: Wording, theme: Theme) -> Picture:
    """Draw mistakes among the digits, by their places."""
    _, head, rows = mistakes_table(model, places, words)
    titles = [f"{row[1]} → {row[2]}<br>{_text(row[3])}" for row in rows]
    images = images_figure(model.data.to_judge_by.inputs[list(places)], titles, theme)
    return Picture(images, words("training.mistakes.alt", count=len(rows)), head, rows)


def _text(cell: str | Number) -> str:
    return cell.text if isinstance(cell, Number) else cell
