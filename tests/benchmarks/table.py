"""The table that the benchmarks print: each figure beside its floor or peer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

import numpy as np

from tests.benchmarks.report import table

HEAD = ("what", "ours", "floor or peer", "ratio", "goal", "met")


@dataclass(frozen=True)
class Row:
    """One figure, as text."""

    what: str
    ours: str
    peer: str
    ratio: str
    goal: str
    met: str


def row(what: str, ours: float, peer: tuple[str, float], most: float) -> Row:
    """Hold a time in ms against a named peer's; met where it is at most `most` times that."""
    name, theirs = peer
    ratio = ours / theirs
    return Row(
        what,
        _time(ours),
        f"{name}: {_time(theirs)}",
        f"{ratio:.2f}",
        f"at most {most:.2g}",
        met(ratio <= most),
    )


def _time(ms: float) -> str:
    if ms < 1:
        return f"{1e3 * ms:.3g} µs"
    return f"{ms:.3g} ms" if ms < 1e3 else f"{ms / 1e3:.3g} s"


def met(reached: bool) -> str:
    return "yes" if reached else "**no**"


def median(values: Iterable[float]) -> float:
    return float(np.median(list(values)))


def printed(rows: Iterable[Row]) -> str:
    """Lay the rows out as Markdown that also reads as plain text."""
    return table(HEAD, map(astuple, rows))
