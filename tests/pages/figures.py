"""What the tests of the pictures share: states of every kind, and a figure's traces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pytest

from pages.blocks import figures
from pages.blocks.presets import TEN_ACTIONS
from pages.blocks.wording import wording

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


def traces(figure: figures.Figure, mode: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace.get("mode") == mode]
