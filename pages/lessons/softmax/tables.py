"""The softmax lesson's tables: the stages of the calculation, and the pictures' text twins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core import exponentials, softmax, top_k
from pages.lessons.softmax.two_classes_figure import sigmoid
from pages.lessons.softmax.who_looks_figure import outputs
from pages.visit.state import LabState, unmasked_pair
from pages.widgets.figure import Vector
from pages.widgets.lesson import Rows
from pages.widgets.tables import Number, fixed_cell
from pages.writing.numerals import fixed_text, short_text, significant_text
from pages.writing.wording import Wording

SHOWN_TEMPERATURES = (0.05, 0.2, 0.5, 1.0, 2.0, 5.0, 20.0)


def logit(value: float, index: int) -> Number:
    """Return a table's cell for the logit of a class; `index` counts from 0 here and below."""
    return Number("logit", value, short_text(value), index + 1)


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
        seen = np.isfinite(self.scaled)
        a = self.probabilities[seen]
        return len(a) > 1 and bool(((a == 0) | (a == 1)).any())


def stages(state: LabState) -> Stages:
    """Compute every stage with core."""
    z, t = np.array(state.logits), state.temperature
    return Stages(
        scaled=z / t,
        exponentials=exponentials(z, temperature=t),
        shifted=exponentials(z - z.max(), temperature=t),
        probabilities=softmax(z, temperature=t),
    )


def stages_table(state: LabState, words: Wording) -> tuple[list[str], Rows]:
    """Lay the stages out from left to right, a class a row and the sums below."""
    s = stages(state)
    heated = state.temperature != 1
    exponent = "e^(z/T)" if heated else "e^z"
    shifted = "e^((z−m)/T)" if heated else "e^(z−m)"
    head = [words("lesson.class"), "z", *(["z / T"] if heated else []), exponent]
    if s.needs_shift:
        head.append(shifted)
    head.append(words("softmax.stages.share", e=shifted if s.needs_shift else exponent))
    rows: list[list[str | Number]] = []
    for i, name in enumerate(words.class_names(state.names)):
        row: list[str | Number] = [name, logit(state.logits[i], i)]
        if heated:
            row.append(Number("scaled", s.scaled[i], short_text(s.scaled[i]), i + 1))
        row.append(_exponential("exponential", s.exponentials[i], i + 1))
        if s.needs_shift:
            row.append(_exponential("shifted_exponential", s.shifted[i], i + 1))
        rows.append([*row, fixed_cell("probability", s.probabilities[i], i)])
    total = float(s.probabilities.sum())
    last: list[str | Number] = [words("softmax.stages.sum"), *([""] * (1 + heated))]
    last.append(_exponential("sum_exponential", s.sum, None))
    if s.needs_shift:
        last.append(_exponential("sum_shifted_exponential", float(s.shifted.sum()), None))
    # 1 within rounding: 0.9999999999999999 is not what the reader should remember.
    last.append(Number("sum_probability", total, short_text(total)))
    return head, [*rows, last]


def share_rows(state: LabState, words: Wording) -> Rows:
    """Return one row a class: its probability."""
    a = stages(state).probabilities
    return [
        [name, fixed_cell("probability", a[i], i)]
        for i, name in enumerate(words.class_names(state.names))
    ]


def rank_rows(probabilities: Sequence[float], k: int) -> Rows:
    """Return one row an action: its probability, and its rank among the k largest."""
    ranks = {int(index): rank for rank, index in enumerate(top_k(probabilities, k), start=1)}
    return [
        [str(i + 1), Number("probability", p, short_text(p), i + 1), str(ranks.get(i, "–"))]
        for i, p in enumerate(probabilities)
    ]


def shift_rows(state: LabState, shift: float, words: Wording) -> tuple[Rows, float]:
    """Return z, a, z + c and its a for each class, and the largest difference between the two."""
    z = np.array(state.logits)
    before = softmax(z, temperature=state.temperature)
    after = softmax(z + shift, temperature=state.temperature)
    rows: list[list[str | Number]] = []
    for i, name in enumerate(words.class_names(state.names)):
        unshifted = logit(z[i], i), fixed_cell("probability", before[i], i)
        rows.append(
            [name, *unshifted, logit(z[i] + shift, i), fixed_cell("probability", after[i], i)]
        )
    return rows, float(np.max(np.abs(before - after)))


def stages_passages(state: LabState) -> list[str]:
    """Return what to say below the stages: always the same, and what these numbers need."""
    s = stages(state)
    needed = {"shifted": s.needs_shift, "masked": -math.inf in state.logits, "rounded": s.rounded}
    return ["seen", "overflow", *(passage for passage, holds in needed.items() if holds)]


def chosen_text(probabilities: Sequence[float], k: int) -> str:
    """Write the numbers of the k largest, largest first."""
    return ", ".join(str(index + 1) for index in top_k(probabilities, k).tolist())


def chosen_sentence(probabilities: Sequence[float], k: int, state: LabState, words: Wording) -> str:
    """Say which actions are chosen, and which class of the learner's own would be."""
    own = top_k(softmax(state.logits, temperature=state.temperature), 1)[0] + 1
    total = math.fsum(probabilities[i] for i in top_k(probabilities, k).tolist())
    chosen = chosen_text(probabilities, k)
    return words("softmax.largest.result", k=k, chosen=chosen, total=short_text(total), own=own)


def shift_sentence(state: LabState, shift: float, words: Wording) -> str:
    """Say how far the probabilities before and after the shift differ, and why."""
    _, difference = shift_rows(state, shift, words)
    why = "exact" if difference == 0 else "rounding"
    return words(f"softmax.shift.{why}", difference=short_text(difference))


def two_ways(state: LabState, words: Wording) -> tuple[str, list[str], Rows]:
    """Lay out the two-class softmax and the sigmoid of the same two logits."""
    i, j = unmasked_pair(state.logits)
    z1, z2 = state.logits[i], state.logits[j]
    by_softmax = float(softmax([z1, z2])[0])
    by_sigmoid = float(sigmoid(np.array([z1 - z2]))[0])
    caption = words("softmax.sigmoid.table", first=i + 1, second=j + 1)
    return (
        caption,
        [words("softmax.sigmoid.way"), words("softmax.sigmoid.value")],
        [
            ["z₁, z₂", f"{short_text(z1)}, {short_text(z2)}"],
            ["z₁ − z₂", Number("difference", z1 - z2, short_text(z1 - z2))],
            ["softmax", Number("probability", by_softmax, fixed_text(by_softmax))],
            ["sigmoid", Number("sigmoid", by_sigmoid, fixed_text(by_sigmoid))],
        ],
    )


def two_ways_remarks(state: LabState, words: Wording) -> list[str]:
    """Return what a masked class changes about the comparison with the sigmoid."""
    pair = unmasked_pair(state.logits)
    remarks = []
    if pair != (0, 1):
        remarks.append(words("softmax.sigmoid.skipped"))
    if any(state.logits[i] == -math.inf for i in pair):
        remarks.append(words("softmax.sigmoid.masked"))
    return remarks


def sweep_rows(state: LabState, words: Wording) -> tuple[list[str], Rows]:
    """Return one row a class: its probability at several temperatures, the learner's among them."""
    shown = sorted({*SHOWN_TEMPERATURES, state.temperature})
    a = [softmax(state.logits, temperature=t) for t in shown]
    rows: list[list[str | Number]] = [
        [name, *(fixed_cell("probability", at[i], i) for at in a)]
        for i, name in enumerate(words.class_names(state.names))
    ]
    return [words("lesson.class"), *(f"T = {short_text(t)}" for t in shown)], rows


def looks_rows(state: LabState, places: Sequence[float]) -> Rows:
    """Return one row a place of the moving logit: the watched class's output four times."""
    found = outputs(state.logits, state.temperature, places)
    return [
        [short_text(x), *(Number(name, v[r], fixed_text(v[r])) for name, v in found.items())]
        for r, x in enumerate(places)
    ]


def _exponential(quantity: str, value: float, index: int | None) -> Number:
    return Number(quantity, value, significant_text(value), index)
