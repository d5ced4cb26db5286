"""A weight dragged on the layer's drawing, and a share of P: how long the frames take."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.benchmarks.chromium import READ, chromium
from tests.benchmarks.drag import frame_row, held_frames
from tests.benchmarks.servers import APP, serving
from tests.benchmarks.table import Row

STEPS, STEP = 30, 3  # positions of the pointer, 3 pixels apart
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
    places = [STEP * (k - STEPS // 2) for k in range(STEPS)]
    idle, times = held_frames(page, page.locator(grip).first, lambda _width: places)
    page.context.close()
    return frame_row(f"dragging {what}", idle, times)
