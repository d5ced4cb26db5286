"""Predictions in bins of confidence, and their four numbers, as tables; shares as texts."""

from __future__ import annotations

import numpy as np

from pages.lessons.calibration.predictions import Predictions, intervals
from pages.lessons.calibration.reliability_figure import Diagram
from pages.widgets.tables import Number, Table
from pages.writing.numerals import fixed_text
from pages.writing.wording import Wording

Row = list[str | Number]
SUMMARY = ("accuracy", "mean_confidence", "ece", "nll")


def share_text(value: float) -> str:
    """Write a share, with four decimals even where it is rounded to 0 or 1."""
    return f"{value:.4f}".replace("-", "−")


def signed_text(value: float) -> str:
    """Write a difference of shares with its sign, and none where it is rounded to 0."""
    text = f"{value:+.4f}".replace("-", "−")
    return text if float(text.replace("−", "-")) else text[1:]


def range_text(low: float, high: float, decimals: int = 2) -> str:
    """Write from where to where."""
    return f"{low:.{decimals}f} – {high:.{decimals}f}"


def diagram_of(predictions: Predictions, bins: int) -> Diagram:
    """Return what a reliability diagram shows."""
    reliability = predictions.reliability(bins)
    return Diagram(reliability, *intervals(reliability))


def bins_table(diagram: Diagram, words: Wording) -> Table:
    """Write the bins that hold samples, one a row."""
    bins = diagram.bins
    rows: list[Row] = []
    for b in np.flatnonzero(bins.count).tolist():
        confidence, accuracy = float(bins.confidence[b]), float(bins.accuracy[b])
        gap = confidence - accuracy
        count = Number("count", float(bins.count[b]), str(bins.count[b]), b + 1)
        sure = Number("bin_confidence", confidence, share_text(confidence), b + 1)
        hits = round(accuracy * count.value)
        right = Number("bin_accuracy", accuracy, share_text(accuracy), b + 1)
        right = right.computed("", f"{hits} / {{}}", count)
        rows.append(
            [
                range_text(bins.edges[b], bins.edges[b + 1]),
                count,
                sure,
                right,
                range_text(diagram.low[b], diagram.high[b]),
                Number("gap", gap, signed_text(gap), b + 1).computed("", "{} − {}", sure, right),
            ]
        )
    names = ("bin", "count", "confidence", "accuracy", "interval", "gap")
    head = [words(f"calibration.bins.{name}") for name in names]
    return Table(words("calibration.reliability.picture"), head, rows)


def summary_table(
    caption: str, named: dict[str, Predictions], bins: int, words: Wording, head: str
) -> Table:
    """Write accuracy, mean confidence, calibration error and negative log-likelihood, one a row."""
    rows: list[Row] = []
    for k, (name, each) in enumerate(named.items(), 1):
        values = each.accuracy, each.mean_confidence, each.error(bins), each.loss
        texts = (*map(share_text, values[:3]), fixed_text(values[3]))
        numbers = zip(SUMMARY, values, texts, strict=True)
        accuracy, *rest = (Number(*number, k) for number in numbers)
        made_of = f"{int(each.right.sum())} / {len(each)}"
        rows.append([name, accuracy.computed("", made_of), *rest])
    names = [f"summary.{head}", *(f"quantity.{name}" for name in SUMMARY)]
    return Table(caption, [words(f"calibration.{name}") for name in names], rows)
