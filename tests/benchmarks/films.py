"""A film's slider held and moved: how long the frames take, and what its stops weigh."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Browser

from tests.benchmarks.chromium import READ, at_rest, chromium
from tests.benchmarks.drag import MOST_FRAME, frame_times
from tests.benchmarks.servers import APP, serving
from tests.benchmarks.table import Row, met
from tests.e2e.films import CASES, Case, Z

ROUNDS, SWEEPS, STEPS = 3, 4, 30
MOST_BYTES = 100_000
BYTES = "root => root.parentNode.film.json.length"


def rows() -> list[Row]:
    """Measure each film beside its own page at rest."""
    with serving(APP) as address, chromium() as browser:
        return [one for case in CASES for one in _measured(browser, address, case)]


def _measured(browser: Browser, address: str, case: Case) -> list[Row]:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(READ)
    page.goto(f"{address}{case.link}&z={','.join(map(str, Z))}&lang=en")
    slider = page.locator("[data-film] input[type=range]")
    slider.wait_for()
    at_rest(page)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    if box is None:
        raise RuntimeError
    y = box["y"] + box["height"] / 2
    idle: list[float] = []
    times: list[float] = []

    def sweep() -> None:
        for _ in range(SWEEPS):
            for k in range(STEPS):
                page.mouse.move(box["x"] + box["width"] * (0.05 + 0.9 * k / STEPS), y)

    for _ in range(ROUNDS):
        idle += frame_times(page, lambda: page.wait_for_timeout(500))
        page.mouse.move(box["x"] + box["width"] / 2, y)
        page.mouse.down()
        times += frame_times(page, sweep)
        page.mouse.up()
        at_rest(page)
    size = page.locator("[data-film]").evaluate(BYTES)
    page.context.close()
    floor, mine = (float(np.percentile(each, 95)) for each in (idle, times))
    return [
        Row(
            f"film {case.name}: frame time, p95",
            f"{mine:.1f} ms",
            f"the page at rest: {floor:.1f} ms",
            f"{mine / floor:.2f}",
            f"at most {MOST_FRAME:g} ms",
            met(mine <= MOST_FRAME),
        ),
        Row(
            f"film {case.name}: all its stops",
            f"{size / 1000:.0f} kB",
            "–",
            "–",
            f"at most {MOST_BYTES / 1000:g} kB",
            met(size <= MOST_BYTES),
        ),
    ]
