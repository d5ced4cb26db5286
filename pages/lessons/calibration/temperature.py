"""Screen "temperature": the fitted one, what it changes on held-out samples and what it leaves."""

from __future__ import annotations

from dataclasses import replace

from pages.film import film
from pages.lessons.calibration.bins import Row, share_text, signed_text, summary_table
from pages.lessons.calibration.judgement import Judgement
from pages.lessons.calibration.predictions import Half, Predictions, halves
from pages.lessons.calibration.side import learners_subject
from pages.lessons.calibration.subject import chosen_judgement
from pages.lessons.calibration.temperature_film import temperature_film
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, table
from pages.writing.numerals import significant_text
from pages.writing.palette import theme
from pages.writing.wording import Wording

SAME = 0.05  # a T this near to 1 changes nothing that is worth a word
BETTER, WORSE = 0.8, 1.02  # times the calibration error before


def show() -> None:
    """Show which temperature is fitted, what it changes, and what it leaves."""
    words, judging = visit().words, visit().choices.judging
    bins, own = judging.bins, judging.divisor
    lesson.section("calibration", "temperature", _PREDICTION)
    judgement = learners_subject().judgement
    before, after = judgement.before, judgement.after
    lesson.remark(temperature_sentence(judgement, words))
    if after is None:
        return
    shown = temperature_film(judgement, bins, own, words, theme())
    film("calibration", "temperature", shown, own, _take)
    with lesson.veil("temperature"):
        table(*beside_table(before, after, bins, words))
        lesson.remark(effect_sentence(before, after, bins, words))
        lesson.prose("calibration", "temperature_seen")
    if len(after) > 1:
        with lesson.fold(words("calibration.halves.fold"), "halves") as is_open:
            if is_open:
                lesson.prose("calibration", "halves")
                table(*halves_table(before, after, words))
                lesson.remark(halves_sentence(after, words))


def _take(divisor: float) -> None:
    """Divide the scores by another T."""
    visit().choose("divisor", lambda c: replace(c, judging=replace(c.judging, divisor=divisor)))


_GUESSED = 2.0


def _accuracy_change(_state: LabState, _choices: Choices) -> str:
    judgement = chosen_judgement()
    before, after = judgement.before.accuracy, judgement.at_temperature(_GUESSED).accuracy
    return "stay" if after == before else "rise" if after > before else "fall"


_PREDICTION = Prediction(
    "calibration.temperature",
    ("rise", "fall", "stay"),
    right=_accuracy_change,
    move=lambda: _take(_GUESSED),
)


def temperature_sentence(judgement: Judgement, words: Wording) -> str:
    """Say which T was fitted and what it does, or why none is the best."""
    if judgement.temperature is None:
        return words(f"calibration.temperature.{judgement.why_none}")
    t = judgement.temperature
    name = "same" if abs(t - 1) < SAME else "sharper" if t < 1 else "flatter"
    count = len(judgement.model.data.validation)
    return words(f"calibration.temperature.{name}", T=significant_text(t), n=count)


def beside_table(before: Predictions, after: Predictions, bins: int, words: Wording) -> Table:
    """Write what the temperature changes, and what it leaves."""
    both = {"1": before, significant_text(after.temperature): after}
    caption = words("calibration.temperature.table", n=len(after))
    return summary_table(caption, both, bins, words, "temperature")


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
    return Table(words("calibration.halves.table"), head, rows)


def halves_sentence(after: Predictions, words: Wording) -> str:
    """Say whether one temperature can do for both halves what they need."""
    less, more = halves(after)
    return words(
        f"calibration.halves.{need(less, more)}",
        less=signed_text(less.gap),
        more=signed_text(more.gap),
    )


def need(less: Half, more: Half) -> str:
    """Name what the halves need, as far as both are off by more than chance explains."""
    if not (less.is_off and more.is_off):
        return "one_off" if less.is_off or more.is_off else "settled"
    return "apart" if less.gap * more.gap < 0 else "same_way"
