"""The held-out samples that a model got wrong while it was most sure."""

from __future__ import annotations

import numpy as np

from pages.lessons.calibration.judgement import Judgement
from pages.lessons.calibration.tables import Row, Table, share_text
from pages.lessons.training.images_figure import images_figure
from pages.lessons.training.learnt import feature_names
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import significant_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

MOST_SHOWN = 8
MOST_INPUTS = 2  # written in a table


def worst_mistakes(found: Judgement) -> list[int]:
    """Return the places of the most confident mistakes among the held-out samples."""
    wrong = np.flatnonzero(~found.before.right)
    order = np.argsort(-found.before.sure[wrong], kind="stable")
    places: list[int] = wrong[order][:MOST_SHOWN].tolist()
    return places


def mistakes_picture(found: Judgement, words: Wording, theme: Theme) -> Picture:
    """Draw digits that the model got wrong: what each is, what was said, how sure it was."""
    places = worst_mistakes(found)
    titles = [
        f"<b>{found.before.labels[k]} → {found.before.said[k]}</b> "
        f"{share_text(float(found.before.sure[k]))}"
        for k in places
    ]
    return Picture(
        images_figure(found.model.data.test.inputs[places], titles, theme, columns=4),
        words("calibration.mistakes.alt", n=len(places)),
        *mistakes_table(found, words)[1:],
    )


def mistakes_table(found: Judgement, words: Wording) -> Table:
    """Write the most confident mistakes: which sample, its class, what was said, how sure.

    Besides, its inputs where they are few, and else how far the confidence is from 1.
    """
    data, before = found.model.data, found.before
    names = words.class_names(data.classes)
    few = len(data.features) <= MOST_INPUTS
    rows: list[Row] = []
    for k in worst_mistakes(found):
        number = int(data.test.numbers[k])
        sure = float(before.sure[k])
        rest = float(np.delete(before.probabilities[k], before.said[k]).sum())
        row: Row = [str(number)]
        if few:
            row.append(", ".join(f"{x:.3g}".replace("-", "−") for x in data.raw[k]))
        row += [names[before.labels[k]], names[before.said[k]]]
        row.append(Number("mistake_confidence", sure, share_text(sure), number))
        if not few:
            row.append(Number("mistake_rest", rest, significant_text(rest), number))
        rows.append(row)
    columns = ("line" if data.kind == "csv" else "number", "truth", "said")
    head = [words(f"training.mistakes.{column}") for column in columns]
    head.append(words("calibration.mistakes.sure"))
    if few:
        head.insert(1, ", ".join(feature_names(data, words)))
    else:
        head.append(words("calibration.mistakes.rest"))
    return words("calibration.mistakes.picture"), head, rows
