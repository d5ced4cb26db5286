"""Worked examples: the sources' own numbers, and a few that surprise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from pages.visit.state import LabState


def _preset(*numbers: float, label: int = 1, loss: str = "cross_entropy") -> LabState:
    logits = tuple(map(float, numbers))
    return LabState(logits, target=label - 1, loss=loss, names=("",) * len(logits))


def _logits_of(*probabilities: float) -> tuple[float, ...]:
    """Logits whose softmax is the given distribution: their logarithms."""
    return tuple(math.log(p) for p in probabilities)


TEN_ACTIONS = (0.2, 0.1, 0.05, 0.1, 0.2, 0.02, 0.08, 0.01, 0.01, 0.23)

PRESETS: Mapping[str, LabState] = MappingProxyType(
    {
        "textbook": _preset(2, 3, 4, label=2),
        "three": _preset(3, 1, -3),
        "squared": _preset(1, 2, 3, 0, 1, label=4, loss="mean_squared_error"),
        "shares": _preset(*_logits_of(0.2, 0.3, 0.5), label=2),
        "actions": _preset(*_logits_of(*TEN_ACTIONS), label=10),
        "tie": _preset(2, 2, -1),
        "ahead": _preset(40, 0, 0, label=1),
        "equal": _preset(1, 1, 1, 1),
        "wrong": _preset(8, -2, 0, label=2),
        "wrong_squared": _preset(8, -2, 0, label=2, loss="mean_squared_error"),
        "masked": _preset(-math.inf, 0, 1, label=3),
        "soft": LabState((1.0, 2.0, 3.0), target=(0.1, 0.2, 0.7), names=("", "", "")),
    }
)

# What the lesson on stability is about, with the dtype in which to look at it first.
EXTREMES: Mapping[str, tuple[LabState, str]] = MappingProxyType(
    {
        "far_apart": (_preset(1000, 0, label=2), "float64"),
        "far_below": (_preset(-1000, -1000), "float64"),
        "single": (_preset(89, 0, label=2), "float32"),
        "half": (_preset(12, 0, label=2), "float16"),
        "masked": (PRESETS["masked"], "float32"),
        "tie": (PRESETS["tie"], "float32"),
    }
)


def preset_of(state: LabState) -> str | None:
    """Return the name of the example that a state is, if it is one."""
    return next((name for name, preset in PRESETS.items() if preset == state), None)
