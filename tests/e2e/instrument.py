"""The bench as a test sees it: its numbers read from the page and held against core."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from core import (
    entropy,
    exponentials,
    softmax_jacobian,
    softmax_loss,
)
from tests.e2e.lesson import move

Vector = NDArray[np.float64]
LATENCY = 200  # ms
VECTORS = (
    "logit",
    "exponential",
    "probability",
    "target",
    "gradient_probability",
    "gradient",
)
SCALARS = ("loss", "entropy", "kl", "sum_exponential", "sum_probability", "sum_gradient")


@dataclass(frozen=True)
class Shown:
    """All numbers on the bench at one moment, by quantity."""

    numbers: dict[str, Vector]

    def __getitem__(self, quantity: str) -> Vector:
        return self.numbers[quantity]


def root(page: Page) -> Locator:
    return page.locator("[data-bench]")


def number(page: Page, quantity: str, index: int | None = None) -> Locator:
    place = "" if index is None else f'[data-index="{index}"]'
    return root(page).locator(f'[data-quantity="{quantity}"]{place}')


def entry(page: Page, row: int, column: int) -> Locator:
    return root(page).locator(f'[data-row="{row}"][data-col="{column}"]')


def handle(page: Page, index: int) -> Locator:
    return number(page, "logit", index)


def load_bench(page: Page, query: str = "") -> None:
    """Open the bench as a new visitor does."""
    page.goto(f"/?{query}" if query else "/")
    settled(page)


def open_bench(page: Page, query: str = "") -> None:
    """Take a link to the bench."""
    move(page, f"/?{query}")
    settled(page)


def settled(page: Page) -> None:
    """Wait until no edit is on its way and the numbers shown are the server's."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(root(page)).to_have_attribute("data-busy", "false")
    expect(root(page)).to_have_attribute("data-source", "server")


def read_numbers(page: Page) -> dict[str, list[float]]:
    """Read every number at one moment, in one call to the page."""
    settled(page)
    raw: list[list[str]] = root(page).evaluate(
        """bench => [...bench.querySelectorAll("[data-quantity]")].map(
            e => [e.dataset.quantity, e.dataset.value])"""
    )
    collected: dict[str, list[float]] = {}
    for quantity, value in raw:
        collected.setdefault(quantity, []).append(float(value.replace("Infinity", "inf")))
    return collected


def read(page: Page) -> Shown:
    """Read every number of the whole bench, once it stands: a lesson's may have stood there."""
    expect(root(page).locator("[data-quantity=jacobian]").first).to_be_attached()
    numbers = {quantity: np.array(values) for quantity, values in read_numbers(page).items()}
    n = len(numbers["logit"])
    numbers["jacobian"] = numbers["jacobian"].reshape(n, n)
    return Shown(numbers)


def expected(
    logits: Vector, target: Vector, loss: str = "cross_entropy", temperature: float = 1.0
) -> Shown:
    """Compute with core what the bench must show."""
    label = int(np.argmax(target))
    hard = bool(target[label] == 1)
    result = softmax_loss(
        logits, np.asarray(label) if hard else target, loss=loss, temperature=temperature
    )
    a = result.probabilities
    exps = exponentials(logits, temperature=temperature)
    scalars = {
        "loss": result.value,
        "entropy": entropy(a),
        "kl": softmax_loss(logits, target, loss="kl_divergence", temperature=temperature).value,
        "sum_exponential": exps.sum(),
        "sum_probability": a.sum(),
        "sum_gradient": result.grad_logits.sum(),
    }
    return Shown(
        {
            "logit": np.asarray(logits),
            "target": np.asarray(target),
            "exponential": exps,
            "probability": a,
            "gradient_probability": result.grad_probabilities,
            "gradient": result.grad_logits,
            "jacobian": softmax_jacobian(a, temperature=temperature),
            **{name: np.atleast_1d(np.float64(value)) for name, value in scalars.items()},
        }
    )


def assert_same(shown: Shown, wanted: Shown) -> None:
    """Hold what is shown against core's numbers, to the last digit."""
    for quantity in (*VECTORS, "jacobian", *SCALARS):
        got, want = shown[quantity], wanted[quantity]
        assert got.shape == want.shape, f"{quantity}: shape {got.shape}, core {want.shape}"
        wrong = np.argwhere(got != want)
        assert not wrong.size, (
            f"{quantity}{(wrong[0] + 1).tolist()}: shown {got[tuple(wrong[0])]!r}, "
            f"core {want[tuple(wrong[0])]!r}"
        )


def assert_core(page: Page, loss: str = "cross_entropy", temperature: float = 1.0) -> Shown:
    """Hold the whole bench against core at the logits and the target that it shows."""
    shown = read(page)
    assert_same(shown, expected(shown["logit"], shown["target"], loss, temperature))
    return shown


def lane_box(page: Page, index: int) -> Locator:
    """The field of one logit in its lane."""
    return root(page).get_by_role("textbox", name=", as a number").nth(index - 1)


def logits_box(page: Page) -> Locator:
    return page.locator(".st-key-logits_text").get_by_role("textbox")


def type_logits(page: Page, text: str) -> None:
    logits_box(page).fill(text)
    logits_box(page).press("Enter")


def choose(page: Page, label: str, option: str) -> None:
    """Choose in one of Streamlit's select boxes."""
    page.get_by_test_id("stSelectbox").filter(has_text=label).get_by_role("combobox").click()
    page.get_by_role("option", name=option, exact=True).click()


def drag(page: Page, grip: Locator, by: float, steps: int = 12) -> None:
    """Drag an element sideways by `by` pixels, in steps as a hand would."""
    box = grip.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=steps)
    page.mouse.up()


def press(page: Page, kind: str) -> None:
    """Press a button of the toolbar: undo, redo, add, reset."""
    root(page).locator(f"[data-do={kind}]").click()
    settled(page)


def slow(page: Page) -> None:
    """Hold back every message to the server."""

    def late(ws: WebSocketRoute) -> None:
        server = ws.connect_to_server()

        def on_message(message: str | bytes) -> None:
            page.wait_for_timeout(LATENCY)
            server.send(message)

        ws.on_message(on_message)

    page.route_web_socket("**/_stcore/stream", late)
