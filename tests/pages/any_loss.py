"""The lab on any loss as its tests read it, and plain sums to hold its numbers against."""

from __future__ import annotations

import math
from collections.abc import Sequence

from streamlit.testing.v1 import AppTest

from tests.pages.reading import CELL, clean, opened_lesson

GRADIENTS = ("gradient", "gradient_above", "gradient_below")


def opened(folds: Sequence[str] = (), **query: str) -> AppTest:
    return opened_lesson("any_loss", folds, **{"lang": "en"} | query)


def gradient(table: str) -> list[float]:
    return [float(value) for found, _, value, _ in CELL.findall(table) if found in GRADIENTS]


def shares(logits: tuple[float, ...]) -> list[float]:
    powers = [math.exp(z - max(logits)) for z in logits]
    return [p / math.fsum(powers) for p in powers]


def through_jacobian(a: list[float], g: list[float]) -> list[float]:
    """Sum over all paths, entry by entry of the Jacobian: not the way core takes."""
    n = range(len(a))
    return [math.fsum(g[k] * a[k] * ((k == i) - a[i]) for k in n) for i in n]


def type_formula(at: AppTest, text: str) -> AppTest:
    return clean(at.text_input(key="formula_text").set_value(text).run())
