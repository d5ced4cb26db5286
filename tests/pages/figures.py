"""What the tests of the pictures share: states of every kind, and a figure's traces."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from pages.lessons.training.data_set import given_data, made_data
from pages.lessons.training.run import Run
from pages.lessons.training.workplace import settings_of
from pages.visit.presets import TEN_ACTIONS
from pages.visit.training_plan import Plan
from pages.widgets.bar_rows import BarRows
from pages.widgets.figure import FURTHEST, NARROWEST, Figure
from pages.writing.wording import wording

WORDS = wording("en")
INF = math.inf
STATES: Sequence[tuple[tuple[float, ...], float]] = (
    ((2.0, 3.0, 4.0), 1.0),
    ((3.0, 1.0, -3.0), 0.5),
    ((-INF, 0.0, 1.0), 1.0),
    ((0.0, -INF), 1.0),
    ((-INF, -INF, -1e6, -INF), 100.0),
    ((1e6, -1e6), 0.01),
    ((-1e6, -1e6, -1e6), 0.01),
    (tuple(math.log(p) for p in TEN_ACTIONS), 1.0),
)
states = pytest.mark.parametrize(("logits", "temperature"), STATES)


def traces(figure: Figure, mode: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("mode") == mode]


def trained(plan: Plan, steps: int) -> Run:
    """A run of so many steps."""
    run = Run(made_data(plan), settings_of(plan))
    run.advance(steps, seconds=60)
    return run


def own_file() -> Run:
    """A run on a file with names that would speak, more columns than are written, and 0 weights."""
    rows = np.arange(24)
    inputs = np.stack([rows % 2, *((rows * k) % 5 for k in range(7))], axis=1).astype(float)
    names = [f"<b>{j}</b>" for j in range(8)], ["<img src=x>", "n" * 60, "&amp;"]
    data = given_data(inputs, rows % 3, rows + 2, names, 1, "raw")
    run = Run(data, settings_of(Plan()), (np.zeros((3, 8)), np.zeros(3)))
    run.advance(5, seconds=60)
    return run


def can_be_drawn(figure: Mapping[str, Any]) -> None:
    """Plain finite numbers, and no axis too narrow or too wide for Plotly."""
    json.dumps(figure, allow_nan=False)
    for name, part in figure["layout"].items():
        linear = re.fullmatch(r"[xy]axis\d*", name) and part.get("type") != "log"
        if linear and "range" in part:  # others lie across fixed places
            low, high = part["range"]
            assert NARROWEST < abs(high - low) <= 2 * FURTHEST, (name, low, high)
    for trace in figure["data"]:
        if trace["type"] == "heatmap":
            assert trace["zmin"] < trace["zmax"]


def bars_can_be_drawn(drawn: BarRows) -> None:
    """Each bar lies on the axis, and has a colour of its own kind; all labels lie there, too."""
    places = [place for row in drawn.rows for bar in row.bars for place in (bar.start, bar.end)]
    places += [place for place, _ in drawn.ticks]
    assert all(0 <= place <= drawn.end < INF for place in places), places
    assert "nan" not in drawn.html("")
