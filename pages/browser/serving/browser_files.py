"""The browser's side of Streamlit: its files compressed once, its HTML with our files named.

Streamlit leaves compression to a proxy. A class's server often has none, and its first page would
be 3.2 MB; compressed it is less than half.
"""

from __future__ import annotations

import asyncio
import mimetypes
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.browser.serving.packed import ASK_AGAIN, FOR_EVER, Packed, packed, takes_gzip

_COMPRESSIBLE = {".js", ".css", ".json", ".svg", ".html"}
_HTML = b"text/html"
_ROOT = '<div id="root">'


def with_our_files(index: str, modules: str, style: str) -> str:
    """Return Streamlit's HTML naming our modules and style sheet, to be loaded along with its own.

    Without it the browser would learn of the modules from the first component, when all else
    stands. The sheet comes after the head, to which Streamlit adds its styles
    as it goes: of two rules that weigh the same, the later one wins.
    """
    link = f'<link rel="modulepreload" href="./{modules}">\n'
    head, end, rest = index.partition("</head>")
    before, root, after = rest.partition(_ROOT)
    if not root:
        raise ValueError(f"Streamlit's HTML has no {_ROOT}.")
    return f'{head}{link}{end}{before}<link rel="stylesheet" href="./{style}">\n{root}{after}'


class BrowserFiles:
    """Answer for the files in Streamlit's static folder, and for its HTML, from memory."""

    def __init__(self, app: ASGIApp, folder: Path, index: str, base: str) -> None:
        self.app = app
        self.index = packed(index.encode(), "text/html")
        self.base = base
        self.paths = {
            f"{base}/{path.relative_to(folder).as_posix()}": path
            for path in (folder / "static").rglob("*")
            if path.suffix in _COMPRESSIBLE
        }
        self.files: dict[str, asyncio.Task[Packed]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for one of the files; pass all else on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        reads = scope["method"] in ("GET", "HEAD")
        path = scope["path"]
        if reads and path in self.paths and "range" not in headers:
            file = await self._file(path)
            await file.answer(headers, FOR_EVER)(scope, receive, send)
            return
        # What we do not compress Streamlit may, but it reads "gzip;q=0" as a wish for gzip.
        asked = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        if takes_gzip(headers.get("accept-encoding", "")):
            asked.append((b"accept-encoding", b"gzip"))
        inner = {**scope, "headers": asked}
        if not reads or path.startswith(f"{self.base}/media/"):
            await self.app(inner, receive, send)
            return
        # Which paths are pages Streamlit knows: it answers each of them with its HTML.
        is_page = False

        async def send_ours(message: Message) -> None:
            nonlocal is_page
            if message["type"] == "http.response.start":
                kind = dict(message["headers"]).get(b"content-type", b"")
                is_page = message["status"] in (200, 206) and kind.startswith(_HTML)
            if not is_page:
                await send(message)

        await self.app(inner, receive, send_ours)
        if is_page:
            await self.index.answer(headers, ASK_AGAIN)(scope, receive, send)

    async def _file(self, path: str) -> Packed:
        """Return a file, compressed when it is first asked for: once, whoever else asks then."""
        if path not in self.files:
            self.files[path] = asyncio.create_task(asyncio.to_thread(_pack, self.paths[path]))
        return await asyncio.shield(self.files[path])


def _pack(path: Path) -> Packed:
    kind, _ = mimetypes.guess_type(path.name)
    return packed(path.read_bytes(), kind or "application/octet-stream")
