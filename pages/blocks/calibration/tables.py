"""The lesson's pictures and tables of held-out samples, and the sentences that they bear out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core import softmax
from pages.blocks import figures
from pages.blocks.calibration.chosen import Chosen
from pages.blocks.calibration.judged import BINS
from pages.blocks.calibration.numbers import (
    Half,
    Judgement,
    Predictions,
    halves,
    intervals,
    signs,
    verdict,
    wilson,
)
from pages.blocks.lesson import Picture, Rows
from pages.blocks.numerals import fixed_text, significant_text
from pages.blocks.palette import Theme
from pages.blocks.state import MAX_TEMPERATURE, MIN_TEMPERATURE, LabState
from pages.blocks.tables import Number
from pages.blocks.wording import Wording

Row = list[str | Number]
Table = tuple[str, Sequence[str], Rows]
SUMMARY = ("accuracy", "mean_confidence", "ece", "nll")
SAME = 0.05  # a T this near to 1 changes nothing that is worth a word
BETTER, WORSE = 0.8, 1.02  # times the calibration error before


def about(shown: Chosen, words: Wording) -> str:
    """Say what was trained, and on how many samples of what it is judged."""
    train, validation, test = (len(part) for part in shown.found.model.data.parts)
    model = words(f"calibration.about.{shown.name}")
    return words(
        "calibration.about.parts", model=model, train=train, validation=validation, test=test
    )


def diagram(predictions: Predictions, bins: int) -> figures.Diagram:
    """Return what a reliability diagram shows."""
    found = predictions.reliability(bins)
    return figures.Diagram(found, *intervals(found))


def reliability_picture(
    predictions: Predictions, bins: int, words: Wording, theme: Theme
) -> Picture:
    """Draw the reliability diagram with its counts."""
    shown = diagram(predictions, bins)
    return Picture(
        figures.reliability_with_counts(shown, words, theme),
        words("calibration.reliability.alt", **_facts(predictions, bins)),
        *bins_table(shown, words),
    )


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
    texts = {name: fixed_text(value) for name, value in numbers.items()}
    return texts | {"n": str(len(predictions)), "bins": str(bins)}


def bins_table(shown: figures.Diagram, words: Wording) -> tuple[Sequence[str], Rows]:
    """Write the bins that hold samples, one a row."""
    found = shown.found
    names = ("bin", "count", "confidence", "accuracy", "interval", "gap")
    rows: list[Row] = []
    for b in np.flatnonzero(found.count).tolist():
        sure, right = float(found.confidence[b]), float(found.accuracy[b])
        rows.append(
            [
                _range(found.edges[b], found.edges[b + 1], 2),
                Number("count", float(found.count[b]), str(found.count[b]), b + 1),
                Number("bin_confidence", sure, fixed_text(sure), b + 1),
                Number("bin_accuracy", right, fixed_text(right), b + 1),
                _range(shown.low[b], shown.high[b], 2),
                Number("gap", sure - right, _signed(sure - right), b + 1),
            ]
        )
    return [words(f"calibration.bins.{name}") for name in names], rows


def _range(low: float, high: float, decimals: int) -> str:
    return f"{low:.{decimals}f} – {high:.{decimals}f}"


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + fixed_text(value)


def summary_table(predictions: Predictions, bins: int, words: Wording) -> Table:
    """Write accuracy, mean confidence, calibration error and negative log-likelihood."""
    caption = words("calibration.summary.table", n=len(predictions))
    head = [words("calibration.summary.head"), words("calibration.summary.value")]
    return caption, head, _summary_rows((predictions,), bins, words)


def _summary_rows(all_of: Sequence[Predictions], bins: int, words: Wording) -> Rows:
    columns = [(p.accuracy, p.confidence, p.error(bins), p.loss) for p in all_of]
    return [
        [
            words(f"calibration.quantity.{name}"),
            *(Number(name, c[row], fixed_text(c[row]), k) for k, c in enumerate(columns, 1)),
        ]
        for row, name in enumerate(SUMMARY)
    ]


def verdict_sentence(predictions: Predictions, bins: int, words: Wording) -> str:
    """Say to which side the confidence is off, if it can be told."""
    name = verdict(predictions, bins)
    return words(f"calibration.verdict.{name}", **_facts(predictions, bins))


def thinnest_sentence(predictions: Predictions, bins: int, words: Wording) -> str:
    """Say how little the accuracy of the bin with the fewest samples is worth."""
    shown = diagram(predictions, bins)
    found = shown.found
    some = np.flatnonzero(found.count)
    b = int(some[found.count[some].argmin()])
    return words(
        "calibration.reliability.thinnest",
        bin=_range(found.edges[b], found.edges[b + 1], 2),
        count=int(found.count[b]),
        accuracy=fixed_text(float(found.accuracy[b])),
        interval=_range(shown.low[b], shown.high[b], 2),
    )


def by_bins_table(predictions: Predictions, bins: int, words: Wording) -> Table:
    """Write the calibration error for other numbers of bins, and what chance alone would give."""
    rows = [
        [
            str(count),
            Number("ece_by_bins", error := predictions.error(count), fixed_text(error), count),
            Number("chance", chance := predictions.chance(count), fixed_text(chance), count),
        ]
        for count in sorted({*BINS, bins})
    ]
    names = ("bins", "error", "chance")
    head = [words(f"calibration.by_bins.{name}") for name in names]
    return words("calibration.by_bins.table"), head, rows


def worth_table(predictions: Predictions, threshold: float, words: Wording) -> Table:
    """Count the predictions above a confidence, those that are wrong, and those to be expected."""
    above = predictions.sure > threshold
    wrong = int((above & ~predictions.right).sum())
    expected = float((1 - predictions.sure[above]).sum())
    values = {"above": float(above.sum()), "wrong": float(wrong), "expected_wrong": expected}
    rows = [
        [words(f"calibration.worth.{name}"), Number(name, value, significant_text(value))]
        for name, value in values.items()
    ]
    caption = words("calibration.worth.table", threshold=f"{threshold:g}")
    return caption, [words("calibration.worth.head"), words("calibration.worth.number")], rows


def worth_sentence(predictions: Predictions, threshold: float, words: Wording) -> str:
    """Say what a confidence above the threshold is worth here."""
    above = predictions.sure > threshold
    count = int(above.sum())
    at = f"{threshold:g}"
    if not count:
        most = fixed_text(float(predictions.sure.max()))
        return words("calibration.worth.none", threshold=at, most=most)
    right = int(predictions.right[above].sum())
    sure = float(predictions.sure[above].mean())
    low, high = wilson(right, count)
    name = "fits" if low <= sure <= high else "over" if sure > high else "under"
    return words(
        f"calibration.worth.{name}",
        share=fixed_text(right / count),
        interval=_range(low, high, 4),
        confidence=fixed_text(sure),
        n=count,
    )


def temperature_sentence(found: Judgement, words: Wording) -> str:
    """Say which T was fitted and what it does, or why none is the best."""
    if found.temperature is None:
        return words(f"calibration.temperature.{found.why_none}")
    t = found.temperature
    name = "same" if abs(t - 1) < SAME else "sharper" if t < 1 else "flatter"
    count = len(found.model.data.validation)
    return words(f"calibration.temperature.{name}", T=significant_text(t), n=count)


def beside_picture(
    before: Predictions, after: Predictions, bins: int, words: Wording, theme: Theme
) -> Picture:
    """Draw the reliability diagrams before and after."""
    both = diagram(before, bins), diagram(after, bins)
    t = significant_text(after.temperature)
    titles = "T = 1", f"T = {t}"
    parts = [bins_table(part, words) for part in both]
    rows = [
        [f"{title}, {row[0]}", *row[1:]]
        for title, (_, some) in zip(titles, parts, strict=True)
        for row in some
    ]
    alt = words(
        "calibration.temperature.alt",
        T=t,
        before=fixed_text(before.error(bins)),
        after=fixed_text(after.error(bins)),
    )
    return Picture(figures.reliability_beside(both, titles, words, theme), alt, parts[0][0], rows)


def beside_table(before: Predictions, after: Predictions, bins: int, words: Wording) -> Table:
    """Write what the temperature changes, and what it leaves."""
    head = [
        words("calibration.summary.head"),
        "T = 1",
        f"T = {significant_text(after.temperature)}",
    ]
    caption = words("calibration.temperature.table", n=len(after))
    return caption, head, _summary_rows((before, after), bins, words)


def base_rate_table(found: Judgement, bins: int, words: Wording) -> Table:
    """Compare the model with one that always says how frequent each class is in training."""
    data = found.model.data
    shares = np.bincount(data.train.labels, minlength=len(data.classes)) / len(data.train)
    scores = np.tile(np.log(shares), (len(found.before), 1))
    plain = Predictions(scores, found.before.labels)
    head = [words(f"calibration.base.{name}") for name in ("head", "model", "plain")]
    caption = words("calibration.base.table")
    return caption, head, _summary_rows((found.before, plain), bins, words)


def effect_sentence(before: Predictions, after: Predictions, bins: int, words: Wording) -> str:
    """Say what became of the calibration error."""
    old, now = before.error(bins), after.error(bins)
    if verdict(before, bins) == "chance":
        name = "no_need"
    elif now <= after.chance(bins):
        name = "mended"
    elif now < BETTER * old:
        name = "better"
    else:
        name = "worse" if now > WORSE * old else "unchanged"
    return words(
        f"calibration.effect.{name}",
        before=fixed_text(old),
        after=fixed_text(now),
        chance=fixed_text(after.chance(bins)),
    )


def halves_table(before: Predictions, after: Predictions, words: Wording) -> Table:
    """Write confidence and accuracy of the less sure half and of the surer one."""
    rows: list[Row] = []
    parts = zip(("less", "more"), halves(before), halves(after), strict=True)
    for k, (name, old, new) in enumerate(parts, 1):
        rows.append(
            [
                words(f"calibration.halves.{name}"),
                Number("half_accuracy", old.accuracy, fixed_text(old.accuracy), k),
                Number("half_before", old.confidence, fixed_text(old.confidence), k),
                Number("half_after", new.confidence, fixed_text(new.confidence), k),
            ]
        )
    head = [
        words("calibration.halves.head"),
        words("calibration.quantity.accuracy"),
        words("calibration.halves.sure", T="1"),
        words("calibration.halves.sure", T=significant_text(after.temperature)),
    ]
    return words("calibration.halves.table"), head, rows


def halves_sentence(after: Predictions, words: Wording) -> str:
    """Say whether one temperature can do for both halves what they need."""
    less, more = halves(after)
    return words(
        f"calibration.halves.{_need(less, more)}",
        less=_signed(less.gap),
        more=_signed(more.gap),
    )


def _need(less: Half, more: Half) -> str:
    if not (less.is_off or more.is_off):
        return "settled"
    same_way = less.is_off and more.is_off and less.gap * more.gap > 0
    return "same_way" if same_way else "apart"


def bench_table(state: LabState, temperature: float, words: Wording) -> Table:
    """Write the learner's own probabilities at their temperature and at the fitted one."""
    own = softmax(state.logits, temperature=state.temperature)
    other = softmax(state.logits, temperature=temperature)
    rows = [
        [
            f"{k + 1} · {words.class_name(state.names[k], k)}",
            Number("logit", z, fixed_text(z), k + 1),
            Number("probability", float(own[k]), fixed_text(float(own[k])), k + 1),
            Number("probability", float(other[k]), fixed_text(float(other[k])), k + 1),
        ]
        for k, z in enumerate(state.logits)
    ]
    head = [
        words("calibration.bench.class"),
        "z",
        words("calibration.bench.at", T=significant_text(state.temperature)),
        words("calibration.bench.at", T=significant_text(temperature)),
    ]
    return words("calibration.bench.table"), head, rows


def fits_the_bench(temperature: float) -> bool:
    """Whether the bench takes this temperature."""
    return MIN_TEMPERATURE <= temperature <= MAX_TEMPERATURE
