"""A file of a learner's own, and giving it to the page."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import FrameLocator, Page

LONG_NAME = "a column with a very long name that goes on and on"


def own_csv(columns: int = 3) -> bytes:
    rng = np.random.default_rng(3)
    names = [LONG_NAME, *(f"x{j}" for j in range(2, columns + 1)), "kind"]
    rows = [
        [*(f"{value:.4f}" for value in rng.normal(size=columns) + row % 3), f"kind {row % 3}"]
        for row in range(60)
    ]
    return "\n".join(",".join(row) for row in (names, *rows)).encode()


def give(page: Page | FrameLocator, content: bytes, name: str = "own.csv") -> None:
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.locator(".st-key-csv_upload input[type=file]").set_input_files(file)
