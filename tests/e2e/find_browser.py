"""Find the Chromium that the browser tests drive; its paths are printed when run as a script."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HELP = "The browser tests need Chromium: run `make test`, which installs it, or install it yourself"
# Chromium without windows: the same engine, for three fifths of the processor time of a page.
SHELL = "chromium-headless-shell"


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


def find_light_browser() -> str:
    """Return the path of Chromium's headless shell, or of the whole browser where it is missing."""
    if path := shutil.which(SHELL):
        return path
    with sync_playwright() as playwright:
        downloads = Path(playwright.chromium.executable_path).parents[2]
    shells = downloads.glob("chromium_headless_shell-*/*/*headless*shell")
    return str(max(shells, default=None) or find_browser())


if __name__ == "__main__":
    try:
        print(find_browser(), find_light_browser(), sep="\n")
    except FileNotFoundError as missing:
        sys.exit(str(missing))
