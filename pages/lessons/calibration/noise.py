"""Screen "noise": how little a bin with few samples is worth, and what chance alone gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pages.lessons.calibration.bins import Row, diagram_of, range_text, share_text
from pages.lessons.calibration.predictions import Predictions
from pages.lessons.calibration.side import learners_subject
from pages.lessons.calibration.subject import chosen_judgement
from pages.visit.choices import Choices
from pages.visit.judging import BINS, with_bins
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.wording import Wording


def show() -> None:
    """Show the thinnest bin, and the calibration error for other numbers of bins."""
    words, bins = visit().words, visit().choices.judging.bins
    lesson.section("calibration", "noise", _PREDICTION)
    before = learners_subject().judgement.before
    with lesson.veil("noise"):
        lesson.remark(thinnest_sentence(before, bins, words))
        table(*by_bins_table(before, bins, words))
        lesson.prose("calibration", "noise_seen")


_FEW, _MANY = 5, 30


def _errors() -> tuple[float, float]:
    """Return the calibration error with few bins and with many."""
    before = chosen_judgement().before
    return before.error(_FEW), before.error(_MANY)


def _change(_state: LabState, _choices: Choices) -> str:
    few, many = _errors()
    if share_text(few) == share_text(many):
        return "stay"
    return "rise" if many > few else "fall"


def _numbers(_state: LabState, _choices: Choices) -> dict[str, str]:
    few, many = map(share_text, _errors())
    return {"few": str(_FEW), "many": str(_MANY), "before": few, "after": many}


def _sort_into_many() -> None:
    visit().choose("bins", lambda c: replace(c, judging=with_bins(c.judging, _MANY)))


_PREDICTION = Prediction(
    "calibration.noise",
    ("rise", "fall", "stay"),
    right=_change,
    move=_sort_into_many,
    numbers=_numbers,
)


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
