"""The balancer before two stand-ins for the app: who goes where, and what is passed on."""

from __future__ import annotations

import http.client
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.deploy.nginx import balancing
from tests.server import free_port

HOST = "lab.example.org:8443"
NEWCOMERS = 60
UPLOAD = 3 * 1024 * 1024


class Replica(BaseHTTPRequestHandler):
    """Answer with the headers and the size of what came."""

    def do_GET(self) -> None:
        size = len(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        said = json.dumps({**self.headers, "size": size}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_PUT = do_GET  # noqa: N815 (the name that http.server calls)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def replica(port: int) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", port), Replica) as server:
        thread = Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


class Balancer:
    """nginx before two replicas, of which one can be taken away."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self.ports = [free_port(), free_port()]
        self.stacks = [stack.enter_context(ExitStack()) for _ in self.ports]
        for port, own in zip(self.ports, self.stacks, strict=True):
            own.enter_context(replica(port))
        self.port = free_port()
        stack.enter_context(balancing(self.ports, self.port, folder))

    def ask(
        self, body: bytes | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Send a request; a header's name is written with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = {"Host": HOST, **{name.replace("_", "-"): text for name, text in headers.items()}}
        connection.request("PUT" if body else "GET", "/", body, sent)
        answer = connection.getresponse()
        said = answer.read()
        connection.close()
        return answer, said

    def newcomer(self) -> tuple[str, str]:
        """Return a newcomer's cookie, and the replica that answered."""
        answer, _ = self.ask()
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        return cookie, answer.headers["X-Replica"]

    def replica_of(self, cookie: str) -> str:
        answer, _ = self.ask(Cookie=cookie)
        assert answer.status == 200
        assert "Set-Cookie" not in answer.headers
        # Tried one after the other, the last one answered.
        return str(answer.headers["X-Replica"]).rsplit(", ", 1)[-1]


@pytest.fixture
def balancer(tmp_path: Path) -> Iterator[Balancer]:
    with ExitStack() as stack:
        yield Balancer(stack, tmp_path)


def test_learners_are_spread_and_stay(balancer: Balancer) -> None:
    learners = dict(balancer.newcomer() for _ in range(NEWCOMERS))
    assert len(learners) == NEWCOMERS
    count = Counter(learners.values())
    assert len(count) == 2
    assert min(count.values()) > NEWCOMERS / 6
    for cookie, replica_name in learners.items():
        assert {balancer.replica_of(cookie) for _ in range(3)} == {replica_name}


def test_a_dead_replicas_learners_go_to_the_other(balancer: Balancer) -> None:
    learners = dict(balancer.newcomer() for _ in range(12))
    balancer.stacks[0].close()
    alive = f"127.0.0.1:{balancer.ports[1]}"
    assert {balancer.replica_of(cookie) for cookie in learners} == {alive}


def test_what_the_app_is_told(balancer: Balancer) -> None:
    _, said = balancer.ask(Upgrade="websocket", Connection="Upgrade", Origin=f"https://{HOST}")
    headers = json.loads(said)
    assert headers["Host"] == HOST  # the Origin's, or Streamlit refuses the WebSocket
    assert headers["Upgrade"] == "websocket"
    assert headers["Connection"] == "upgrade"
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert headers["X-Forwarded-Proto"] == "http"
    _, said = balancer.ask(X_Forwarded_Proto="https")
    headers = json.loads(said)
    assert headers["X-Forwarded-Proto"] == "https"
    assert "Upgrade" not in headers


@pytest.mark.parametrize(
    ("proto", "framed"), [("https", True), ("https, http", True), ("http", False), (None, False)]
)
def test_the_cookie_goes_into_a_frame_over_https(
    balancer: Balancer, proto: str | None, *, framed: bool
) -> None:
    answer, _ = balancer.ask(**({} if proto is None else {"X_Forwarded_Proto": proto}))
    _, *attributes = answer.headers["Set-Cookie"].split("; ")
    ways = ["SameSite=None", "Secure", "Partitioned"] if framed else ["SameSite=Lax"]
    assert attributes == ["Path=/", "HttpOnly", *ways]


def test_uploads_are_taken_up_to_their_limit(balancer: Balancer) -> None:
    _, said = balancer.ask(bytes(UPLOAD + 4096))
    assert json.loads(said)["size"] == UPLOAD + 4096
    answer, _ = balancer.ask(bytes(2 * UPLOAD))
    assert answer.status == 413
