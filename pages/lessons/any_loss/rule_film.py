"""A gradient before softmax and after it, while the hand moves what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from pages.film import Axis, Bar, Curve, Film, Panel, Point
from pages.film.stops import round_stops
from pages.lessons.any_loss.numbers import Passage, amount_of, passages
from pages.lessons.any_loss.passage_table import passage_table
from pages.visit.choices import Choices
from pages.visit.own_loss import AMOUNTS
from pages.visit.state import LabState
from pages.widgets.figure import Vector
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, fill, text
from pages.writing.wording import Wording

_SIGNS = {"gamma": "γ", "smoothing": "ε", "added": "c"}
_STOPS = 40
_ROUNDING = 1e-12  # what rounding leaves of a difference is not to fill the picture


def rule_film(
    state: LabState, choices: Choices, now: Passage, words: Wording, theme: Theme
) -> Film:
    """Draw g and what softmax makes of it, at each amount of the loss or added to every g.

    now   at the chosen amount, for the table
    """
    amount = amount_of(state, choices)
    own = float(getattr(choices.own_loss, amount))
    stops = np.unique([own, *round_stops(*AMOUNTS[amount], _STOPS)])
    passed = passages(state, choices, stops)
    _, head, rows = passage_table(now, state, words, caption="")
    mean = "∞" if now.mean is None else fixed_text(now.mean)
    return Film(
        label=words(f"any_loss.rule.{amount}"),
        stops=stops.tolist(),
        shown=[f"{_SIGNS[amount]} = {short_text(x)}" for x in stops],
        says=[sum_sentence(each, words) for each in passed],
        panels=list(_panels(passed, state, words, theme)),
        alt=words(
            "any_loss.rule.alt",
            mean=mean,
            lowest=_ends(now.gradient, 0),
            highest=_ends(now.gradient, -1),
        ),
        head=head,
        rows=rows,
        columns=2,
    )


def sum_sentence(passed: Passage, words: Wording) -> str:
    """Say what the numbers of a passage show."""
    if passed.mean is None:
        return words("any_loss.rule.infinite")
    lost = fixed_text(passed.mean)
    if np.ptp(passed.upstream) == 0:
        largest = short_text(float(np.abs(passed.gradient).max()))
        return words("any_loss.rule.constant", mean=lost, largest=largest)
    return words("any_loss.rule.shifted", mean=lost, sum=short_text(float(passed.gradient.sum())))


def _panels(
    passed: Sequence[Passage], state: LabState, words: Wording, theme: Theme
) -> Iterator[Panel]:
    names = words.class_names(state.names)
    g = np.array([each.upstream for each in passed])
    gradient = np.array([each.gradient for each in passed])
    mean = np.array([np.nan if each.mean is None else each.mean for each in passed])
    finite = [x for x in (*g.ravel(), *mean) if np.isfinite(x)]
    classes = Axis(words("lesson.class"), names=[str(k + 1) for k in range(len(names))])
    base = None if np.isnan(mean).any() else mean
    lost = [] if base is None else list(_mean(base, len(names), words, theme))
    yield Panel(
        classes,
        Axis(words("any_loss.axis.upstream"), _room(finite)),
        [*_bars("upstream", g, base, names, theme), *lost],
        height=220,
    )
    yield Panel(
        classes,
        Axis(words("any_loss.axis.gradient"), _room([0.0, *gradient.ravel()])),
        list(_bars("gradient", gradient, None, names, theme)),
        height=220,
    )


def _mean(mean: Vector, classes: int, words: Wording, theme: Theme) -> Iterator[Curve | Point]:
    """Draw the average as a line across all classes, its number in the legend."""
    name, colour = words("any_loss.rule.mean"), text(theme)
    edges = np.array([-0.5, classes - 0.5])
    yield Curve(edges, np.repeat(mean[:, np.newaxis], 2, axis=1), colour, name=name, dash="2 4")
    end = np.full(len(mean), edges[1])
    yield Point("mean", None, mean, colour, x=end, name=name, symbol="diamond")


def _bars(
    quantity: str, values: Vector, base: Vector | None, names: Sequence[str], theme: Theme
) -> Iterator[Bar]:
    above, below = fill("gradient_above", theme), fill("gradient_below", theme)
    for k, name in enumerate(names):
        one = values[:, k]
        yield Bar(quantity, k + 1, k, one, above, one, name, base=base, below=below)


def _room(values: Sequence[float]) -> tuple[float, float]:
    """Return ends with room for numbers; values no further apart than noise count as one."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    noise = _ROUNDING * max(1.0, abs(low), abs(high))
    margin = 0.2 * (high - low) if high - low > noise else max(1.0, abs(high) / 2)
    return low - margin, high + margin


def _ends(values: Vector, which: int) -> str:
    place = int(np.argsort(values)[which])
    return f"{fixed_text(float(values[place]))} ({place + 1})"
