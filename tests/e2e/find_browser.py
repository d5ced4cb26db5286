"""Find the Chromium that the browser tests drive; printed when run as a script."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HELP = "The browser tests need Chromium: run `make test`, which installs it, or install it yourself"


def find_browser() -> str:
    """Return the path of a Chromium: the system's, or the one Playwright has downloaded."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists():
        return path
    raise FileNotFoundError(HELP)


if __name__ == "__main__":
    try:
        print(find_browser())
    except FileNotFoundError as missing:
        sys.exit(str(missing))
