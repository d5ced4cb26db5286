"""Streamlit's files and HTML, answered from memory."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path

import pytest
from starlette.datastructures import Headers

from pages.browser.serving import browser_files as module
from pages.browser.serving.browser_files import BrowserFiles, with_our_files
from tests.asgi import Inner, ask, messages, request, run

SCRIPT = "static/js/x.js"
CONTENT = b"let x = 1;\n" * 1000
INDEX = '<html><head><title>x</title></head><body><div id="root"></div></body></html>'
GZIP = ("Accept-Encoding", "gzip, br")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "static" / "js").mkdir(parents=True)
    (tmp_path / SCRIPT).write_bytes(CONTENT)
    (tmp_path / "static" / "font.woff2").write_bytes(b"x")
    (tmp_path / "secret.js").write_bytes(b"not below static")
    return tmp_path


@pytest.mark.parametrize("base", ["", "/course"])
def test_a_file_is_compressed_once_for_all_who_ask(
    folder: Path, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    pack = module._pack
    monkeypatch.setattr(module, "_pack", lambda path: made.append(path) or pack(path))
    inner = Inner()
    app = BrowserFiles(inner, folder, INDEX, base)
    asked = request(f"{base}/{SCRIPT}", GZIP)
    for sent in messages(app, *[asked] * 20):
        start, body = sent
        assert Headers(raw=start["headers"])["content-encoding"] == "gzip"
        assert gzip.decompress(body["body"]) == CONTENT
    assert made == [folder / SCRIPT]
    assert not inner.seen


def test_the_form_is_the_askers(folder: Path) -> None:
    app = BrowserFiles(Inner(), folder, INDEX, "")
    assert ask(app, request(f"/{SCRIPT}")).body == CONTENT
    assert ask(app, request(f"/{SCRIPT}", ("Accept-Encoding", "gzip;q=0"))).body == CONTENT
    first = ask(app, request(f"/{SCRIPT}", GZIP))
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in first.headers["cache-control"]
    again = ask(app, request(f"/{SCRIPT}", GZIP, ("If-None-Match", first.headers["etag"])))
    assert again.status == 304
    head = ask(app, request(f"/{SCRIPT}", GZIP, method="HEAD"))
    assert head.headers == first.headers


@pytest.mark.parametrize(
    ("path", "headers", "method"),
    [
        (f"/{SCRIPT}", [GZIP, ("Range", "bytes=0-9")], "GET"),
        (f"/{SCRIPT}", [GZIP], "POST"),
        ("/static/font.woff2", [GZIP], "GET"),
        ("/static/js/y.js", [GZIP], "GET"),
        ("/static/../secret.js", [GZIP], "GET"),
        ("/secret.js", [GZIP], "GET"),
        ("/media/1.html", [GZIP], "GET"),
    ],
)
def test_all_else_is_streamlits(
    folder: Path, path: str, headers: list[tuple[str, str]], method: str
) -> None:
    inner = Inner([(b"content-type", b"text/html" if "media" in path else b"text/plain")])
    app = BrowserFiles(inner, folder, INDEX, "")
    assert ask(app, request(path, *headers, method=method)).body == b"inner"
    assert dict(inner.seen[0]["headers"])[b"accept-encoding"] == b"gzip"


def test_who_takes_no_gzip_is_not_given_it_by_streamlit(folder: Path) -> None:
    inner = Inner([(b"content-type", b"text/plain")])
    app = BrowserFiles(inner, folder, INDEX, "")
    ask(app, request("/media/1", ("Accept-Encoding", "gzip;q=0, identity")))
    assert b"accept-encoding" not in dict(inner.seen[0]["headers"])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_streamlits_html_is_ours_wherever_it_answers(folder: Path, method: str) -> None:
    html = with_our_files(INDEX, "-/lab/1/lab.js", "-/lab/1/page.css")
    inner = Inner([(b"content-type", b"text/html; charset=utf-8"), (b"etag", b'"theirs"')])
    app = BrowserFiles(inner, folder, html, "")
    for path in ("/", "/softmax", "/no/such/page"):
        answer = ask(app, request(path, GZIP, method=method))
        assert gzip.decompress(answer.body).decode() == html
        assert answer.headers["cache-control"] == "no-cache"
        assert answer.headers["etag"] != '"theirs"'


def test_our_files_are_named_relative_to_the_page_and_the_style_sheet_after_streamlits() -> None:
    html = with_our_files(INDEX, "-/lab/1/lab.js", "-/lab/1/page.css")
    head = html.partition("</head>")[0]
    assert '<link rel="modulepreload" href="./-/lab/1/lab.js">' in head
    assert head.count("modulepreload") == 1
    sheet = '<link rel="stylesheet" href="./-/lab/1/page.css">\n'
    body = INDEX.replace(INDEX.partition("</head>")[0], "")
    assert html.replace(head, "") == body.replace('<div id="root">', f'{sheet}<div id="root">')


def test_an_asker_who_leaves_spoils_the_file_for_nobody(folder: Path) -> None:
    app = BrowserFiles(Inner(), folder, INDEX, "")

    async def leave_and_ask() -> bytes:
        first = asyncio.create_task(app._file(f"/{SCRIPT}"))
        await asyncio.sleep(0)
        first.cancel()
        return (await app._file(f"/{SCRIPT}")).compressed

    assert gzip.decompress(run(leave_and_ask())) == CONTENT
