"""The most confident mistakes, behind a fold of the screen "worth"."""

from __future__ import annotations

import numpy as np

from pages.lessons.calibration.bins import Row, share_text
from pages.lessons.calibration.judgement import Judgement
from pages.lessons.training.data_set import feature_names
from pages.lessons.training.images_figure import images_figure
from pages.lessons.training.mistakes import worst_mistakes
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import significant_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

MOST_MISTAKES = 8
MOST_INPUTS = 2  # written in a table


def show(judgement: Judgement) -> None:
    """Show them as images where they are, and else as a table."""
    words = visit().words
    if judgement.before.right.all():
        lesson.remark(words("training.mistakes.none"))
    elif judgement.model.data.kind == "digits":
        lesson.picture("calibration", "mistakes", mistakes_picture(judgement, words, theme()))
    else:
        table(*mistakes_table(judgement, words))


def most_confident_mistakes(judgement: Judgement) -> list[int]:
    """Return the places of the most confident mistakes among the held-out samples."""
    return worst_mistakes(judgement.before.right, judgement.before.confidences, MOST_MISTAKES)


def mistakes_picture(judgement: Judgement, words: Wording, theme: Theme) -> Picture:
    """Draw digits that the model got wrong: what each is, what was said, how sure it was."""
    places = most_confident_mistakes(judgement)
    titles = [
        f"<b>{judgement.before.labels[k]} → {judgement.before.predicted[k]}</b> "
        f"{share_text(float(judgement.before.confidences[k]))}"
        for k in places
    ]
    return Picture(
        images_figure(judgement.model.data.test.inputs[places], titles, theme, columns=4),
        words("calibration.mistakes.alt", n=len(places)),
        *mistakes_table(judgement, words)[1:],
    )


def mistakes_table(judgement: Judgement, words: Wording) -> Table:
    """Write the most confident mistakes: which sample, its class, what was said, how sure.

    Besides, its inputs where they are few, and else how far the confidence is from 1.
    """
    data, before = judgement.model.data, judgement.before
    names = words.class_names(data.classes)
    few = len(data.features) <= MOST_INPUTS
    rows: list[Row] = []
    for k in most_confident_mistakes(judgement):
        number = int(data.test.numbers[k])
        confidence = float(before.confidences[k])
        rest = float(np.delete(before.probabilities[k], before.predicted[k]).sum())
        row: Row = [str(number)]
        if few:
            row.append(", ".join(f"{x:.3g}".replace("-", "−") for x in data.raw[k]))
        row += [names[before.labels[k]], names[before.predicted[k]]]
        row.append(Number("mistake_confidence", confidence, share_text(confidence), number))
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
    return Table(words("calibration.mistakes.picture"), head, rows)
