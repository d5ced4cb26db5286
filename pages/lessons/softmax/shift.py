"""The screen of a shift: the same amount is added to every logit, and no probability moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from core import softmax
from pages.derivation import fold_derivation
from pages.film import Axis, Film, Panel, Point, film
from pages.lessons.softmax.derived import SHIFT_INVARIANCE
from pages.lessons.softmax.numbers import logit
from pages.visit.knobs import LARGEST_SHIFT, Knobs
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.figure import Vector
from pages.widgets.prediction import Prediction
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, operand
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, fill, ink, theme
from pages.writing.wording import Wording

GUESSED_SHIFT = 7.0
STOPS = tuple(k / 2 for k in range(round(-2 * LARGEST_SHIFT), round(2 * LARGEST_SHIFT) + 1))


def show() -> None:
    """Let the learner shift their logits by c."""
    words, state = visit().words, visit().state
    lesson.section("softmax", "shift", _PREDICTION)
    c = visit().choices.knobs.shift
    if visit().veiled and c == Knobs.shift:  # at c = 3 the picture would answer the question
        c = 0.0
    film("softmax", "shift", shift_film(state, c, words, theme()), c, _take)
    lesson.prose("softmax", "shift_seen")
    fold_derivation("softmax", SHIFT_INVARIANCE, numbers={"c": c})


def _take(c: float) -> None:
    """Choose the amount c that is added to every logit."""
    visit().choose("c", lambda choices: replace(choices, knobs=replace(choices.knobs, shift=c)))


_PREDICTION = Prediction(
    "softmax.shift",
    ("rise", "fall", "stay"),
    right=lambda _state, _choices: "stay",
    move=lambda: _take(GUESSED_SHIFT),
)


def shift_film(state: LabState, shift: float, words: Wording, theme: Theme) -> Film:
    """Draw what adding one number to every logit does; z, a, z + c and its a for each class.

    Each class is a point, logit across and probability up, before and after. Masked classes have
    no place on the axis and are left out.
    """
    stops = sorted({*STOPS, shift})
    z = np.array(state.logits)
    before = softmax(z, temperature=state.temperature)
    after = np.array([softmax(z + c, temperature=state.temperature) for c in stops])
    unmasked = np.flatnonzero(np.isfinite(z)).tolist()
    low, high = float(z[unmasked].min()), float(z[unmasked].max())
    top = float(before.max())
    return Film(
        label=words("softmax.shift.slider"),
        stops=stops,
        shown=[f"c = {short_text(c)}" for c in stops],
        says=[shift_sentence(float(d), words) for d in np.abs(after - before).max(axis=1)],
        panels=[
            Panel(
                Axis(words("softmax.axis.logit"), (low - 10.5, high + 10.5)),
                Axis(words("softmax.axis.probability"), (0, 1.1 * top)),
                list(_points(z, before, after, np.array(stops), unmasked, theme)),
            )
        ],
        alt=words("softmax.shift.alt", c=short_text(shift)),
        head=[words("lesson.class"), "z", "a(z)", "z + c", "a(z + c)"],
        rows=_rows(state, before, after[stops.index(shift)], shift, words),
    )


def _points(
    z: Vector, before: Vector, after: Vector, stops: Vector, classes: Sequence[int], theme: Theme
) -> Iterator[Point]:
    """Draw each class where it stands, and where the shift of a stop takes it."""
    grey, blue = ink("logit", theme), fill("probability", theme)
    names = {classes[0]: ("z", "z + c")}  # one entry each in the legend
    for k in classes:
        still, moved = names.get(k, ("", ""))
        place, height = np.full(len(stops), z[k]), np.full(len(stops), before[k])
        common: dict[str, Any] = {"index": k + 1, "number_format": None}
        yield Point(
            "probability", y=height, x=place, colour=grey, name=still, symbol="ring", **common
        )
        yield Point(
            "shifted_probability",
            y=after[:, k],
            x=z[k] + stops,
            colour=blue,
            name=moved,
            trail=(float(z[k]), float(before[k])),
            **common,
        )


def _rows(
    state: LabState, before: Vector, after: Vector, shift: float, words: Wording
) -> list[list[str | Number]]:
    rows: list[list[str | Number]] = []
    z = np.array(state.logits)
    own = [logit(x, i) for i, x in enumerate(z)]
    moved = [
        Number("shifted_logit", x + shift, short_text(x + shift), k).computed(
            "z + c", f"{{}} + {operand(shift, short_text(shift))}", own[k - 1]
        )
        for k, x in enumerate(state.logits, 1)
    ]
    for i, name in enumerate(words.class_names(state.names)):
        old = share_cell(before[i], i, z / state.temperature, own)
        new = share_cell(after[i], i, (z + shift) / state.temperature, moved)
        rows.append([name, own[i], old, moved[i], new])
    return rows


def shift_sentence(difference: float, words: Wording) -> str:
    """Say by how much the probabilities before and after a shift differ, and why."""
    why = "exact" if difference == 0 else "rounding"
    return words(f"softmax.shift.{why}", difference=short_text(difference))
