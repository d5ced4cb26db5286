"""Addresses below a base path, as they come through one proxy or another."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from pages.browser.serving import base_path as module
from pages.browser.serving.base_path import BelowBase, base_path
from pages.browser.serving.inner_endpoints import InnerEndpoints
from tests.asgi import Inner, ask, handshake, messages, request

BASES = ["", "/course", "/lab", "/a/b", "/static", "/课程"]
INNER = ["/", "/softmax", "/health", "/_stcore/health", "/static/js/x.js", "/-/lab/1/bench.js"]


def below(base: str, inner: Inner, monkeypatch: pytest.MonkeyPatch) -> BelowBase:
    monkeypatch.setattr(module, "base_path", lambda: base)
    return BelowBase(inner)


@pytest.mark.parametrize(
    ("option", "base"),
    [
        ("", ""),
        ("/", ""),
        ("course", "/course"),
        ("/course/", "/course"),
        ("//course//", "/course"),
        ("a/b/", "/a/b"),
    ],
)
def test_slashes_at_its_ends_do_not_matter(
    option: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.st, "get_option", {"server.baseUrlPath": option}.get)
    assert base_path() == base


@pytest.mark.parametrize("base", BASES)
def test_what_is_taken_off_on_the_way_comes_back(
    base: str, monkeypatch: pytest.MonkeyPatch, subtests: pytest.Subtests
) -> None:
    for path in INNER:
        with subtests.test(path=path):
            inner = Inner()
            app = below(base, inner, monkeypatch)
            whole = handshake(path=base + path), request(base + path)
            # Of a part of Streamlit's own below a base of the same name it cannot be told what was
            # taken off.
            alike = base and path.startswith(f"{base}/")
            taken = [] if alike else [handshake(path=path), request(path)]
            messages(app, *whole, *taken)
            assert len(inner.seen) >= 2
            assert {scope["path"] for scope in inner.seen} == {base + path}


@pytest.mark.parametrize(
    ("base", "path", "page"),
    [
        ("", "/softmax/", "/softmax"),
        ("", "/a/b/", "/a/b"),
        ("/course", "/course", "/course/"),
        ("/a/b", "/a/b", "/a/b/"),
        ("/course", "/course/softmax/", "/course/softmax"),
        ("/course", "/softmax/", "/softmax"),
    ],
)
@pytest.mark.parametrize("outside", ["", "/school/x"])
def test_a_slash_too_few_or_too_many_is_mended_behind_any_proxy(
    base: str, path: str, page: str, outside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = ask(below(base, Inner(), monkeypatch), request(path, query_string=b"z=1,2&lang=zh"))
    assert answer.status == 307
    here = f"https://example.org{outside}{path}"
    expected = f"https://example.org{outside}{page}?z=1,2&lang=zh"
    assert urljoin(here, answer.headers["location"]) == expected


def test_each_slash_too_many_is_gone_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by urljoin, which takes empty parts of a path for none.
    answer = ask(below("", Inner(), monkeypatch), request("/a/softmax//"))
    assert answer.headers["location"] == "../../softmax"


@pytest.mark.parametrize("path", ["/", "//evil.example/", "/softmax", "//evil.example//"])
def test_nothing_else_is_sent_elsewhere(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = Inner()
    assert ask(below("", inner, monkeypatch), request(path)).status == 200
    assert inner.seen[0]["path"] == path


@pytest.mark.parametrize("base", BASES)
def test_only_the_endpoints_that_pages_use_are_open(base: str) -> None:
    inner = Inner()
    app = InnerEndpoints(inner, base)
    opened = ["health", "host-config", "stream", "upload_file/session/file"]
    closed = [
        "metrics",
        "metrics/",
        "/metrics",
        "health/../metrics",
        "",
        "script-health-check",
        "agent/openapi.json",
        "agent/interact",
        "upload_file/",
        "message",
    ]
    for name in opened:
        assert ask(app, request(f"{base}/_stcore/{name}")).status == 200, name
    for name in closed:
        for start in ("", "/softmax", "/a/b"):
            for method in ("GET", "HEAD", "POST", "OPTIONS"):
                path = f"{base}{start}/_stcore/{name}"
                assert ask(app, request(path, method=method)).status == 404, path
    for name in ("auth/login", "auth/logout", "oauth2callback", "component/x/index.html"):
        assert ask(app, request(f"{base}/{name}")).status == 404, name
    for name in ("softmax", "", "media/1", "static/js/x.js"):
        assert ask(app, request(f"{base}/{name}")).status == 200, name
