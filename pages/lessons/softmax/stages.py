"""The first screen: from logits to shares, stage by stage, at the learner's own numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core import exponentials, softmax, top_k
from pages.lessons.softmax.numbers import largest_share, logit
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LARGEST_LOGIT, LabState, with_logit
from pages.widgets import lesson
from pages.widgets.bar_rows import Bar, BarRow, BarRows
from pages.widgets.figure import QUARTERS, Vector
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number, Table, fixed_cell, table
from pages.writing.numerals import fixed_text, short_text, significant_text
from pages.writing.palette import Theme, fill, theme
from pages.writing.wording import Wording

_ROOM = 1.3  # of a share: the number behind a bar of 1 needs some


def show() -> None:
    """Show each stage as a column, the shares as bars, and what these numbers need said."""
    words, state = visit().words, visit().state
    lesson.section("softmax", "stages", _PREDICTION)
    table(*stages_table(state, words))
    for passage in passages(state):
        lesson.prose("softmax", f"stages_{passage}")
    with lesson.fold(words("softmax.stages.picture"), "shares") as is_open:
        if is_open:
            lesson.picture("softmax", "stages", shares_picture(state, words, theme()))
    with lesson.fold(words("softmax.stages.overflow"), "overflow") as is_open:
        if is_open:
            lesson.prose("softmax", "stages_overflow")
    with lesson.fold(words("softmax.stages.mask"), "mask") as is_open:
        if is_open:
            lesson.prose("softmax", "stages_mask")


def _asked(state: LabState) -> int:
    """Return the class whose logit the question raises: the most probable one, from 0."""
    return int(top_k(softmax(state.logits, temperature=state.temperature), 1)[0])


def _raise_asked() -> None:
    def raised(state: LabState) -> LabState:
        k = _asked(state)
        return with_logit(state, k, min(state.logits[k] + 1, LARGEST_LOGIT))

    visit().edit("logits", raised)


def _number(state: LabState, _choices: Choices) -> dict[str, str]:
    return {"number": str(_asked(state) + 1)}


_PREDICTION = Prediction(
    "softmax.stages",
    ("more", "same", "less"),
    # Its exponential is a term of the sum, which grows with it: 1 is the most that it can reach.
    right=lambda _state, _choices: "less",
    move=_raise_asked,
    numbers=_number,
)


@dataclass(frozen=True)
class Stages:
    """Softmax of the learner's logits, stage by stage."""

    scaled: Vector  # z / T
    exponentials: Vector  # e^(z / T)
    shifted: Vector  # e^((z - m) / T), which cannot overflow
    probabilities: Vector

    @property
    def sum(self) -> float:
        """The denominator; inf where an exponential, or the sum itself, overflows."""
        # Python adds floats to inf without the warning that NumPy gives.
        return float(sum(self.exponentials.tolist()))

    @property
    def needs_shift(self) -> bool:
        """Whether the plain exponentials cannot be divided: their sum overflows, or is 0."""
        return not 0 < self.sum < math.inf

    @property
    def rounded(self) -> bool:
        """Whether a share that lies strictly between 0 and 1 is stored as 0 or 1."""
        a = self.probabilities[np.isfinite(self.scaled)]
        return len(a) > 1 and bool(((a == 0) | (a == 1)).any())


def stages_of(state: LabState) -> Stages:
    """Compute every stage with core."""
    z, t = np.array(state.logits), state.temperature
    return Stages(
        scaled=z / t,
        exponentials=exponentials(z, temperature=t),
        shifted=exponentials(z - z.max(), temperature=t),
        probabilities=softmax(z, temperature=t),
    )


def stages_table(state: LabState, words: Wording) -> Table:
    """Lay the stages out from left to right, a class a row and the sums below."""
    s = stages_of(state)
    heated = state.temperature != 1
    exponent = "e^(z/T)" if heated else "e^z"
    shifted = "e^((z−m)/T)" if heated else "e^(z−m)"
    head = [words("lesson.class"), "z", *(["z / T"] if heated else []), exponent]
    if s.needs_shift:
        head.append(shifted)
    head.append(words("softmax.stages.share", e=shifted if s.needs_shift else exponent))
    rows: list[list[str | Number]] = []
    # What each exponential and each share is made of, by the names of the columns.
    power, total = exponent, "sum_exponential"
    if s.needs_shift:
        power, total = shifted, "sum_shifted_exponential"
    divisor = float(s.shifted.sum()) if s.needs_shift else s.sum
    for i, name in enumerate(words.class_names(state.names)):
        z, k = state.logits[i], i + 1
        row: list[str | Number] = [name, logit(z, i)]
        if heated:
            quotient = Number("scaled", s.scaled[i], short_text(s.scaled[i]), k)
            made_of = f"z / T = {short_text(z)} / {short_text(state.temperature)} = {quotient.text}"
            row.append(quotient.made_of(made_of, ("logit", k)))
        own = _exponential("exponential", s.exponentials[i], k)
        before = ("scaled" if heated else "logit", k)
        row.append(own.made_of(f"{exponent} = e^({short_text(s.scaled[i])}) = {own.text}", before))
        if s.needs_shift:
            own = _exponential("shifted_exponential", s.shifted[i], k)
            m = short_text(max(state.logits))
            top = f"({short_text(z)} − {m})" + (f" / {short_text(state.temperature)}" * heated)
            row.append(own.made_of(f"{shifted} = e^({top}) = {own.text}", ("logit", k)))
        share = fixed_cell("probability", s.probabilities[i], i)
        made_of = f"a = {power} / {words('softmax.stages.sum')} = {own.text}"
        made_of += f" / {significant_text(divisor)} = {share.text}"
        row.append(share.made_of(made_of, (own.quantity, k), (total, None)))
        rows.append(row)
    whole = float(s.probabilities.sum())
    sums: list[str | Number] = [words("softmax.stages.sum"), *([""] * (1 + heated))]
    sums.append(_sum_of("exponential", s.exponentials, s.sum))
    if s.needs_shift:
        sums.append(_sum_of("shifted_exponential", s.shifted, float(s.shifted.sum())))
    # 1 within rounding: 0.9999999999999999 is not what the reader should remember.
    sums.append(Number("sum_probability", whole, short_text(whole)))
    return Table(words("softmax.stages.table"), head, [*rows, sums])


def _sum_of(quantity: str, parts: Vector, total: float) -> Number:
    text = significant_text(total)
    terms = " + ".join(significant_text(x) for x in parts)
    uses = [(quantity, k) for k in range(1, len(parts) + 1)]
    return Number(f"sum_{quantity}", total, text).made_of(f"{terms} = {text}", *uses)


def _exponential(quantity: str, value: float, index: int) -> Number:
    return Number(quantity, value, significant_text(value), index)


def shares_picture(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw the learner's probabilities."""
    a = softmax(state.logits, temperature=state.temperature)
    names = words.class_names(state.names)
    return Picture(
        shares_bars(names, a.tolist(), words, theme),
        words("softmax.stages.alt", classes=state.classes, **largest_share(state)),
        [words("lesson.class"), "a"],
        [[name, fixed_cell("probability", a[i], i)] for i, name in enumerate(names)],
    )


def shares_bars(
    names: Sequence[str], probabilities: Sequence[float], words: Wording, theme: Theme
) -> BarRows:
    """Draw the probabilities of all classes as bars, the first class at the top."""
    blue = fill("probability", theme)
    return BarRows(
        [
            BarRow(name, [Bar(0.0, a, blue)], fixed_text(a))
            for name, a in zip(names, probabilities, strict=True)
        ],
        words("softmax.axis.probability"),
        _ROOM,
        [(share, short_text(share)) for share in QUARTERS],
    )


def passages(state: LabState) -> list[str]:
    """Return what to say below the stages: always the same, and what these numbers need."""
    s = stages_of(state)
    needed = {"shifted": s.needs_shift, "masked": -math.inf in state.logits, "rounded": s.rounded}
    return ["seen", *(passage for passage, holds in needed.items() if holds)]
