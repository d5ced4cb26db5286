"""Cross-entropy and squared error on the way from confidently wrong to confidently right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pages.film import Axis, Curve, Film, Panel, Point
from pages.film.stops import round_stops
from pages.lessons.any_loss.squared_path import (
    REACH,
    LossPath,
    halfway,
    label_of,
    others_spread,
    path,
    reach_of_path,
)
from pages.visit.state import LabState
from pages.widgets.figure import QUARTERS, Vector, dense_near, indexed
from pages.widgets.tables import Number, Rows, fixed_cell
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, ink
from pages.writing.wording import Wording

_STOPS = 80
_DASHES = {"cross_entropy": "", "mean_squared_error": "9 5"}


def squared_film(state: LabState, words: Wording, theme: Theme) -> Film:
    """Draw both losses while the label's logit moves, and how strongly each pulls it up."""
    label = label_of(state)
    stops = places(state)
    ends = float(stops[0]), float(stops[-1])
    here = path(state, stops)
    along = path(state, dense_near(halfway(state), REACH, *ends))
    z = indexed("z", label)
    across = Axis(words("any_loss.axis.label", z=z), ends, slides=True)
    top = max(float(losses.max()) for losses in along.losses.values()) or 1.0
    quarters = [(share, short_text(share)) for share in QUARTERS]
    return Film(
        label=words("any_loss.squared.slider", z=z),
        stops=stops.tolist(),
        shown=[f"{z} = {short_text(x)}" for x in stops],
        says=list(_sentences(here, others_spread(state), words)),
        panels=[
            Panel(
                across,
                Axis(words("any_loss.axis.loss"), (-0.06 * top, 1.1 * top)),
                list(_losses(label, along, here, words, theme)),
                height=230,
            ),
            Panel(
                across,
                Axis(words("any_loss.axis.pull"), (-0.06, 1.1), ticks=quarters),
                list(_pulls(label, along, here, words, theme)),
                height=230,
            ),
        ],
        alt=words("any_loss.squared.alt", number=label + 1),
        head=_head(label, words),
        rows=_rows(path(state, _listed(state))),
        columns=2,
    )


def places(state: LabState) -> Vector:
    """Return the stops of the label's logit: evenly where softmax turns, and where it is now."""
    middle, own = halfway(state), state.logits[label_of(state)]
    ends = reach_of_path(state)
    near, far = round_stops(middle - REACH, middle + REACH, _STOPS), round_stops(*ends, _STOPS)
    return np.unique([*near, *far, *ends, *([own] if np.isfinite(own) else [])])


def _losses(
    label: int, along: LossPath, here: LossPath, words: Wording, theme: Theme
) -> Iterator[Curve | Point]:
    for loss, dash in _DASHES.items():
        name = words("any_loss.squared.loss_of", loss=words(f"any_loss.squared.short.{loss}"))
        curve, marks = along.losses[loss], here.losses[loss]
        colour = ink("loss", theme)
        yield Curve(along.logits, np.round(curve, 5), colour, name=name, dash=dash)
        yield Point(f"{loss}_loss", label + 1, marks, colour, name=name)


def _pulls(
    label: int, along: LossPath, here: LossPath, words: Wording, theme: Theme
) -> Iterator[Curve | Point]:
    for loss, dash in _DASHES.items():
        name = words("any_loss.squared.pull_of", loss=words(f"any_loss.squared.short.{loss}"))
        curve, marks = 0.0 - along.slopes[loss], 0.0 - here.slopes[loss]
        colour = ink("gradient_below", theme)
        yield Curve(along.logits, np.round(curve, 5), colour, name=name, dash=dash)
        yield Point(f"{loss}_pull", label + 1, marks, colour, name=name)
    name, colour = words("any_loss.squared.factor"), ink("probability", theme)
    yield Curve(along.logits, np.round(along.factor, 5), colour, name=name, dash="2 5")
    yield Point("factor", label + 1, here.factor, colour, name=name)


def _sentences(here: LossPath, c: float, words: Wording) -> Iterator[str]:
    """Say at each place what the factor a(1 - a) does there."""
    cross, squared = here.slopes.values()
    for a, factor, steep, flat in zip(here.share, here.factor, cross, squared, strict=True):
        yield words(
            "any_loss.squared.says",
            share=fixed_text(float(a)),
            factor=fixed_text(float(factor)),
            cross=fixed_text(float(steep)),
            squared=fixed_text(float(flat)),
            c=fixed_text(c),
        )


def _listed(state: LabState) -> Vector:
    """Return the places in the table: a few along the way, and where the learner is."""
    own = [z for z in (state.logits[label_of(state)],) if np.isfinite(z)]
    return np.unique([*np.linspace(*reach_of_path(state), 7), *own])


def _head(label: int, words: Wording) -> list[str]:
    z, a = indexed("z", label), indexed("a", label)
    short = [words(f"any_loss.squared.short.{loss}") for loss in _DASHES]
    return [
        z,
        a,
        *(f"L {name}" for name in short),
        *(f"∂L/∂{z} {name}" for name in short),
        f"{a}(1\u00a0−\u00a0{a})",
    ]


def _rows(shown: LossPath) -> Rows:
    rows: list[list[str | Number]] = []
    for k, z in enumerate(shown.logits):
        a = fixed_cell("probability", float(shown.share[k]), k)
        cross, squared = (fixed_cell("loss", float(v[k])) for v in shown.losses.values())
        slope, squared_slope = (fixed_cell("slope", float(v[k])) for v in shown.slopes.values())
        rows.append(
            [
                short_text(float(z)),
                a,
                cross.computed("−ln a", "−ln {}", a),
                squared,
                slope.computed("a − 1", "{} − 1", a),
                squared_slope,
                fixed_cell("factor", float(shown.factor[k])).computed(
                    "a (1 − a)", "{0} · (1 − {0})", a
                ),
            ]
        )
    return rows
