"""From the start of the process to numbers in a browser that has never been there."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.benchmarks.chromium import chromium, fresh_page
from tests.benchmarks.servers import APP, SLIDER, serving
from tests.benchmarks.table import Row, median, row

ROUNDS = 6


def _start(script: Path, browser: Browser) -> float:
    start = time.perf_counter()
    with serving(script) as address:
        page = fresh_page(browser, address)
        took = 1e3 * (time.perf_counter() - start)
        page.context.close()
    return took


def rows() -> list[Row]:
    with chromium() as browser:
        took = [[_start(script, browser) for script in (APP, SLIDER)] for _ in range(ROUNDS + 1)]
    mine, bare = (median(each[k] for each in took[1:]) for k in (0, 1))
    return [row("process start → bench painted", mine, ("bare app, same settings", bare), 1.3)]
