"""One server and one browser for each of pytest's workers, and a tab for its tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.e2e.find_browser import find_light_browser
from tests.e2e.lesson import in_scheme, leave
from tests.server import free_port, serving

LOG = pytest.StashKey[Path]()
LOG_SHOWN = 4000  # characters of its end
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Each worker has one processor: threads that compile and collect beside the page cost it more. A
# script is found among what the process has compiled unless it is compiled while it comes; and only
# what runs very often, as axe does, earns back what optimizing it takes.
SCRIPTS = (
    "--js-flags=--single-threaded --no-script-streaming --no-turbofan"
    " --interrupt-budget-for-maglev=800000"
)
# All pages of a context live in one process, whose memory keeps the files for them; a page's
# scripts, and what these hold, are its own.
ONE_PROCESS = "--process-per-site"

Standing: TypeAlias = Callable[[BrowserContext], AbstractContextManager[Page]]
SIZE: ViewportSize = {"width": 1280, "height": 900}
# All but what is served, and the cookie that a standing page uploads with.
VISITORS = "local_storage,indexeddb,service_workers,cache_storage"

# `moduleOf(file)` is the front end's module of a name, as the page has loaded it.
MODULE = """window.moduleOf = async file => {
    const { href } = document.querySelector("link[rel=modulepreload][href*='/-/lab/']");
    return (await import(href)).moduleOf(file);
};"""

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
        chromium = playwright.chromium.launch(
            executable_path=find_light_browser(), args=[*FLAGS, SCRIPTS, ONE_PROCESS]
        )
        yield chromium
        chromium.close()


@contextmanager
def context_at(
    browser: Browser, address: str, *, has_touch: bool = False
) -> Iterator[BrowserContext]:
    """Open a context for the pages of a server, which keeps what is served, as a browser does."""
    opened = browser.new_context(
        base_url=address,
        viewport=SIZE,
        locale="en-US",
        has_touch=has_touch,
        reduced_motion="reduce",  # what only moves to please is drawn by the processor
    )
    opened.set_default_timeout(LIMIT)
    opened.add_init_script(MODULE)
    opened.new_page().goto("/_stcore/health")  # a process ends with its last page
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """Open the context of all tests' pages."""
    with context_at(browser, server) as opened:
        yield opened


@pytest.fixture(scope="session")
def touch_context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    """Open the context of all tests' pages that have a finger."""
    with context_at(browser, server, has_touch=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def standing(server: str, request: pytest.FixtureRequest) -> Standing:
    """Keep the tab that stands in each context; called with one, give it for a test."""
    return partial(standing_page, server=server, tabs={}, session=request.session)


@pytest.fixture
def page(context: BrowserContext, standing: Standing) -> Iterator[Page]:
    """Give the tab in which the tests take their links one after the other (lesson.move)."""
    with standing(context) as tab:
        yield tab


@pytest.fixture
def phone(touch_context: BrowserContext, standing: Standing) -> Iterator[Page]:
    """Give the tab of a phone: a narrow screen, and fingers."""
    with standing(touch_context) as tab:
        tab.set_viewport_size({"width": 390, "height": 844})
        yield tab


@pytest.fixture
def own_page(context: BrowserContext, server: str) -> Iterator[Page]:
    """Open an empty page of a new visitor: for what stays with a page, as listeners and routes."""
    with fresh_page(context, server) as fresh:
        yield fresh


@dataclass
class Tab:
    """A page and the errors of its scripts."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))


@contextmanager
def standing_page(
    context: BrowserContext, server: str, tabs: dict[BrowserContext, Tab], session: pytest.Session
) -> Iterator[Page]:
    """Give the tab that stands, empty or at the exercises; one whose test failed is closed."""
    failed = session.testsfailed
    tab = tabs.pop(context, None) or Tab(context.new_page())
    try:
        if tab.page.url != "about:blank":
            tab.page.set_viewport_size(SIZE)
            tab.page.emulate_media(media="screen", reduced_motion="reduce")
            in_scheme(tab.page, "light")
            tab.page.mouse.move(0, 0)
            leave(tab.page)
        with visiting(context, server, tab):
            yield tab.page
        if session.testsfailed == failed:
            tabs[context] = tab
    finally:
        if context not in tabs:
            tab.page.close()


@contextmanager
def fresh_page(context: BrowserContext, server: str) -> Iterator[Page]:
    """Open an empty page of a new visitor; errors in its scripts fail the test."""
    tab = Tab(context.new_page())
    try:
        with visiting(context, server, tab):
            yield tab.page
    finally:
        tab.page.close()


@contextmanager
def visiting(context: BrowserContext, server: str, tab: Tab) -> Iterator[None]:
    """Let a new visitor use a page; errors in its scripts fail the test."""
    standing = context.pages
    storage = context.new_cdp_session(tab.page)
    storage.send("Storage.clearDataForOrigin", {"origin": server, "storageTypes": VISITORS})
    storage.detach()
    yield
    for opened in context.pages:
        if opened not in standing:
            opened.close()
    context.clear_permissions()
    assert not tab.errors, tab.errors


def pytest_configure() -> None:
    # A proxy of the machine's must not stand between the tests and their own server.
    os.environ["NO_PROXY"] = "localhost,127.0.0.1"
