"""What is right or wrong about a typed answer in numbers, and which slip it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pages.practice.number_questions import UNIT, NumberQuestion
from pages.widgets.figure import Vector

# A last digit may be off by one: the numbers that the learner starts from are rounded, too.
_WITHIN = 1.0 * UNIT + 1e-9


@dataclass(frozen=True)
class NumberVerdict:
    """What is said of an answer.

    finding  right; count: not as many numbers as asked for; coarse: right, but with too few digits;
             slip: what a known slip gives; order: the right numbers in another order; entries: some
             are wrong; wrong: none is right, or the only one is not
    slip     id of the slip
    wrong    the wrong entries, from 1
    total    of the entries, where it must be 0 and is not
    """

    finding: Literal["right", "count", "coarse", "slip", "order", "entries", "wrong"]
    slip: str | None = None
    wrong: tuple[int, ...] = ()
    total: float | None = None

    @property
    def ok(self) -> bool | None:
        """True or False; None where nothing is decided yet."""
        return None if self.finding in ("count", "coarse") else self.finding == "right"


def judged(
    question: NumberQuestion, numbers: Sequence[float], *, is_rounded: bool = True
) -> NumberVerdict:
    """Judge an answer against core's, and against what each slip gives.

    is_rounded  whether it may have too few digits: 0.15 may stand for 0.146, 0.150 may not
    """
    answer, right = np.array(numbers), question.right
    if answer.shape != right.shape:
        return NumberVerdict("count")
    off = np.abs(answer - right) > _WITHIN
    if not off.any():
        return NumberVerdict("right")
    slip = next((s for s, values in question.slips.items() if _same(answer, values)), None)
    if slip is not None:
        return NumberVerdict("slip", slip)
    if is_rounded and _as_far_as_it_goes(answer, right):
        return NumberVerdict("coarse")
    return _of_entries(question, answer, off)


def _of_entries(question: NumberQuestion, answer: Vector, off: NDArray[np.bool_]) -> NumberVerdict:
    """Say which entries are wrong; of no use where all are."""
    if _same(np.sort(answer), np.sort(question.right)):
        return NumberVerdict("order")
    total = float(answer.sum())
    shown = total if question.zero and abs(total) > 3 * UNIT else None
    if off.all():
        return NumberVerdict("wrong", total=shown)
    return NumberVerdict(
        "entries", wrong=tuple(int(k) + 1 for k in np.flatnonzero(off)), total=shown
    )


def _same(answer: Vector, values: Vector) -> bool:
    return answer.shape == values.shape and bool((np.abs(answer - values) <= _WITHIN).all())


def _as_far_as_it_goes(answer: Vector, right: Vector) -> bool:
    """Whether each entry is the right one, rounded to one or two decimals, and not to 0."""
    for decimals in (2, 1):
        unit = 10.0**-decimals
        rounded = np.abs(np.round(answer, decimals) - answer) < 1e-9
        near = np.abs(answer - right) <= 0.5 * unit + 1e-9
        if (rounded & near).all() and answer.any():
            return True
    return False
