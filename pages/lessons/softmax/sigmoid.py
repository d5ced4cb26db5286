"""The screen of two classes: their softmax is the sigmoid of the difference of the logits."""

from __future__ import annotations

import math

import numpy as np

from core import softmax
from pages.derivation import fold_derivation
from pages.lessons.softmax.derived import SIGMOID_AS_TWO_CLASSES
from pages.lessons.softmax.numbers import sigmoid
from pages.visit.session import visit
from pages.visit.state import LabState, unmasked_pair
from pages.widgets import lesson
from pages.widgets.figure import LEGEND, QUARTERS, Figure, axis, dense_near, figure, point
from pages.widgets.lesson import Picture
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, Table, fixed_cell, operand, table
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, ink, theme
from pages.writing.wording import Wording


def show() -> None:
    """Show both functions of the learner's first two classes, as numbers and as curves."""
    words, state = visit().words, visit().state
    lesson.section("softmax", "sigmoid")
    lesson.picture("softmax", "sigmoid", two_classes_picture(state, words, theme()))
    ways = both_ways(state, words)
    with lesson.fold(ways.caption, "both-ways") as is_open:
        if is_open:
            table(*ways)
    for remark in mask_remarks(state, words):
        lesson.remark(remark)
    lesson.prose("softmax", "sigmoid_seen")
    fold_derivation("softmax", SIGMOID_AS_TWO_CLASSES)


def both_ways(state: LabState, words: Wording) -> Table:
    """Lay out the two-class softmax and the sigmoid of the same two logits."""
    i, j = unmasked_pair(state.logits)
    z1, z2 = state.logits[i], state.logits[j]
    difference = Number("difference", z1 - z2, short_text(z1 - z2))
    between = f"{operand(z1, short_text(z1))} − {operand(z2, short_text(z2))}"
    return Table(
        words("softmax.sigmoid.table", first=i + 1, second=j + 1),
        [words("softmax.sigmoid.way"), words("softmax.sigmoid.value")],
        [
            ["z₁, z₂", f"{short_text(z1)}, {short_text(z2)}"],
            ["z₁ − z₂", difference.computed("", between)],
            ["softmax", share_cell(softmax([z1, z2])[0], 0, (z1, z2))],
            ["sigmoid", _sigmoid_cell(sigmoid(np.array([z1 - z2]))[0], z1 - z2, difference)],
        ],
    )


def _sigmoid_cell(value: float, difference: float, *uses: Number) -> Number:
    exponent = operand(difference, short_text(difference))
    return fixed_cell("sigmoid", value).computed("", f"1 / (1 + e^(−{exponent}))", *uses)


def mask_remarks(state: LabState, words: Wording) -> list[str]:
    """Return what a masked class changes about the comparison with the sigmoid."""
    pair = unmasked_pair(state.logits)
    remarks = []
    if pair != (0, 1):
        remarks.append(words("softmax.sigmoid.skipped"))
    if any(state.logits[i] == -math.inf for i in pair):
        remarks.append(words("softmax.sigmoid.masked"))
    return remarks


def two_classes_picture(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw the sigmoid over the two-class softmax, for the first two classes."""
    first, second = unmasked_pair(state.logits)
    difference = state.logits[first] - state.logits[second]
    value = float(softmax([state.logits[first], state.logits[second]])[0])
    places = sorted({-4.0, -2.0, 0.0, 2.0, 4.0, difference})
    pairs = np.array([[d, 0.0] if np.isfinite(d) else [0.0, -np.inf] for d in places])
    both = zip(places, softmax(pairs)[:, 0], sigmoid(np.array(places)), strict=True)
    return Picture(
        two_classes_figure(difference, words, theme),
        words("softmax.sigmoid.alt", difference=short_text(difference), value=fixed_text(value)),
        [words("softmax.sigmoid.difference"), "softmax", "sigmoid"],
        [[short_text(d), share_cell(a, 0, (d, 0)), _sigmoid_cell(s, d)] for d, a, s in both],
    )


def two_classes_figure(difference: float, words: Wording, theme: Theme) -> Figure:
    """Draw the sigmoid and the two-class softmax over z₁ − z₂, the learner's difference marked."""
    reach = 8.0
    finite = bool(np.isfinite(difference))
    if finite:
        reach = max(reach, 1.15 * abs(difference))
    across = dense_near(0.0, 8.0, -reach, reach)
    curve = {
        "type": "scatter",
        "mode": "lines",
        "name": words("softmax.sigmoid.curve"),
        "x": across.tolist(),
        "y": sigmoid(across).tolist(),
        "line": {"color": ink("logit", theme), "width": 7, "simplify": False},
        "opacity": 0.45,
        "hoverinfo": "skip",
    }
    pairs = np.stack([across, np.zeros_like(across)], axis=-1)
    over = {
        "type": "scatter",
        "mode": "lines",
        "name": words("softmax.sigmoid.softmax_curve"),
        "x": across.tolist(),
        "y": softmax(pairs)[:, 0].tolist(),
        "line": {"color": ink("probability", theme), "width": 2, "simplify": False},
        "hovertemplate": "%{x:.2f}: %{y:.4f}<extra></extra>",
    }
    traces: list[Figure] = [curve, over]
    if finite:
        traces.append(
            point(difference, float(softmax([difference, 0.0])[0]), ink("probability", theme))
        )
    return figure(
        traces,
        theme,
        height=320,
        xaxis=axis(words("softmax.axis.difference"), range=[-reach, reach]),
        yaxis=axis(words("softmax.axis.first"), range=[-0.04, 1.06], tickvals=QUARTERS),
        legend=LEGEND,
        showlegend=True,
    )
