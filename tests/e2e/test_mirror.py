"""The mirror draws edits ahead of the server: its numbers are core's, and give way to them."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core import LOSSES, softmax
from pages.bench.component import LOSS_CONSTANTS
from pages.bench.numbers import bench_numbers
from pages.bench.patches import changed
from pages.visit.presets import PRESETS
from pages.visit.state import LabState
from tests.e2e.instrument import (
    assert_core,
    handle,
    number,
    open_bench,
    read,
    root,
    settled,
    slow,
)

INF = math.inf
TOLERANCE = 1e-12  # relative to max(1, |value|)
Patch = dict[str, Any]

# Runs mirror.js itself, as the page has loaded it, on many cases at once.
RUN = """async text => {
    const cases = JSON.parse(text);
    const { mirror } = await moduleOf("mirror.js");
    return JSON.stringify(cases.map(([data, patches, start]) => mirror(data, patches, start)),
        (_, x) => (typeof x === "number" && !Number.isFinite(x) ? String(x) : x));
}"""


def mirrored(page: Page, cases: list[tuple[LabState, list[Patch]]]) -> list[dict[str, Any] | None]:
    sent = []
    for state, patches in cases:
        data = bench_numbers(state) | {
            "loss_id": state.loss,
            "loss_constants": LOSS_CONSTANTS,
            "soft": state.is_soft,
        }
        sent.append([data, patches, state.distribution.tolist()])
    found: list[dict[str, Any] | None] = json.loads(
        page.evaluate(RUN, json.dumps(sent, allow_nan=False))
    )
    return found


def logit_patches(logits: tuple[float, ...]) -> list[Patch]:
    return [
        {"kind": "logit", "index": k, "value": z} for k, z in enumerate(logits) if math.isfinite(z)
    ]


def random_states(count: int) -> list[LabState]:
    """Random, tied, huge and masked logits; labels and soft targets; every loss."""
    rng = random.Random(7)  # noqa: S311
    states = []
    for _ in range(count):
        n = rng.randint(2, 10)
        scale = rng.choice([0, 0.01, 1, 10, 100, 1e4, 1e6])
        logits = [rng.choice([rng.uniform(-scale, scale), 0.0, 1.0, scale]) for _ in range(n)]
        for k in range(n - 1):
            if rng.random() < 0.1:
                logits[k] = -INF
        weights = np.array([rng.choice([0, rng.random()]) for _ in range(n - 1)] + [1.0])
        soft = tuple((weights / weights.sum()).tolist())
        states.append(
            LabState(
                tuple(logits),
                rng.choice([rng.randrange(n), soft]),
                rng.choice(list(LOSSES)),
                rng.choice([0.01, 0.3, 1.0, 1.0, 7.0, 100.0]),
                ("",) * n,
            )
        )
    return states


def assert_same(shown: dict[str, Any] | None, state: LabState) -> None:
    assert shown is not None
    for name, exact in bench_numbers(state).items():
        if name == "check":
            continue  # stays the server's
        assert_close(shown[name], exact, (state, name))


def assert_close(shown: Any, exact: Any, where: tuple[object, ...]) -> None:
    """Hold a number, or all numbers of a list or by names, to core's, as near as 1e-12."""
    if isinstance(exact, list | dict):
        keys = exact if isinstance(exact, dict) else range(len(exact))
        assert len(shown) == len(exact), where
        for key in keys:
            assert_close(shown[key], exact[key], (*where, key))
    elif exact is None or isinstance(exact, str):
        assert shown == exact, where
    else:
        limit = TOLERANCE * max(1, abs(exact))
        assert math.isclose(float(shown), exact, rel_tol=0, abs_tol=limit), (shown, exact, where)


def test_the_mirror_is_core(page: Page) -> None:
    open_bench(page)
    targets = random_states(1500) + list(PRESETS.values())
    cases = [
        (
            replace(state, logits=tuple(z if z == -INF else 0.5 for z in state.logits)),
            logit_patches(state.logits),
        )
        for state in targets
    ]
    for shown, state in zip(mirrored(page, cases), targets, strict=True):
        assert_same(shown, state)


def test_labels_and_shares_are_mirrored(page: Page) -> None:
    open_bench(page)
    cases = []
    for state in random_states(400):
        n = state.classes
        if state.is_soft:
            patches: list[Patch] = [
                {"kind": "share", "index": n - 1, "value": 0.25},
                {"kind": "share", "index": 0, "value": 1.0},
                {"kind": "share", "index": 0, "value": 0.4},
            ]
        else:
            patches = [{"kind": "label", "index": n - 1}]
        cases.append((state, [*patches, {"kind": "logit", "index": 0, "value": 1.5}]))
    for shown, (state, patches) in zip(mirrored(page, cases), cases, strict=True):
        for patch in patches:
            state = changed(state, patch)  # noqa: PLW2901
        assert_same(shown, state)


def test_what_the_mirror_does_not_know_waits_for_the_server(page: Page) -> None:
    open_bench(page)
    known, unknown = LabState(), replace(LabState(), loss="a_loss_of_one's_own")
    cases = [(known, [{"kind": kind}]) for kind in ("undo", "redo", "add", "reset", "soft")]
    cases += [(known, [{"kind": "logit_text", "index": 0, "text": "7"}])]
    shown = mirrored(page, cases)
    assert shown == [None] * len(cases)
    data = bench_numbers(known) | {"loss_id": unknown.loss}
    patches = [{"kind": "logit", "index": 0, "value": 1.0}]
    assert page.evaluate(RUN, json.dumps([[data, patches, [1, 0, 0]]])) == "[null]"


EXPLAIN = """async data => {
    const { explain } = await moduleOf("explain.js");
    return ["loss", "gradient_probability", "gradient"].map(
        quantity => explain(data, quantity, 1).lines.map(({ node }) => node.textContent));
}"""


def test_a_loss_that_the_browser_does_not_know_is_shown_by_the_servers_numbers(page: Page) -> None:
    open_bench(page)
    data = bench_numbers(LabState()) | {"loss_id": "own"}
    loss, slope, gradient = page.evaluate(EXPLAIN, data)
    assert loss == ["L=2.4076"]
    assert slope == ["g1=∂L∂a1=−11.1073"]
    assert "0.0900·(−11.1073−(−1))=−0.9100" in gradient[0]


# Notes, in each animation frame of a drag, what the bench shows.
WATCH = """bench => {
    window.frames_seen = [];
    const all = q =>
        [...bench.querySelectorAll(`[data-quantity=${q}]`)].map(e => Number(e.dataset.value));
    const look = () => {
        const shown = ["logit", "probability", "gradient"].map(all);
        window.frames_seen.push([...shown, bench.dataset.source]);
        window.watching = requestAnimationFrame(look);
    };
    look();
}"""


def test_every_frame_of_a_drag_is_whole_on_a_slow_network(own_page: Page) -> None:
    slow(own_page)
    open_bench(own_page, "z=2,3,4&label=2")
    before = read(own_page)["logit"]
    box = handle(own_page, 1).locator(".reach").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    own_page.mouse.move(x, y)
    own_page.mouse.down()
    root(own_page).evaluate(WATCH)
    for step in range(1, 31):
        own_page.mouse.move(x + 4 * step, y)
    expect(root(own_page)).to_have_attribute("data-source", "mirror")
    own_page.mouse.up()
    frames = own_page.evaluate(
        "() => { cancelAnimationFrame(window.watching); return window.frames_seen; }"
    )
    shown = {tuple(logits) for logits, *_ in frames}
    assert len(shown) >= 5, "the drag did not move"
    for logits, probabilities, gradients, _ in frames:
        assert probabilities == pytest.approx(softmax(logits).tolist(), abs=1e-12)
        target = [0, 1, 0]
        assert gradients == pytest.approx((softmax(logits) - target).tolist(), abs=1e-12)
    settled(own_page)
    after = assert_core(own_page)["logit"]
    assert after[0] > before[0] + 1
    assert after[0] == frames[-1][0][0], "the last position arrives"


def test_keys_are_drawn_before_the_answer(own_page: Page) -> None:
    slow(own_page)
    open_bench(own_page, "z=2,3,4&label=2")
    handle(own_page, 1).focus()
    for _ in range(5):
        own_page.keyboard.press("ArrowRight")
    expect(number(own_page, "logit", 1)).to_have_attribute("data-value", "2.5")
    expect(root(own_page)).to_have_attribute("data-source", "mirror")
    settled(own_page)
    assert assert_core(own_page)["logit"][0] == 2.5
