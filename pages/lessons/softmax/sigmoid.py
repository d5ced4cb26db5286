"""The screen of two classes: their softmax is the sigmoid of the difference of the logits."""

from __future__ import annotations

import math

import numpy as np

from core import softmax
from pages.derivation import fold_derivation
from pages.film import Axis, Curve, Film, Panel, Point, film
from pages.lessons.softmax.derived import SIGMOID_AS_TWO_CLASSES
from pages.lessons.softmax.numbers import sigmoid
from pages.visit.session import visit
from pages.visit.state import LabState, unmasked_pair, with_logit
from pages.widgets import lesson
from pages.widgets.figure import QUARTERS, Vector, dense_near
from pages.widgets.prediction import Prediction
from pages.widgets.share_cell import share_cell
from pages.widgets.tables import Number, Table, fixed_cell, operand, table
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, ink, theme
from pages.writing.wording import Wording

_REACH = 8.0
_DECIMALS = 9  # of a logit that the hand has moved


def show() -> None:
    """Show both functions of the learner's first two classes, as numbers and as curves."""
    words, state = visit().words, visit().state
    lesson.section("softmax", "sigmoid", _PREDICTION)
    shown, own = two_classes_film(state, words, theme()), difference_of(state)
    film("softmax", "sigmoid", shown, own if np.isfinite(own) else shown.stops[-1], _take)
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


def difference_of(state: LabState) -> float:
    """Return z1 - z2 of the first two classes that are not masked; infinite if there is one."""
    first, second = unmasked_pair(state.logits)
    return state.logits[first] - state.logits[second]


def _take(difference: float) -> None:
    """Move the second logit: it is the one that may be masked."""

    def moved(state: LabState) -> LabState:
        first, second = unmasked_pair(state.logits)
        return with_logit(state, second, round(state.logits[first] - difference, _DECIMALS))

    visit().edit("logits", moved)


def _turn() -> None:
    """Give the difference the other sign; an infinite one, of a masked class, becomes finite."""
    own = difference_of(visit().state)
    _take(-own if np.isfinite(own) else -_REACH)


_PREDICTION = Prediction(
    "softmax.sigmoid",
    ("negative", "rest", "same"),
    right=lambda _state, _choices: "rest",  # the sigmoid of -x is 1 minus that of x
    move=_turn,
)


def two_classes_film(state: LabState, words: Wording, theme: Theme) -> Film:
    """Draw the sigmoid and the two-class softmax over z1 - z2, with a mark on each."""
    own = difference_of(state)
    stops = differences(own)
    reach = max(_REACH, *(1.15 * abs(stops[[0, -1]])))
    across = dense_near(0.0, _REACH, -reach, reach)
    ends = Axis(words("softmax.axis.difference"), (-reach, reach), slides=True)
    quarters = [(share, short_text(share)) for share in QUARTERS]
    shares, sigmoids = _shares(stops), sigmoid(stops)
    grey, blue = ink("logit", theme), ink("probability", theme)
    names = words("softmax.sigmoid.curve"), words("softmax.sigmoid.softmax_curve")
    value = float(softmax([own, 0.0] if np.isfinite(own) else [0.0, -np.inf])[0])
    listed = sorted({-4.0, -2.0, 0.0, 2.0, 4.0, own})
    return Film(
        label=words("softmax.sigmoid.slider"),
        stops=stops.tolist(),
        shown=[f"z₁ − z₂ = {short_text(d)}" for d in stops],
        says=[
            words("softmax.sigmoid.says", value=fixed_text(a), gap=short_text(abs(a - s)))
            for a, s in zip(shares, sigmoids, strict=True)
        ],
        panels=[
            Panel(
                ends,
                Axis(words("softmax.axis.first"), (-0.04, 1.06), ticks=quarters),
                [
                    Curve(across, np.round(sigmoid(across), 5), grey, name=names[0]),
                    Curve(across, np.round(_shares(across), 5), blue, name=names[1], dash="9 9"),
                    Point("sigmoid", 1, sigmoids, grey, name=names[0], symbol="ring"),
                    Point("probability", 1, shares, blue, name=names[1]),
                ],
            )
        ],
        alt=words("softmax.sigmoid.alt", difference=short_text(own), value=fixed_text(value)),
        head=[words("softmax.sigmoid.difference"), "softmax", "sigmoid"],
        rows=[_row(d) for d in listed],
    )


def differences(own: float) -> Vector:
    """Return the stops: eighths, which add without rounding, and the learner's own."""
    even = np.arange(-8 * _REACH, 8 * _REACH + 1) / 8
    if not np.isfinite(own):
        return even
    return np.unique([own, *even[np.abs(even - own) > 10.0**-_DECIMALS]])


def _shares(differences: Vector) -> Vector:
    """Return the first of two probabilities where the logits are so far apart."""
    return softmax(np.stack([differences, np.zeros_like(differences)], axis=-1))[:, 0]


def _row(difference: float) -> list[str | Number]:
    pair = [difference, 0.0] if np.isfinite(difference) else [0.0, -np.inf]
    share = share_cell(softmax(pair)[0], 0, (difference, 0))
    value = sigmoid(np.array([difference]))[0]
    return [short_text(difference), share, _sigmoid_cell(value, difference)]
