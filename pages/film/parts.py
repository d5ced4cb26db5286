"""What the panels of a film are made of: axes, and what is drawn between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from pages.film.stops import round_ticks
from pages.writing.numerals import short_text

Part: TypeAlias = dict[str, Any]
Numbers: TypeAlias = Sequence[float] | NDArray[np.floating[Any]]
Format = Literal["fixed", "plain", "significant"]  # those of browser/assets/format.js

_MOST_POWERS = 7  # on an axis of powers of ten


@dataclass(frozen=True)
class Axis:
    """An axis, named in words.

    ends    of a linear or a logarithmic scale; more than the ends, where `names` are given: unused
    names   of the places of a scale of bars, of which the first is 0
    ticks   where it is labelled and how; without them, at round numbers or at the names
    slides  whether the slider's number is the axis: it can be dragged in the picture then
    """

    title: str
    ends: tuple[float, float] = (0.0, 1.0)
    log: bool = False
    names: Sequence[str] = ()
    ticks: Sequence[tuple[float, str]] | None = None
    slides: bool = False

    def part(self) -> Part:
        """Return it as the browser takes it."""
        if self.names:
            ticks = enumerate(self.names) if self.ticks is None else self.ticks
            return {"title": self.title, "scale": "band", "domain": list(self.names)} | {
                "ticks": list(ticks),
                "slides": False,
            }
        ticks_of = _powers_of_ten if self.log else round_ticks
        return {
            "title": self.title,
            "scale": "log" if self.log else "linear",
            "domain": list(self.ends),
            "ticks": ticks_of(*self.ends) if self.ticks is None else list(self.ticks),
            "slides": self.slides,
        }


@dataclass(frozen=True)
class Curve:
    """A curve; `y` of two dimensions is one that moves, a row a stop.

    name    in the legend; with the name of a point it shares that one's place there
    dash    lengths of strokes and gaps, in pixels
    passed  on which side of the stop it is drawn, if not on both: the hand draws it
    """

    x: Numbers
    y: Numbers
    colour: str
    name: str = ""
    dash: str = ""
    passed: Literal["below", "above"] | None = None

    def part(self) -> Part:
        """Return it as the browser takes it."""
        heights = np.asarray(self.y, dtype=np.float64)
        return {
            "name": self.name,
            "x": _drawn(self.x),
            "y": _drawn(heights),
            "moves": heights.ndim == 2,
            "colour": self.colour,
            "dash": self.dash,
            "passed": self.passed,
        }


@dataclass(frozen=True)
class Point:
    """A mark that moves: its height at each stop, its place across, and its number.

    x               at each stop; the stop itself unless given
    values          the number that it stands for; its height unless given
    trail           where a dotted line to it begins
    number_format   of its number in the legend; None leaves that out
    """

    quantity: str
    index: int | None
    y: Numbers
    colour: str
    x: Numbers | None = None
    values: Numbers | None = None
    name: str = ""
    symbol: Literal["circle", "ring", "square", "diamond", "cross"] = "circle"
    trail: tuple[float, float] | None = None
    number_format: Format | None = "fixed"

    def part(self) -> Part:
        """Return it as the browser takes it."""
        return {
            "quantity": self.quantity,
            "index": self.index,
            "name": self.name,
            "x": None if self.x is None else _drawn(self.x),
            "y": _drawn(self.y),
            "values": _read(self.values, self.y),
            "colour": self.colour,
            "symbol": self.symbol,
            "trail": self.trail,
            "format": self.number_format,
        }


@dataclass(frozen=True)
class Bar:
    """A bar that grows and shrinks at a place of an axis of names, its number at its end.

    values          the number that it stands for; its height unless given
    base            where it begins at each stop; 0 unless given
    below           its colour while it leads down from there, where that is another
    filled          whether it is, at all stops or at each
    number_format   of its number; None leaves that out
    """

    quantity: str
    index: int | None
    place: int
    y: Numbers
    colour: str
    values: Numbers | None = None
    name: str = ""
    filled: bool | Sequence[bool] = True
    number_format: Format | None = "fixed"
    base: Numbers | None = None
    below: str = ""

    def part(self) -> Part:
        """Return it as the browser takes it."""
        return {
            "quantity": self.quantity,
            "index": self.index,
            "name": self.name,
            "place": self.place,
            "y": _drawn(self.y),
            "values": _read(self.values, self.y),
            "base": None if self.base is None else _drawn(self.base),
            "colour": self.colour,
            "below": self.below or self.colour,
            "filled": self.filled,
            "format": self.number_format,
        }


@dataclass(frozen=True)
class Region:
    """A stretch of the x axis with its name."""

    start: float
    end: float
    name: str
    colour: str

    def part(self) -> Part:
        """Return it as the browser takes it."""
        return {"from": self.start, "to": self.end, "name": self.name, "colour": self.colour}


_KINDS = {"regions": Region, "curves": Curve, "points": Point, "bars": Bar}


@dataclass(frozen=True)
class Panel:
    """Axes and what is drawn between them: bars below curves below points, later ones on top."""

    x: Axis
    y: Axis
    drawn: Sequence[Region | Curve | Point | Bar]
    title: str = ""
    height: int = 300

    def part(self) -> Part:
        """Return it as the browser takes it."""
        return {
            "title": self.title,
            "x": self.x.part(),
            "y": self.y.part(),
            "height": self.height,
            **{
                kind: [each.part() for each in self.drawn if isinstance(each, of)]
                for kind, of in _KINDS.items()
            },
        }


def _drawn(values: Numbers) -> list[Any]:
    """Return numbers for drawing: what is not finite has no place."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim == 2:
        return [_drawn(row) for row in array]
    return [float(value) if math.isfinite(value) else None for value in array]


def _read(values: Numbers | None, heights: Numbers) -> list[float | str | None] | None:
    """Return numbers for reading, None where they are the heights as these are drawn.

    JSON has no infinities, and what is undefined is no number.
    """
    if values is None:
        if np.isfinite(np.asarray(heights, dtype=np.float64)).all():
            return None
        values = heights
    words = {math.inf: "Infinity", -math.inf: "-Infinity"}
    return [
        None if math.isnan(value) else words.get(float(value), float(value)) for value in values
    ]


def _powers_of_ten(low: float, high: float) -> list[tuple[float, str]]:
    """Return powers of ten from low to high, not too many of them."""
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    apart = math.ceil((last - first + 1) / _MOST_POWERS)
    return [(10.0**k, short_text(10.0**k)) for k in range(first, last + 1, apart)]
