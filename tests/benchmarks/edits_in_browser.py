"""An edit by keyboard, until all numbers that depend on it are painted."""

from __future__ import annotations

import random

from playwright.sync_api import Locator

from tests.benchmarks.chromium import at_rest, chromium, fresh_page
from tests.benchmarks.servers import APP, SLIDER, serving
from tests.benchmarks.table import Row, median, row
from tests.e2e.instrument import handle

WARM_UP, EDITS = 5, 50
# Of the next key: the times until the first frame that begins with every number changed, and the
# first that begins with the server's numbers. What changed within a frame counts for the next.
NEXT_KEY = """() => {
    window.edit = new Promise(done => addEventListener("keydown", event => {
        const before = shown();
        let drawn = null;
        const look = () => {
            const passed = performance.now() - event.timeStamp;
            if (shown().every((x, k) => x !== before[k])) drawn ??= passed;
            if (drawn !== null && bench()?.dataset.source !== "mirror") done([drawn, passed]);
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    }, { capture: true, once: true }));
}"""


def _edit(slider: Locator, key: str) -> tuple[float, float]:
    page = slider.page
    page.wait_for_timeout(random.uniform(100, 200))  # noqa: S311 (any moment between two frames)
    slider.focus()
    page.evaluate(NEXT_KEY)
    page.keyboard.press(key)
    drawn, answered = page.evaluate("() => window.edit")
    return drawn, answered


def rows() -> list[Row]:
    with (
        serving(APP) as ours,
        serving(SLIDER) as bare,
        serving(SLIDER, stock=True) as stock,
        chromium() as browser,
    ):
        pages = [fresh_page(browser, address) for address in (ours, bare, stock)]
        for page in pages:
            at_rest(page)
        sliders = [handle(pages[0], 1), *(page.get_by_role("slider") for page in pages[1:])]
        took = [
            [_edit(slider, "ArrowLeft" if k % 2 else "ArrowRight") for slider in sliders]
            for k in range(WARM_UP + EDITS)
        ][WARM_UP:]
    drawn = median(mine[0] for mine, _, _ in took)
    answered = median(mine[1] for mine, _, _ in took)
    same = "bare app, same settings", median(theirs[0] for _, theirs, _ in took)
    default = "bare app, stock settings", median(theirs[0] for _, _, theirs in took)
    return [
        row(f"key → all numbers {how}", mine, peer, most)
        for how, mine in (("painted", drawn), ("painted as the server has them", answered))
        for peer, most in ((same, 1), (default, 0.4))
    ]
