"""What an error costs: -ln p beside 1 - p, at the learner's own probability."""

from __future__ import annotations

import math

import numpy as np

from pages.lessons.stability.numbers import reference, watched_class
from pages.lessons.stability.texts import complement_text, share_text
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState, with_label, with_logits
from pages.widgets import lesson
from pages.widgets.figure import DASHES, LEGEND, Figure, axis, figure, point
from pages.widgets.lesson import Picture
from pages.widgets.prediction import Prediction
from pages.widgets.tables import Number
from pages.writing.numerals import short_text, significant_text
from pages.writing.palette import Theme, ink, text, theme
from pages.writing.wording import Wording

LEAST_SHOWN = 0.0025  # of a probability: -ln p would leave the picture
TWIN_PROBABILITIES = (0.9, 0.5, 0.1, 0.01, 1e-3, 1e-6)


def show() -> None:
    """Show both measures of an error, and what the learner's own costs."""
    words, state = visit().words, visit().state
    lesson.section("stability", "costly", _PREDICTION)
    with lesson.veil("costly"):
        lesson.picture("stability", "costly", penalties_picture(state, words, theme()))
        lesson.remark(_own_cost(state, words))
        lesson.prose("stability", "costly_seen")


_GUESSED = (0.1, 0.01)  # p before and after
_RISES = {"linear": 0.09, "ten": math.log(10), "tenfold": 9 * math.log(10)}


def _rise(_state: LabState, _choices: Choices) -> str:
    """Return the answer nearest to what -ln p rises by."""
    before, after = _costs()
    return min(_RISES, key=lambda answer: abs(_RISES[answer] - (after - before)))


def _costs() -> tuple[float, float]:
    before, after = (-math.log(p) for p in _GUESSED)
    return before, after


def _numbers(_state: LabState, _choices: Choices) -> dict[str, str]:
    before, after = _costs()
    return {
        "before": significant_text(before),
        "after": significant_text(after),
        "rise": significant_text(after - before),
    }


def _take_guessed() -> None:
    """Give the right class the probability that the question ends with."""
    p = _GUESSED[1]
    logits = (float(f"{math.log(1 / p - 1):.5f}"), 0.0)
    visit().edit("logits", lambda state: with_label(with_logits(state, logits), 1))


_PREDICTION = Prediction(
    "stability.costly", tuple(_RISES), right=_rise, move=_take_guessed, numbers=_numbers
)


def penalties_picture(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw -ln p against 1 - p at the learner's own probability."""
    t, right = watched_class(state), reference(state)
    rows: list[list[str | Number]] = [
        [
            short_text(p),
            Number("loss", -math.log(p), significant_text(-math.log(p))).computed(
                "", f"−ln {short_text(p)}"
            ),
            Number("error_rate", 1 - p, short_text(1 - p)).computed("", f"1 − {short_text(p)}"),
            Number("slope", -1 / p, significant_text(-1 / p)).computed("", f"−1 / {short_text(p)}"),
        ]
        for p in TWIN_PROBABILITIES
    ]
    return Picture(
        penalties_figure(right.probabilities[t], words, theme),
        words(
            "stability.costly.alt",
            p=share_text(right, t),
            loss=significant_text(right.penalties[t]),
        ),
        ["p", "−ln p", "1 − p", words("stability.costly.slope")],
        rows,
    )


def penalties_figure(own: float, words: Wording, theme: Theme) -> Figure:
    """Draw -ln p and 1 - p over the probability p of the right class, the learner's own marked."""
    p = np.unique(np.append(np.geomspace(LEAST_SHOWN, 1, 161), np.linspace(0.05, 1, 40)))
    violet, plain = ink("loss", theme), text(theme)
    both = (("−ln p", -np.log(p), violet, DASHES[0]), ("1 − p", 1 - p, plain, DASHES[1]))
    traces: list[Figure] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": p.tolist(),
            "y": (height + 0.0).tolist(),
            "line": {"color": colour, "width": 3, "dash": dash, "simplify": False},
            "hovertemplate": "%{fullData.name}: %{y:.3f}<extra></extra>",
        }
        for name, height, colour, dash in both
    ]
    if own >= LEAST_SHOWN:
        traces += [point(own, -float(np.log(own)) + 0.0, violet), point(own, 1 - own, plain)]
    return figure(
        traces,
        theme,
        height=340,
        xaxis=axis(words("stability.axis.probability"), range=[-0.02, 1.03]),
        yaxis=axis(words("stability.axis.penalty"), range=[-0.15, 6.2], nticks=7),
        legend=LEGEND,
        showlegend=True,
    )


def _own_cost(state: LabState, words: Wording) -> str:
    """Say what the learner's own error costs in either measure."""
    t, right = watched_class(state), reference(state)
    p = right.probabilities[t]
    where = "shown" if p >= LEAST_SHOWN else "outside"
    return words(
        f"stability.costly.{where}",
        number=t + 1,
        p=share_text(right, t),
        loss=significant_text(right.penalties[t]),
        linear=complement_text(right, t),
    )
