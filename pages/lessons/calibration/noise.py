"""Screen "noise": how little a bin with few samples is worth, and what chance alone gives."""

from __future__ import annotations

import numpy as np

from pages.lessons.calibration.bins import Row, diagram_of, range_text, share_text
from pages.lessons.calibration.predictions import Predictions
from pages.lessons.calibration.side import learners_subject
from pages.visit.judging import BINS
from pages.visit.session import visit
from pages.widgets import lesson
from pages.widgets.tables import Number, Table, table
from pages.writing.wording import Wording


def show() -> None:
    """Show the thinnest bin, and the calibration error for other numbers of bins."""
    words, bins = visit().words, visit().choices.judging.bins
    lesson.section("calibration", "noise")
    before = learners_subject().judgement.before
    lesson.remark(thinnest_sentence(before, bins, words))
    table(*by_bins_table(before, bins, words))
    lesson.prose("calibration", "noise_seen")


def thinnest_sentence(predictions: Predictions, bins: int, words: Wording) -> str:
    """Say how little the accuracy of the bin with the fewest samples is worth."""
    diagram = diagram_of(predictions, bins)
    counted = diagram.bins
    some = np.flatnonzero(counted.count)
    b = int(some[counted.count[some].argmin()])
    return words(
        "calibration.reliability.thinnest",
        bin=range_text(counted.edges[b], counted.edges[b + 1]),
        count=int(counted.count[b]),
        accuracy=share_text(float(counted.accuracy[b])),
        interval=range_text(diagram.low[b], diagram.high[b]),
    )


def by_bins_table(predictions: Predictions, bins: int, words: Wording) -> Table:
    """Write the calibration error for other numbers of bins, and what chance alone would give."""
    rows: list[Row] = []
    for count in sorted({*BINS, bins}):
        error, chance = predictions.error(count), predictions.chance(count)
        rows.append(
            [
                str(count),
                Number("ece_by_bins", error, share_text(error), count),
                Number("chance", chance, share_text(chance), count),
            ]
        )
    head = [words(f"calibration.by_bins.{name}") for name in ("bins", "error", "chance")]
    return Table(words("calibration.by_bins.table"), head, rows)
