"""The fitted temperature: what it is, what it changes on held-out samples, and on the bench."""

from __future__ import annotations

from core import softmax
from pages.lessons.calibration.judgement import Judgement
from pages.lessons.calibration.predictions import Half, Predictions, halves
from pages.lessons.calibration.reliability_figure import reliability_beside_figure
from pages.lessons.calibration.tables import (
    Row,
    Table,
    bins_table,
    diagram,
    share_text,
    signed_text,
    summary,
)
from pages.visit.state import LabState
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, short_text, significant_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording

SAME = 0.05  # a T this near to 1 changes nothing that is worth a word
BETTER, WORSE = 0.8, 1.02  # times the calibration error before


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
    titles = "T = 1", f"T = {significant_text(after.temperature)}"
    parts = [bins_table(part, words) for part in both]
    rows = [
        [row[0], title.removeprefix("T = "), *row[1:]]
        for title, (_, some) in zip(titles, parts, strict=True)
        for row in some
    ]
    first, *others = parts[0][0]
    head = [first, "T", *others]
    alt = words(
        "calibration.temperature.alt",
        T=significant_text(after.temperature),
        before=share_text(before.error(bins)),
        after=share_text(after.error(bins)),
    )
    return Picture(reliability_beside_figure(both, titles, words, theme), alt, head, rows)


def beside_table(before: Predictions, after: Predictions, bins: int, words: Wording) -> Table:
    """Write what the temperature changes, and what it leaves."""
    both = {"1": before, significant_text(after.temperature): after}
    caption = words("calibration.temperature.table", n=len(after))
    return caption, *summary(both, bins, words, "temperature")


def effect_sentence(before: Predictions, after: Predictions, bins: int, words: Wording) -> str:
    """Say what became of the calibration error."""
    old, now = before.error(bins), after.error(bins)
    if after.is_chance(bins):
        name = "no_need" if before.is_chance(bins) else "mended"
    elif now < BETTER * old:
        name = "better"
    elif now > WORSE * old:
        name = "spoilt" if before.is_chance(bins) else "worse"
    else:
        name = "unchanged"
    return words(
        f"calibration.effect.{name}",
        before=share_text(old),
        after=share_text(now),
        chance=share_text(after.chance(bins)),
    )


def halves_table(before: Predictions, after: Predictions, words: Wording) -> Table:
    """Write confidence and accuracy of the less sure half and of the surer one."""
    rows: list[Row] = []
    parts = zip(("less", "more"), halves(before), halves(after), strict=True)
    for k, (name, old, new) in enumerate(parts, 1):
        rows.append(
            [
                words(f"calibration.halves.{name}"),
                Number("half_accuracy", old.accuracy, share_text(old.accuracy), k),
                Number("half_before", old.confidence, share_text(old.confidence), k),
                Number("half_after", new.confidence, share_text(new.confidence), k),
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
        f"calibration.halves.{need(less, more)}",
        less=signed_text(less.gap),
        more=signed_text(more.gap),
    )


def need(less: Half, more: Half) -> str:
    """Name what the halves need: nothing, opposite things, or less or more confidence in both."""
    if not (less.is_off or more.is_off):
        return "settled"
    if less.gap * more.gap < 0:
        return "apart"
    return "same_way" if less.is_off and more.is_off else "one_off"


def bench_table(state: LabState, temperature: float, words: Wording) -> Table:
    """Write the learner's own probabilities at their temperature and at the fitted one."""
    own = softmax(state.logits, temperature=state.temperature)
    other = softmax(state.logits, temperature=temperature)
    rows: list[Row] = [
        [
            f"{k + 1} · {words.class_name(state.names[k], k)}",
            Number("logit", z, short_text(z), k + 1),
            Number("probability", float(own[k]), fixed_text(float(own[k])), k + 1),
            Number("probability", float(other[k]), fixed_text(float(other[k])), k + 1),
        ]
        for k, z in enumerate(state.logits)
    ]
    head = [
        words("calibration.bench.class"),
        "z",
        words("calibration.bench.at", T=short_text(state.temperature)),
        words("calibration.bench.at", T=significant_text(temperature)),
    ]
    return words("calibration.bench.table"), head, rows
