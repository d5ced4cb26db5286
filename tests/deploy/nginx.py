"""Start Debian's nginx on loopback with the configuration that is deployed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parent.parent.parent / "deploy"
START_LIMIT = 20  # s
MISSING = "nginx is not installed (on Debian: apt-get install nginx)"
# What the tests change: the port, and every answer says which replica it came from.
LISTEN = "listen 8080;"
TESTED = "listen 127.0.0.1:{port}{tls}; add_header X-Replica $upstream_addr always;"
TLS = " ssl; ssl_certificate {certificate}; ssl_certificate_key {certificate}"


def find_nginx() -> str:
    """Return nginx's path; without it the test is skipped, on a build machine it fails."""
    path = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if path is None:
        give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        give_up(MISSING)
    return path


def command(folder: Path, configuration: Path) -> list[str]:
    """Return nginx's command line as in compose.yaml, writing in `folder`."""
    return [find_nginx(), "-p", str(folder), "-e", "stderr", "-c", str(configuration)]


@contextmanager
def balancing(
    replicas: Sequence[int], port: int, folder: Path, certificate: Path | None = None
) -> Iterator[None]:
    """Run nginx on `port` in front of the ports `replicas`, with TLS if it has a certificate."""
    text = (DEPLOY / "nginx.conf").read_text()
    assert text.count(LISTEN) == 1
    configuration = folder / "nginx.conf"
    tls = TLS.format(certificate=certificate) if certificate else ""
    configuration.write_text(text.replace(LISTEN, TESTED.format(port=port, tls=tls)))
    servers = "".join(f"server 127.0.0.1:{replica};\n" for replica in replicas)
    (folder / "replicas.conf").write_text(servers)
    with subprocess.Popen(command(folder, configuration)) as process:
        try:
            await_port(process, port)
            yield
        finally:
            process.terminate()


def await_port(process: subprocess.Popen[bytes], port: int) -> None:
    """Wait until nginx takes connections."""
    deadline = time.monotonic() + START_LIMIT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx did not start: what it said is above")
