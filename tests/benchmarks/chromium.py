"""The browser that the benchmarks drive, and what they read in its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import FLAGS
from tests.e2e.find_browser import find_browser

# In every page: the bench, if there is one, and the numbers that answer an edit; the bare app's
# are its text.
READ = """
window.bench = () => {
    const hosts = [...document.querySelectorAll("[data-testid^=stBidiComponent]")];
    return hosts.map(e => e.shadowRoot?.querySelector("[data-bench]")).find(Boolean);
};
window.shown = () => {
    const depends = "[data-quantity=probability], [data-quantity=gradient]";
    const found = bench();
    if (found) return [...found.querySelectorAll(depends)].map(e => e.dataset.value);
    return [...document.querySelectorAll("[data-testid=stText]")].map(e => e.textContent);
};
"""
# True in the first frame that begins with all numbers in the page.
PAINTED = "() => shown().length > 0 && shown().every(Boolean)"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium as learners have it; the browser tests take its lighter shell."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield browser
        browser.close()


def fresh_page(browser: Browser, address: str, script: str = "") -> Page:
    """Open a page in a context of its own, with nothing cached, and wait for its numbers.

    `script` runs in the page before its own.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page = context.new_page()
    page.add_init_script(READ + script)
    page.goto(address, wait_until="commit")
    page.wait_for_function(PAINTED, polling="raf", timeout=60_000)
    return page


def at_rest(page: Page) -> None:
    """Wait for the end of the script and of what follows on it."""
    page.locator("[data-test-script-state=notRunning]").wait_for()
    page.wait_for_timeout(500)
