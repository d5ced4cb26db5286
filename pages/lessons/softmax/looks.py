"""The screen of who looks at whom: only softmax answers when another class's logit moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from core import logsumexp, softmax
from pages.film import Axis, Curve, Film, Panel, Point, film
from pages.film.stops import round_stops
from pages.lessons.softmax.numbers import sigmoid
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState, unmasked_pair
from pages.widgets import lesson
from pages.widgets.figure import NARROWEST, Vector, dense_near, indexed, rounded
from pages.widgets.prediction import Prediction
from pages.widgets.tables import fixed_cell
from pages.writing.numerals import fixed_text, short_text
from pages.writing.palette import Theme, ink, theme
from pages.writing.wording import Wording

LEAK = 0.01  # slope of the leaky ReLU below 0, its usual value
_NAMES = {"softmax": "softmax", "sigmoid": "sigmoid", "relu": "ReLU", "leaky_relu": "leaky ReLU"}
_REACH = 8.0  # temperatures on both sides of where softmax turns


def show() -> None:
    """Let the learner move one logit and watch another class's output."""
    words, state = visit().words, visit().state
    lesson.section("softmax", "looks", _PREDICTION)
    low, high, start = moving_range(state.logits, state.temperature)
    moved = visit().choices.knobs.moved
    own = start if moved is None else min(max(moved, low), high)
    shown = looks_film(state, own, words, theme(), veiled=visit().veiled)
    film("softmax", "looks", shown, own, _take)
    lesson.prose("softmax", "looks_seen")


def _take(moved: float) -> None:
    visit().choose("moved", lambda c: replace(c, knobs=replace(c.knobs, moved=moved)))


def _raise_mover() -> None:
    """Raise the other logit as far as the slider goes."""
    state = visit().state
    _take(moving_range(state.logits, state.temperature)[1])


def _classes(state: LabState, _choices: Choices) -> dict[str, str]:
    watched, mover = unmasked_pair(state.logits)
    return {"watched": str(watched + 1), "mover": str(mover + 1)}


_PREDICTION = Prediction(
    "softmax.looks",
    ("all", "shares", "softmax", "none"),
    right=lambda _state, _choices: "softmax",  # the others are functions of their own logit alone
    move=_raise_mover,
    numbers=_classes,
)


def looks_film(
    state: LabState, own: float, words: Wording, theme: Theme, *, veiled: bool = False
) -> Film:
    """Draw which outputs of one class answer to the logit of another, a panel each.

    veiled   whether only the outputs at one logit are drawn, and not what becomes of them
    """
    watched, mover = unmasked_pair(state.logits)
    stops = places(state.logits, state.temperature, own)
    shown = outputs(state.logits, state.temperature, stops)
    low, high = fixed_text(shown["softmax"][-1]), fixed_text(shown["softmax"][0])
    z = indexed("z", mover)
    said, alt = ("watch", "watch") if veiled else ("says", "alt")
    told = {"watched": watched + 1, "mover": mover + 1, "low": low, "high": high}
    listed = np.linspace(0, len(stops) - 1, 5).astype(int)
    return Film(
        label=words("softmax.looks.slider", z=z),
        stops=stops.tolist(),
        shown=[f"{z} = {short_text(x)}" for x in stops],
        says=[
            words(
                f"softmax.looks.{said}", watched=watched + 1, mover=mover + 1, value=fixed_text(a)
            )
            for a in shown["softmax"]
        ],
        panels=list(_panels(state, stops, shown, words, theme, veiled=veiled)),
        alt=words(f"softmax.looks.{alt}", **told),
        head=[z, *_NAMES.values()],
        rows=[
            [short_text(stops[r]), *(fixed_cell(name, values[r]) for name, values in shown.items())]
            for r in sorted({*listed.tolist(), stops.tolist().index(own)})
        ],
        columns=2,
        columns_on_phones=2,
    )


def _panels(
    state: LabState,
    stops: Vector,
    shown: dict[str, Vector],
    words: Wording,
    theme: Theme,
    *,
    veiled: bool,
) -> Iterator[Panel]:
    watched, mover = unmasked_pair(state.logits)
    turn = _turn(state.logits, mover, state.temperature)
    ends = float(stops[0]), float(stops[-1])
    across = dense_near(turn, _REACH * state.temperature, *ends)
    curves = outputs(state.logits, state.temperature, across)
    x = Axis(f"{words('softmax.axis.logit')} {indexed('z', mover)}", ends, slides=True)
    for name, heights in shown.items():
        quantity = {"softmax": "probability"}.get(name, name)
        colour = ink("probability" if name in ("softmax", "sigmoid") else "logit", theme)
        room = _room(name, curves[name])
        curve = Curve(across, rounded(curves[name], room[1] - room[0]), colour)
        yield Panel(
            x,
            Axis("", room),
            [
                *([] if veiled else [curve]),
                Point(quantity, watched + 1, heights, colour),
            ],
            title=_NAMES[name] if veiled else words(f"softmax.looks.{name}"),
            height=172,
        )


def _turn(logits: Sequence[float], mover: int, temperature: float) -> float:
    """Where the moving class draws level with all others together."""
    others = np.delete(np.array(logits), mover) / temperature
    return float(temperature * logsumexp(others))


def moving_range(logits: Sequence[float], temperature: float) -> tuple[float, float, float]:
    """Return from where to where the second class's logit moves, and where it starts.

    It passes the place where softmax turns, and starts at the learner's own value.
    """
    _, mover = unmasked_pair(logits)
    turn, reach = _turn(logits, mover, temperature), _REACH * temperature
    start = float(logits[mover]) if np.isfinite(logits[mover]) else turn
    return min(turn - reach, start), max(turn + reach, start), start


def places(logits: Sequence[float], temperature: float, own: float) -> Vector:
    """Return the stops of the moving logit: evenly where softmax turns, and as far as it goes."""
    _, mover = unmasked_pair(logits)
    low, high, _ = moving_range(logits, temperature)
    turn, reach = _turn(logits, mover, temperature), _REACH * temperature
    near, far = round_stops(turn - reach, turn + reach, 80), round_stops(low, high, 80)
    return np.unique([low, *near, *far, own, high])


def outputs(
    logits: Sequence[float], temperature: float, moved: Sequence[float] | Vector
) -> dict[str, Vector]:
    """Return the watched class's output under each function while another class's logit moves."""
    watched, mover = unmasked_pair(logits)
    rows = np.tile(np.array(logits, dtype=np.float64), (len(moved), 1))
    rows[:, mover] = moved
    z = rows[:, watched]
    return {
        "softmax": softmax(rows, temperature=temperature)[:, watched],
        "sigmoid": sigmoid(z),
        "relu": np.maximum(z, 0.0),
        "leaky_relu": np.where(z > 0, z, LEAK * z),
    }


def _room(name: str, curve: Vector) -> tuple[float, float]:
    """Return the range of an output: a flat line runs through its middle, a share starts at 0."""
    if name == "sigmoid":
        return -0.08, 1.08
    if name == "softmax":
        top = float(curve.max())
        top = top if top > NARROWEST else 1.0
        return -0.08 * top, 1.08 * top
    value = float(curve[0])
    reach = max(1.2, abs(value) / 2)
    return value - reach, value + reach
