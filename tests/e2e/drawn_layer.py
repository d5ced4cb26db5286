"""The drawn layer as a browser test sees it: its numbers read and held against core."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from core import layer_loss
from tests.e2e.lesson import at_rest, move

TOLERANCE = 1e-12  # relative to max(1, |value|)
QUANTITIES = ("weight", "bias", "input", "target", "score", "probability", "loss")
GRADIENTS = ("grad_score", "grad_weight", "grad_input")


def opened(page: Page, query: str = "lang=en") -> Locator:
    move(page, f"/network?{query}")
    layer = page.locator(".lab-layer")
    expect(layer.locator("svg")).to_be_visible()
    at_rest(page)
    return layer


def grip(page: Page, kind: str, place: str) -> Locator:
    return page.locator(f'[data-edit="{kind}"][data-place="{place}"]')


def settled(page: Page) -> None:
    at_rest(page)
    layer = page.locator(".lab-layer")
    expect(layer).to_have_attribute("data-busy", "false")
    expect(layer).to_have_attribute("data-source", "server")


# All numbers of the drawing at one moment, and whose they are.
READ = """layer => {
    const found = {source: layer.dataset.source};
    for (const e of layer.querySelectorAll("[data-quantity]"))
        (found[e.dataset.quantity] ??= []).push(Number(e.dataset.value));
    return found;
}"""


def assert_core(shown: dict[str, Any], tolerance: float) -> None:
    """Hold what is drawn against core at the weights, biases, inputs and target that are drawn."""
    n = len(shown["bias"])
    w, b, o = np.array(shown["weight"]).reshape(n, -1), np.array(shown["bias"]), shown["input"]
    result = layer_loss(w, b, np.array([o]), np.array([shown["target"]]))
    wanted = {
        "score": w @ o + b,
        "probability": result.probabilities,
        "loss": result.value,
        "grad_score": result.grad_scores,
        "grad_weight": result.grad_weights,
        "grad_input": result.grad_inputs,
    }
    for name, exact in wanted.items():
        close = pytest.approx(np.ravel(exact).tolist(), rel=tolerance, abs=tolerance)
        assert shown[name] == close, name
