"""A server of our own: for browser tests and for scripted learners."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
START_LIMIT = 60  # s
POLL = 0.01  # s


class Server(NamedTuple):
    """A server that answers: its address without a final slash, and its process."""

    address: str
    process: subprocess.Popen[bytes]

    @property
    def pid(self) -> int:
        """The process's number."""
        return self.process.pid


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    port: int,
    log: Path,
    folder: Path = ROOT,
    script: Path = Path("app.py"),
    *,
    module: str = "tests.unrehearsed",
) -> Iterator[Server]:
    """Serve a script in `folder` with the settings that lie there.

    module   what runs it: "streamlit" prepares for a class, as `make run` does
    """
    command = [sys.executable, "-m", module, "run", str(script)]
    options = ["--server.port", str(port), "--server.headless", "true"]
    address = f"http://localhost:{port}"
    # A file takes all that the server says; a pipe that no one reads would stop it when full.
    with (
        log.open("a") as said,
        subprocess.Popen(
            [*command, *options], cwd=folder, stdout=said, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            _await_health(process, address, log)
            yield Server(address, process)
        finally:
            process.terminate()


def _await_health(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped: {log.read_text()}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310 (our own)
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(POLL)
    raise RuntimeError(f"the server did not answer within {START_LIMIT} s: {log.read_text()}")
