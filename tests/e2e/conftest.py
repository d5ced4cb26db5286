"""One server and one browser for each of pytest's workers; a fresh page for each test."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.find_browser import find_browser
from tests.server import free_port, serving

LOG = pytest.StashKey[Path]()
LOG_SHOWN = 4000  # characters of its end
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

LIMIT = 60_000  # ms, only there to fail

expect.set_options(timeout=LIMIT)


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[str]:
    """Serve the app for all browser tests of this worker."""
    with tempfile.NamedTemporaryFile(prefix="softmax-lab-", suffix=".log") as log:
        pytestconfig.stash[LOG] = Path(log.name)
        with serving(free_port(), Path(log.name)) as started:
            yield started.address


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the server said last below a test that failed."""
    report = yield
    log = item.config.stash.get(LOG, None)
    if report.failed and log is not None and log.exists():
        report.sections.append(("the server's log", log.read_text()[-LOG_SHOWN:]))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """Open an empty page in a context of its own; errors in its scripts fail the test."""
    context = browser.new_context(
        base_url=server, viewport={"width": 1280, "height": 900}, locale="en-US"
    )
    context.set_default_timeout(LIMIT)
    fresh = context.new_page()
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert not errors, errors


def pytest_configure() -> None:
    # A proxy of the machine's must not stand between the tests and their own server.
    os.environ["NO_PROXY"] = "localhost,127.0.0.1"
