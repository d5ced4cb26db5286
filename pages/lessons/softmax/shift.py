"""The screen of a shift: the same amount is added to every logit, and no probability moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core import softmax
from pages.derivation import fold_derivation
from pages.lessons.softmax.derived import SHIFT_INVARIANCE
from pages.lessons.softmax.numbers import logit
from pages.visit.knobs import LARGEST_SHIFT
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.controls import choice_slider
from pages.widgets.figure import LEGEND, Figure, Vector, axis, figure
from pages.widgets.lesson import Picture
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, operand
from pages.writing.numerals import short_text
from pages.writing.palette import Theme, fill, ink, theme
from pages.writing.wording import Wording


def show() -> None:
    """Let the learner shift their logits by c."""
    words, state = visit().words, visit().state
    lesson.section("softmax", "shift")
    c = _shift_slider()
    lesson.picture("softmax", "shift", shift_picture(state, c, words, theme()))
    lesson.remark(shift_sentence(state, c, words))
    lesson.prose("softmax", "shift_seen")
    fold_derivation("softmax", SHIFT_INVARIANCE, numbers={"c": c})


def _shift_slider() -> float:
    """Set the amount c that is added to every logit; return it."""
    c = visit().choices.knobs.shift
    return choice_slider(
        "c",
        visit().words("softmax.shift.slider"),
        (-LARGEST_SHIFT, LARGEST_SHIFT),
        c,
        0.5,
        lambda choices, value: replace(choices, knobs=replace(choices.knobs, shift=value)),
    )


def shift_picture(state: LabState, shift: float, words: Wording, theme: Theme) -> Picture:
    """Draw what adding one number to every logit does; z, a, z + c and its a for each class."""
    before, after = _probabilities(state, shift)
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
    return Picture(
        shift_figure(state.logits, shift, state.temperature, words, theme),
        words("softmax.shift.alt", c=short_text(shift)),
        [words("lesson.class"), "z", "a(z)", "z + c", "a(z + c)"],
        rows,
    )


def shift_sentence(state: LabState, shift: float, words: Wording) -> str:
    """Say how far the probabilities before and after the shift differ, and why."""
    before, after = _probabilities(state, shift)
    difference = float(np.max(np.abs(before - after)))
    why = "exact" if difference == 0 else "rounding"
    return words(f"softmax.shift.{why}", difference=short_text(difference))


def _probabilities(state: LabState, shift: float) -> tuple[Vector, Vector]:
    """Return the probabilities before and after a shift."""
    z, t = np.array(state.logits), state.temperature
    return softmax(z, temperature=t), softmax(z + shift, temperature=t)


def shift_figure(
    logits: Sequence[float], shift: float, temperature: float, words: Wording, theme: Theme
) -> Figure:
    """Draw each class as a point, logit across and probability up, before and after a shift.

    Masked classes have no place on the axis and are left out.
    """
    z = np.array(logits)
    unmasked = np.isfinite(z)
    before = softmax(z, temperature=temperature)[unmasked]
    after = softmax(z + shift, temperature=temperature)[unmasked]
    numbers = (np.flatnonzero(unmasked) + 1).tolist()
    z = z[unmasked]
    ends: list[float | None] = []
    heights: list[float | None] = []
    for x, low, high in zip(z, before, after, strict=True):
        ends += [float(x), float(x) + shift, None]
        heights += [float(low), float(high), None]
    grey, blue = ink("logit", theme), fill("probability", theme)
    paths = {
        "type": "scatter",
        "mode": "lines",
        "x": ends,
        "y": heights,
        "line": {"color": grey, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    old = {
        "type": "scatter",
        "mode": "markers",
        "name": "z",
        "x": z.tolist(),
        "y": before.tolist(),
        "marker": {"color": grey, "size": 13, "symbol": "circle-open", "line": {"width": 2}},
        "customdata": numbers,
        "hovertemplate": "%{customdata}: z = %{x}, a = %{y:.4f}<extra></extra>",
    }
    new = {
        "type": "scatter",
        "mode": "markers",
        "name": "z + c",
        "x": (z + shift).tolist(),
        "y": after.tolist(),
        "marker": {"color": blue, "size": 9},
        "customdata": numbers,
        "hovertemplate": "%{customdata}: z + c = %{x}, a = %{y:.4f}<extra></extra>",
    }
    return figure(
        [paths, old, new],
        theme,
        height=300,
        xaxis=axis(
            words("softmax.axis.logit"), range=[float(z.min()) - 10.5, float(z.max()) + 10.5]
        ),
        yaxis=axis(
            words("softmax.axis.probability"),
            range=[-0.06 * float(before.max()), 1.1 * float(before.max())],
            nticks=6,
        ),
        legend=LEGEND,
        showlegend=True,
    )
