"""The front door: who is let in, what every answer carries, and that every page lives with it."""

from __future__ import annotations

import gzip
import json
import socket
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from pages.visit.lessons import LESSONS
from pages.writing.wording import wording
from tests.e2e.instrument import load_bench
from tests.e2e.lesson import all_drawn, at_rest, open_whole, screens_of, shows
from tests.e2e.uploads import give, own_csv

EN = wording("en")
HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{origin}\r\n"
)
FIRST_PAGE = 1_500_000  # bytes


def answer(server: str, *origins: str) -> str:
    """Return the status line of a WebSocket's handshake."""
    host = urlsplit(server).netloc
    name, _, port = host.partition(":")
    lines = "".join(f"Origin: {origin}\r\n" for origin in origins)
    with socket.create_connection((name, int(port)), timeout=30) as connection:
        connection.sendall(HANDSHAKE.format(host=host, origin=lines).encode())
        return connection.recv(4096).decode("latin-1").partition("\r\n")[0]


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org",
        "null",
        "http://localhost:1",
        "",
        "http://[",
        "http://user@{host}",
        "http://{host}, https://example.org",
    ],
)
def test_another_hosts_page_opens_no_websocket(server: str, origin: str) -> None:
    assert " 403 " in answer(server, origin.format(host=urlsplit(server).netloc))


def test_two_origins_are_none(server: str) -> None:
    assert " 400 " in answer(server, server, server)  # the server's own protocol says so


def test_our_own_page_and_a_program_do(server: str) -> None:
    assert " 101 " in answer(server, server)
    assert " 101 " in answer(server, server.upper())
    assert " 101 " in answer(server)


def test_every_answer_has_the_headers(server: str) -> None:
    for path in ("/", "/health", "/jacobian"):
        with urlopen(server + path, timeout=30) as page:  # noqa: S310 (our own)
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
            assert page.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["metrics", "metrics?families=active_sessions", "agent/mcp"])
def test_the_metrics_are_closed(server: str, path: str) -> None:
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{server}/_stcore/{path}", timeout=30)  # noqa: S310 (our own)


def test_no_page_around_the_lab_steers_it(server: str) -> None:
    with urlopen(f"{server}/_stcore/host-config", timeout=30) as told:  # noqa: S310 (our own)
        assert json.load(told)["allowedOrigins"] == []


def test_what_is_sent_is_compressed_for_those_who_take_it(browser: Browser, server: str) -> None:
    context = browser.new_context(base_url=server, locale="en-US")  # what is in memory is not sent
    page = context.new_page()
    load_bench(page)
    paths = page.evaluate(
        """() => performance.getEntriesByType("resource").map(entry => new URL(entry.name))
            .filter(url => /[.](js|css)$/.test(url.pathname)).map(url => url.pathname)"""
    )
    assert len(paths) > 50
    for path in ["/", "/softmax", *paths[::9], *[path for path in paths if "/-/lab/" in path]]:
        bodies = []
        for accepted in ("gzip, deflate, br", "identity", "gzip;q=0"):
            wanted = Request(server + path, headers={"Accept-Encoding": accepted})  # noqa: S310
            with urlopen(wanted, timeout=30) as got:  # noqa: S310 (our own)
                squeezed = got.headers["Content-Encoding"] == "gzip"
                assert squeezed == accepted.startswith("gzip, "), (path, accepted)
                bodies.append(gzip.decompress(got.read()) if squeezed else got.read())
        assert bodies[0] == bodies[1] == bodies[2], path
    context.close()


def test_a_first_visit_takes_little_and_our_files_come_at_once(
    browser: Browser, server: str
) -> None:
    context = browser.new_context(base_url=server, locale="en-US")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    frames: list[int] = []
    network.on(
        "Network.webSocketFrameReceived",
        lambda event: frames.append(len(event["response"]["payloadData"]) * 3 // 4),
    )
    asked_by: list[str] = []
    network.on(
        "Network.requestWillBeSent",
        lambda event: (
            asked_by.append(event["initiator"]["type"])
            if "/-/lab/" in event["request"]["url"]
            else 0
        ),
    )
    load_bench(page)
    assert sum(sizes) + sum(frames) < FIRST_PAGE
    # The modules and the style sheet, named in the HTML.
    assert asked_by == ["parser", "parser"]
    context.close()


def test_no_page_breaks_the_policy(own_page: Page) -> None:
    broken: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            broken.append(message.text)

    own_page.on("console", hear)
    load_bench(own_page)
    for name in LESSONS:
        own_page.get_by_test_id("stSidebarNavLink").filter(has_text=EN(f"nav.{name}")).first.click()
        own_page.wait_for_url(f"**/{name.replace('_', '-')}?**")
        shows(own_page, screens_of(name)[0])
        all_drawn(own_page)
        if name == "training":
            choice = EN("training.data.csv")
            own_page.get_by_role("radio", name=choice, exact=True).click()
            give(own_page, own_csv())
            expect(own_page.get_by_text(EN("training.upload.read", name="own.csv"))).to_be_visible()
    open_whole(own_page, "softmax", "lang=en")
    all_drawn(own_page)
    for path in ("notation", "practice?kind=numbers", "practice?kind=derive"):
        own_page.goto(f"/{path}")
        expect(own_page.get_by_role("heading", level=1)).to_be_visible()
        at_rest(own_page)
    assert broken == []
    # It is in force, and a breach is heard: a script in the page, and a text that would be one.
    for breach in (
        "document.head.append(Object.assign(document.createElement('script'), {text: 'ran = 1'}))",
        "setTimeout('ran = 1')",
    ):
        with own_page.expect_console_message(lambda said: "Content Security Policy" in said.text):
            own_page.evaluate(f"() => {{ {breach} }}")
    assert own_page.evaluate("typeof ran") == "undefined"
