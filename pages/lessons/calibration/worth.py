"""Screen "worth": what a high confidence is worth, and the most confident mistakes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pages.lessons.calibration.bins import Row, range_text, share_text
from pages.lessons.calibration.judgement import Judgement
from pages.lessons.calibration.predictions import Predictions, wilson
from pages.lessons.calibration.side import learners_subject
from pages.lessons.training.data_set import feature_names
from pages.lessons.training.images_figure import images_figure
from pages.lessons.training.mistakes import worst_mistakes
from pages.visit.judging import LEAST_THRESHOLD, MOST_THRESHOLD
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.controls import choice_slider
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import significant_text
from pages.writing.palette import Theme, theme
from pages.writing.wording import Wording

MOST_MISTAKES = 8
MOST_INPUTS = 2  # written in a table


def show() -> None:
    """Count the surest predictions, and show, once asked for, the most confident mistakes."""
    words = visit().words
    lesson.section("calibration", "worth")
    judgement = learners_subject().judgement
    threshold = _threshold_slider()
    table(*worth_table(judgement.before, threshold, words))
    lesson.remark(worth_sentence(judgement.before, threshold, words))
    lesson.prose("calibration", "mistakes")
    with lesson.fold(words("calibration.mistakes.fold"), "surest-mistakes") as is_open:
        if is_open:
            _mistakes(judgement)


def _threshold_slider() -> float:
    """Set the confidence from which on predictions are counted; return it."""
    return choice_slider(
        "threshold",
        visit().words("calibration.worth.slider"),
        (LEAST_THRESHOLD, MOST_THRESHOLD),
        visit().choices.judging.threshold,
        0.001,
        lambda c, value: replace(c, judging=replace(c.judging, threshold=value)),
    )


def _mistakes(judgement: Judgement) -> None:
    words = visit().words
    if judgement.before.right.all():
        lesson.remark(words("training.mistakes.none"))
    elif judgement.model.data.kind == "digits":
        lesson.picture("calibration", "mistakes", mistakes_picture(judgement, words, theme()))
    else:
        table(*mistakes_table(judgement, words))


def worth_table(predictions: Predictions, threshold: float, words: Wording) -> Table:
    """Count the predictions above a confidence, those that are wrong, and those to be expected."""
    above = predictions.confidences > threshold
    count, wrong = int(above.sum()), int((above & ~predictions.right).sum())
    expected = float((1 - predictions.confidences[above]).sum())
    row: Row = [
        f"> {threshold:g}",
        Number("above", count, str(count)),
        Number("wrong", wrong, str(wrong)),
        Number("expected_wrong", expected, f"{expected:.2f}"),
    ]
    names = ("confidence", "above", "wrong", "expected_wrong")
    head = [words(f"calibration.worth.{name}") for name in names]
    return Table(words("calibration.worth.table", n=len(predictions)), head, [row])


def worth_sentence(predictions: Predictions, threshold: float, words: Wording) -> str:
    """Say what a confidence above the threshold is worth here."""
    above = predictions.confidences > threshold
    count = int(above.sum())
    if not count:
        most = share_text(float(predictions.confidences.max()))
        return words("calibration.worth.none", threshold=f"{threshold:g}", most=most)
    right = int(predictions.right[above].sum())
    confidence = float(predictions.confidences[above].mean())
    low, high = wilson(right, count)
    if count == 1:
        name = "only_right" if right else "only_wrong"
    else:
        name = "fits" if low <= confidence <= high else "over" if confidence > high else "under"
    return words(
        f"calibration.worth.{name}",
        share=share_text(right / count),
        interval=range_text(low, high, 4),
        confidence=share_text(confidence),
        n=count,
    )


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
