"""One server and one browser for all browser tests; a fresh page for each test."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.find_browser import find_browser

ROOT = Path(__file__).parent.parent.parent
START_LIMIT = 60  # s
LOG = pytest.StashKey[Path]()
LOG_SHOWN = 4000  # characters of its end
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

expect.set_options(timeout=15_000)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def app_process(port: int, log: Path, folder: Path = ROOT) -> Iterator[subprocess.Popen[bytes]]:
    """Serve the app in `folder` as `make run` does."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    # A file takes all that the server says; a pipe that no one reads would stop it when full.
    with (
        log.open("a") as said,
        subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT) as process,
    ):
        try:
            _await_health(process, f"http://localhost:{port}", log)
            yield process
        finally:
            process.terminate()


@contextmanager
def serving(port: int, log: Path) -> Iterator[str]:
    """Serve the app; the address without a final slash."""
    with app_process(port, log):
        yield f"http://localhost:{port}"


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[str]:
    """Serve the app for all browser tests."""
    with tempfile.NamedTemporaryFile(prefix="softmax-lab-", suffix=".log") as log:
        pytestconfig.stash[LOG] = Path(log.name)
        with serving(free_port(), Path(log.name)) as address:
            yield address


def _await_health(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310 (our own)
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the server did not answer within {START_LIMIT} s: {log.read_text()}")


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
    fresh = context.new_page()
    errors: list[str] = []
    fresh.on("pageerror", lambda error: errors.append(str(error)))
    yield fresh
    context.close()
    assert not errors, errors


def pytest_configure() -> None:
    # A proxy of the machine's must not stand between the tests and their own server.
    os.environ["NO_PROXY"] = "localhost,127.0.0.1"
