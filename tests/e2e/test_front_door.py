"""The front door: who is let in, and what every answer carries."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{origin}\r\n"
)


def answer(server: str, origin: str) -> str:
    """Return the status line of a WebSocket's handshake."""
    host = urlsplit(server).netloc
    name, _, port = host.partition(":")
    line = f"Origin: {origin}\r\n" if origin else ""
    with socket.create_connection((name, int(port)), timeout=30) as connection:
        connection.sendall(HANDSHAKE.format(host=host, origin=line).encode())
        return connection.recv(4096).decode("latin-1").partition("\r\n")[0]


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://localhost:1"])
def test_another_hosts_page_opens_no_websocket(server: str, origin: str) -> None:
    assert " 403 " in answer(server, origin)


def test_our_own_page_and_a_program_do(server: str) -> None:
    assert " 101 " in answer(server, server)
    assert " 101 " in answer(server, "")


def test_every_answer_has_the_headers(server: str) -> None:
    for path in ("/", "/health", "/jacobian"):
        with urlopen(server + path, timeout=30) as page:  # noqa: S310 (our own)
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
            assert page.headers["X-Content-Type-Options"] == "nosniff"
