"""Horizontal bars as a picture of HTML: cheap enough to follow a hand that drags a number.

Plotly takes some 30 ms to draw a picture anew, at each answer of the server.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from pages.widgets.figure import short_name


@dataclass(frozen=True)
class Bar:
    """A stretch of a row, filled or hatched; one of no length is not drawn."""

    start: float
    end: float
    colour: str
    hatched: bool = False


@dataclass(frozen=True)
class BarRow:
    """A named row of bars, and a text behind the last of them; a total has a line above."""

    name: str
    bars: Sequence[Bar]
    text: str
    is_total: bool = False


@dataclass(frozen=True)
class BarRows:
    """Rows of bars over one axis, the first at the top.

    title   of the axis, which leads from 0 to `end`
    ticks   its places and their labels
    legend  the name of each kind of bar, and one of its kind
    """

    rows: Sequence[BarRow]
    title: str
    end: float
    ticks: Sequence[tuple[float, str]]
    legend: Sequence[tuple[str, Bar]] = ()

    def html(self, alt: str) -> str:
        """Return the picture; all that it shows is drawing, and `alt` says it."""
        rows = "".join(self._row(row) for row in self.rows)
        labels = "".join(
            f'<span class="bar-tick" style="{self._at(x)}">{escape(label)}</span>'
            for x, label in self.ticks
        )
        legend = "".join(
            f"<li>{_stretch(bar, '')}<span>{escape(name)}</span></li>" for name, bar in self.legend
        )
        return (
            f'<div class="lab-bars" role="img" aria-label="{escape(alt)}">'
            + (f'<ul class="bar-legend">{legend}</ul>' if legend else "")
            + f'<div class="bar-rows">{rows}<div class="bar-ticks">{labels}</div>'
            f'<span class="bar-title">{escape(self.title)}</span></div></div>'
        )

    def _row(self, row: BarRow) -> str:
        total = " bar-total" if row.is_total else ""
        bars = "".join(
            _stretch(bar, f"{self._at(bar.start)}; width: {self._share(bar.end - bar.start)}")
            for bar in row.bars
            if bar.end > bar.start
        )
        end = max((bar.end for bar in row.bars), default=0.0)
        return (
            f'<span class="bar-name{total}">{short_name(row.name)}</span>'
            f'<div class="bar-lane{total}">{bars}'
            f'<span class="bar-text" style="{self._at(end)}">{escape(row.text)}</span></div>'
        )

    def _at(self, x: float) -> str:
        return f"left: {self._share(x)}"

    def _share(self, x: float) -> str:
        return f"{100 * (x / self.end):.3f}%"


def _stretch(bar: Bar, place: str) -> str:
    kind = "bar hatched" if bar.hatched else "bar"
    return f'<i class="{kind}" style="--fill: {bar.colour}; {place}"></i>'
