"""The softmax lesson's pictures, each with its sentence and its table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core import softmax, top_k
from pages.lessons.softmax import tables as softmax_tables
from pages.lessons.softmax.shares_figure import largest_figure, shares_figure
from pages.lessons.softmax.shift_figure import shift_figure
from pages.lessons.softmax.temperature_figure import temperature_figure
from pages.lessons.softmax.two_classes_figure import sigmoid, two_classes_figure
from pages.lessons.softmax.who_looks_figure import (
    moving_range,
    outputs,
    who_looks_figure,
)
from pages.visit.state import LabState, unmasked_pair
from pages.widgets.figure import indexed
from pages.widgets.lesson import Picture
from pages.widgets.tables import Number
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme
from pages.writing.wording import Wording


def shares(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw the learner's probabilities."""
    a = softmax(state.logits, temperature=state.temperature)
    names = words.class_names(state.names)
    return Picture(
        shares_figure(names, a.tolist(), words, theme),
        words("softmax.stages.alt", classes=state.classes, **_winner(state)),
        [words("lesson.class"), "a"],
        softmax_tables.share_rows(state, words),
    )


def largest(probabilities: Sequence[float], k: int, words: Wording, theme: Theme) -> Picture:
    """Draw given probabilities, the k largest of them chosen."""
    return Picture(
        largest_figure(probabilities, k, words, theme),
        words("softmax.largest.alt", chosen=softmax_tables.chosen_text(probabilities, k)),
        [words("softmax.axis.action"), "a", words("softmax.largest.rank")],
        softmax_tables.rank_rows(probabilities, k),
    )


def shifted(state: LabState, shift: float, words: Wording, theme: Theme) -> Picture:
    """Draw what adding one number to every logit does."""
    rows, _ = softmax_tables.shift_rows(state, shift, words)
    return Picture(
        shift_figure(state.logits, shift, state.temperature, words, theme),
        words("softmax.shift.alt", c=short_text(shift)),
        [words("lesson.class"), "z", "a(z)", "z + c", "a(z + c)"],
        rows,
    )


def sweep(state: LabState, words: Wording, theme: Theme) -> Picture:
    """Draw the learner's probabilities against the temperature."""
    names = words.class_names(state.names)
    head, rows = softmax_tables.sweep_rows(state, words)
    return Picture(
        temperature_figure(names, state.logits, state.temperature, words, theme),
        words("softmax.temperature.alt", t=short_text(state.temperature), **_winner(state)),
        head,
        rows,
    )


def two_classes(state: LabState, words: Wording, theme: Theme) -> Picture:
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
        [
            [
                short_text(d),
                Number("probability", a, fixed_text(a)),
                Number("sigmoid", s, fixed_text(s)),
            ]
            for d, a, s in both
        ],
    )


def looking(state: LabState, at: float, words: Wording, theme: Theme) -> Picture:
    """Draw which outputs of one class answer to the logit of another."""
    low, high, _ = moving_range(state.logits, state.temperature)
    places = sorted({*np.linspace(low, high, 5).tolist(), at})
    found = outputs(state.logits, state.temperature, [low, high])["softmax"]
    _, mover = unmasked_pair(state.logits)
    return Picture(
        who_looks_figure(state.logits, state.temperature, at, words, theme),
        words("softmax.looks.alt", high=fixed_text(found[0]), low=fixed_text(found[1])),
        [indexed("z", mover), "softmax", "sigmoid", "ReLU", "leaky ReLU"],
        softmax_tables.looks_rows(state, places),
    )


def _winner(state: LabState) -> dict[str, object]:
    a = softmax(state.logits, temperature=state.temperature)
    winner = int(top_k(a, 1)[0])
    return {"number": winner + 1, "value": fixed_text(a[winner])}
