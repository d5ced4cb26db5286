"""Held-out samples in bins of confidence: the diagram, the numbers, what they show, and chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.lessons.calibration.chosen import Chosen
from pages.lessons.calibration.judgement import Judgement, base_rate
from pages.lessons.calibration.predictions import Predictions, intervals, signs, verdict, wilson
from pages.lessons.calibration.reliability_figure import Diagram, reliability_figure
from pages.visit.judging import BINS
from pages.widgets.lesson import Picture, Rows
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

Row = list[str | Number]
Table = tuple[str, Sequence[str], Rows]
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


def about(shown: Chosen, words: Wording) -> str:
    """Say what was trained, and on how many samples of what it is judged."""
    train, validation, test = (len(part) for part in shown.found.model.data.parts)
    model = words(f"calibration.about.{shown.name}")
    return words(
        "calibration.about.parts", model=model, train=train, validation=validation, test=test
    )


def diagram(predictions: Predictions, bins: int) -> Diagram:
    """Return what a reliability diagram shows."""
    found = predictions.reliability(bins)
    return Diagram(found, *intervals(found))


def reliability_picture(
    predictions: Predictions, bins: int, words: Wording, theme: Theme
) -> Picture:
    """Draw the reliability diagram with its counts."""
    shown = diagram(predictions, bins)
    return Picture(
        reliability_figure(shown, words, theme),
        words("calibration.reliability.alt", **_facts(predictions, bins)),
        *bins_table(shown, words),
    )


def bins_table(shown: Diagram, words: Wording) -> tuple[Sequence[str], Rows]:
    """Write the bins that hold samples, one a row."""
    found = shown.found
    rows: list[Row] = []
    for b in np.flatnonzero(found.count).tolist():
        sure, right = float(found.confidence[b]), float(found.accuracy[b])
        rows.append(
            [
                range_text(found.edges[b], found.edges[b + 1]),
                Number("count", float(found.count[b]), str(found.count[b]), b + 1),
                Number("bin_confidence", sure, share_text(sure), b + 1),
                Number("bin_accuracy", right, share_text(right), b + 1),
                range_text(shown.low[b], shown.high[b]),
                Number("gap", sure - right, signed_text(sure - right), b + 1),
            ]
        )
    names = ("bin", "count", "confidence", "accuracy", "interval", "gap")
    return [words(f"calibration.bins.{name}") for name in names], rows


def summary_table(predictions: Predictions, bins: int, words: Wording) -> Table:
    """Write accuracy, mean confidence, calibration error and negative log-likelihood."""
    caption = words("calibration.summary.table")
    return caption, *summary({str(len(predictions)): predictions}, bins, words, "samples")


def base_rate_table(found: Judgement, bins: int, words: Wording) -> Table:
    """Compare the model with one that always says how frequent each class is in training."""
    both = {"model": found.before, "plain": base_rate(found)}
    named = {words(f"calibration.base.{name}"): each for name, each in both.items()}
    return words("calibration.base.table"), *summary(named, bins, words, "model")


def summary(
    named: dict[str, Predictions], bins: int, words: Wording, head: str
) -> tuple[Sequence[str], Rows]:
    """Write the four numbers of several predictions, one a row."""
    rows: list[Row] = []
    for k, (name, each) in enumerate(named.items(), 1):
        values = each.accuracy, each.confidence, each.error(bins), each.loss
        texts = (*map(share_text, values[:3]), fixed_text(values[3]))
        numbers = zip(SUMMARY, values, texts, strict=True)
        rows.append([name, *(Number(*number, k) for number in numbers)])
    names = [f"summary.{head}", *(f"quantity.{name}" for name in SUMMARY)]
    return [words(f"calibration.{name}") for name in names], rows


def verdict_sentence(predictions: Predictions, bins: int, words: Wording) -> str:
    """Say to which side the confidence is off, if it can be told."""
    name = verdict(predictions, bins)
    return words(f"calibration.verdict.{name}", **_facts(predictions, bins))


def _facts(predictions: Predictions, bins: int) -> dict[str, str]:
    over, under = signs(predictions.reliability(bins))
    numbers = {
        "accuracy": predictions.accuracy,
        "confidence": predictions.confidence,
        "ece": predictions.error(bins),
        "over": over,
        "under": under,
        "chance": predictions.chance(bins),
    }
    texts = {name: share_text(value) for name, value in numbers.items()}
    return texts | {"n": str(len(predictions)), "bins": str(bins)}


def thinnest_sentence(predictions: Predictions, bins: int, words: Wording) -> str:
    """Say how little the accuracy of the bin with the fewest samples is worth."""
    shown = diagram(predictions, bins)
    found = shown.found
    some = np.flatnonzero(found.count)
    b = int(some[found.count[some].argmin()])
    return words(
        "calibration.reliability.thinnest",
        bin=range_text(found.edges[b], found.edges[b + 1]),
        count=int(found.count[b]),
        accuracy=share_text(float(found.accuracy[b])),
        interval=range_text(shown.low[b], shown.high[b]),
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
    return words("calibration.by_bins.table"), head, rows


def worth_table(predictions: Predictions, threshold: float, words: Wording) -> Table:
    """Count the predictions above a confidence, those that are wrong, and those to be expected."""
    above = predictions.sure > threshold
    count, wrong = int(above.sum()), int((above & ~predictions.right).sum())
    expected = float((1 - predictions.sure[above]).sum())
    row: Row = [
        f"> {threshold:g}",
        Number("above", count, str(count)),
        Number("wrong", wrong, str(wrong)),
        Number("expected_wrong", expected, f"{expected:.2f}"),
    ]
    names = ("confidence", "above", "wrong", "expected_wrong")
    head = [words(f"calibration.worth.{name}") for name in names]
    return words("calibration.worth.table", n=len(predictions)), head, [row]


def worth_sentence(predictions: Predictions, threshold: float, words: Wording) -> str:
    """Say what a confidence above the threshold is worth here."""
    above = predictions.sure > threshold
    count = int(above.sum())
    if not count:
        most = share_text(float(predictions.sure.max()))
        return words("calibration.worth.none", threshold=f"{threshold:g}", most=most)
    right = int(predictions.right[above].sum())
    sure = float(predictions.sure[above].mean())
    low, high = wilson(right, count)
    if count == 1:
        name = "only_right" if right else "only_wrong"
    else:
        name = "fits" if low <= sure <= high else "over" if sure > high else "under"
    return words(
        f"calibration.worth.{name}",
        share=share_text(right / count),
        interval=range_text(low, high, 4),
        confidence=share_text(sure),
        n=count,
    )
