"""Who may open a WebSocket."""

from __future__ import annotations

import pytest
from streamlit.web.server.starlette import starlette_websocket

from pages.browser.serving.origins import OwnWebSockets, is_own
from tests.asgi import Inner, handshake, messages

HOST = "lab.example.org"


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://lab.example.org", HOST),
        ("http://lab.example.org", HOST),
        ("https://LAB.Example.org", HOST),
        ("HTTPS://lab.example.org", "Lab.example.ORG"),
        ("https://lab.example.org:443", HOST),
        ("https://lab.example.org", f"{HOST}:443"),
        ("http://lab.example.org", f"{HOST}:80"),
        ("http://lab.example.org:8501", f"{HOST}:8501"),
        ("http://[::1]:8501", "[::1]:8501"),
        ("http://127.0.0.1:8501", "127.0.0.1:8501"),
        ("https://good.example.com", HOST),  # allowed by the settings
    ],
)
def test_our_own_pages_may(origin: str, host: str) -> None:
    assert is_own([origin], host, ["https://good.example.com", "not an origin"])


FOREIGN = [
    [""],
    [" "],
    ["null"],
    ["http://"],
    ["http://["],
    ["http://[::1"],
    ["http://]"],
    ["https://evil.example"],
    ["https://lab.example.org.evil.example"],
    ["https://evil.example/lab.example.org"],
    ["https://evillab.example.org"],
    ["https://lab.example.org@evil.example"],
    ["https://evil.example@lab.example.org"],
    ["https://user:password@lab.example.org"],
    ["https://lab.example.org:8443"],
    ["http://lab.example.org:443"],
    ["https://lab.example.org:"],
    ["https://lab.example.org:x"],
    ["https://lab.example.org/"],
    ["https://lab.example.org?"],
    ["https://lab.example.org#"],
    ["https://lab.example.org\\evil"],
    ["https://lab.example.org, https://evil.example"],
    ["https://lab.example.org https://evil.example"],
    ["lab.example.org"],
    ["//lab.example.org"],
    ["file://"],
    ["file://lab.example.org"],
    ["ws://lab.example.org"],
    ["chrome-extension://lab.example.org"],
    ["https://läb.example.org"],
    ["http://localhost"],
    ["http://127.0.0.1:8501"],
    ["https://lab.example.org", "https://evil.example"],
    ["https://lab.example.org", "https://lab.example.org"],
    ["", "https://lab.example.org"],
]


@pytest.mark.parametrize("origins", FOREIGN)
def test_no_others_may_and_nobody_outside_is_asked(
    origins: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(url: str) -> bool:
        raise AssertionError(f"outside servers are asked about {url!r}")

    monkeypatch.setattr(starlette_websocket, "is_url_from_allowed_origins", asked)
    inner = Inner()
    scope = handshake(("Host", HOST), *(("Origin", origin) for origin in origins))
    assert messages(OwnWebSockets(inner), scope) == [[{"type": "websocket.close", "code": 1008}]]
    assert not inner.seen


@pytest.mark.parametrize("host", ["[", "", "a@b", "http://["])
def test_a_broken_host_is_nobodys(host: str) -> None:
    assert not is_own([f"http://{host}"], host, [])


@pytest.mark.parametrize("origin", ["https://LAB.example.org", "https://lab.example.org:443", None])
def test_streamlit_finds_what_we_let_in_its_own(
    origin: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(url: str) -> bool:
        raise AssertionError(f"outside servers are asked about {url!r}")

    monkeypatch.setattr(starlette_websocket, "is_url_from_allowed_origins", asked)
    inner = Inner()
    origins = [] if origin is None else [("Origin", origin)]
    messages(OwnWebSockets(inner), handshake(("Host", HOST), *origins))
    headers = dict(inner.seen[0]["headers"])
    passed = headers[b"origin"].decode() if origins else None
    assert (b"origin" in headers) == bool(origins)
    assert starlette_websocket._is_origin_allowed(passed, headers[b"host"].decode())


@pytest.mark.parametrize("hosts", [[], [HOST, HOST], [HOST, "evil.example"]])
def test_a_handshake_names_one_host(hosts: list[str]) -> None:
    inner = Inner()
    headers = [("Host", host) for host in hosts]
    messages(OwnWebSockets(inner), handshake(*headers, ("Origin", f"https://{HOST}")))
    assert not inner.seen
