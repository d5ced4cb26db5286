"""The servers that are measured: the app, and bare apps with this project's settings or none."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server import ROOT, free_port

BARE = Path(__file__).parent / "bare"
APP = ROOT / "app.py"
SLIDER = BARE / "slider.py"
TWO_PAGES = BARE / "two_pages.py"
START_LIMIT = 60  # s
POLL = 0.01  # s


@contextmanager
def serving(script: Path, *, stock: bool = False) -> Iterator[str]:
    """Serve a script, with this project's settings or Streamlit's own; its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    address = f"http://localhost:{port}"
    # Streamlit reads its settings from the folder in which it is started.
    with (
        tempfile.TemporaryDirectory() as empty,
        subprocess.Popen(
            [*command, "--server.headless", "true"],
            cwd=empty if stock else ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        try:
            _await_health(process, address)
            yield address
        finally:
            process.terminate()


def _await_health(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310 (our own)
                return
        except OSError:
            time.sleep(POLL)
    message = f"{process.args!r} did not start"
    raise RuntimeError(message)
