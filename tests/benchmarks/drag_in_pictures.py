"""A weight dragged on the layer's drawing, and a share of P: how long the frames take."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.benchmarks.chromium import READ, at_rest, chromium
from tests.benchmarks.drag import frame_row, frame_times
from tests.benchmarks.servers import APP, serving
from tests.benchmarks.table import Row

ROUNDS, SWEEPS, STEPS, STEP = 3, 4, 30, 3  # positions of the pointer, 3 pixels apart
# What is dragged, its page and where it is to be held.
GRIPS = {
    "a weight of the layer": ("/network", '[data-edit="weight"][data-place="1,2"]'),
    "a share of P": ("/cross-entropy", ".lab-shares .share-track"),
}


def rows() -> list[Row]:
    """Measure each beside its own page at rest."""
    with serving(APP) as address, chromium() as browser:
        return [
            _measured(browser, name, address + path, grip) for name, (path, grip) in GRIPS.items()
        ]


def _measured(browser: Browser, what: str, address: str, grip: str) -> Row:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(READ)
    page.goto(f"{address}?lang=en")
    held = page.locator(grip).first
    held.wait_for()
    at_rest(page)
    held.scroll_into_view_if_needed()
    box = held.bounding_box()
    if box is None:
        raise RuntimeError
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    idle: list[float] = []
    times: list[float] = []

    def sweep() -> None:
        for _ in range(SWEEPS):
            for k in range(STEPS):
                page.mouse.move(x + STEP * (k - STEPS // 2), y)

    for _ in range(ROUNDS):
        idle += frame_times(page, lambda: page.wait_for_timeout(500))
        page.mouse.move(x, y)
        page.mouse.down()
        times += frame_times(page, sweep)
        page.mouse.move(x, y)
        page.mouse.up()
        at_rest(page)
    page.context.close()
    return frame_row(f"dragging {what}", idle, times)
