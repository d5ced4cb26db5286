"""200 steps on the digits: from the click to the curves in the browser, and in `core` alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page

from core import digits, train
from pages.writing.wording import wording
from tests.benchmarks.chromium import at_rest, chromium
from tests.benchmarks.servers import APP, serving
from tests.benchmarks.table import Row, median, met, row

ROUNDS, STEPS = 10, 200
GOAL = 2000  # ms
WORDS = wording("en")
# Of the next click: the time until the first frame in which bar and curves say 200 steps.
NEXT_CLICK = """status => {
    const bar = () => document.querySelector("[data-testid=stProgress]")?.innerText ?? "";
    const at = () => document.querySelector("[data-film]")?.dataset.stop;
    const there = () => bar().startsWith(status) && at() === "200";
    window.trained = new Promise(done => addEventListener("click", event => {
        const look = now => there() ? done(now - event.timeStamp) : requestAnimationFrame(look);
        requestAnimationFrame(look);
    }, { capture: true, once: true }));
}"""


def _opened(browser: Browser, address: str) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    page.goto(f"{address}/training?screen=train&data=digits&lang=en")
    page.get_by_role("button", name=WORDS("training.button.trained", steps=STEPS)).wait_for()
    at_rest(page)
    return page


def _click(page: Page, label: str, **values: object) -> None:
    page.get_by_role("button", name=WORDS(f"training.button.{label}", **values)).first.click()


def in_browser() -> float:
    with serving(APP) as ours, chromium() as browser:
        page, took = _opened(browser, ours), []
        for _ in range(ROUNDS):
            page.evaluate(NEXT_CLICK, WORDS("training.step", step=STEPS))
            _click(page, "trained", steps=STEPS)
            took.append(page.evaluate("() => window.trained"))
            at_rest(page)
            _click(page, "again")
            at_rest(page)
    return median(took)


def plainly(inputs: Any, labels: Any) -> Any:
    """Write the same training down in NumPy as it stands, with nothing checked."""
    rng, samples = np.random.default_rng(0), np.arange(len(labels))
    weights, bias = 0.01 * rng.standard_normal((10, inputs.shape[1])), np.zeros(10)
    losses = []
    for _ in range(STEPS):
        scores = inputs @ weights.T + bias
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        loss = -np.log(shares[samples, labels]).mean()
        losses.append(loss + 5e-4 * (weights**2).sum())
        shares[samples, labels] -= 1
        shares /= len(labels)
        weights = weights - (shares.T @ inputs + 1e-3 * weights)
        bias = bias - shares.sum(axis=0)
    return losses


def by_core(inputs: Any, labels: Any) -> Any:
    states = train(inputs, labels, steps=STEPS, rng=np.random.default_rng(0))
    return [state.loss for state in states]


def in_turns(*ways: Callable[[Any, Any], Any]) -> list[float]:
    inputs, labels = digits()
    inputs /= 16
    took: list[list[float]] = [[] for _ in ways]
    for _ in range(ROUNDS):
        for way, times in zip(ways, took, strict=True):
            start = time.process_time()
            way(inputs, labels)
            times.append(1e3 * (time.process_time() - start))
    return [median(times) for times in took]


def rows() -> list[Row]:
    ours, plain = in_turns(by_core, plainly)
    click = in_browser()
    reached = met(click <= GOAL)
    return [
        Row("click → 200 steps on the digits drawn", f"{click:.0f} ms", "–", "–", "2 s", reached),
        row("`train`, 200 steps on the 1,797 digits", ours, ("the formulas in NumPy", plain), 2),
    ]
