"""The front door: what `streamlit run app.py` serves. Headers, health and start-up; no widgets."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit.file_util import get_static_dir

# NumPy reads it when it is imported. Of two threads on a small product one waits for the other, and
# keeps its core busy: two hundred steps on the digits took 0.4 to 0.9 s instead of 0.1 s.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pages.browser.assets import MODULES, PAGE_STYLE, ROUTES
from pages.browser.serving.base_path import BelowBase, base_path
from pages.browser.serving.browser_files import BrowserFiles, with_our_files
from pages.browser.serving.descriptors import RoomLeft, nearly_used_up, raise_limit
from pages.browser.serving.headers import Headers, framing_hosts, security_headers
from pages.browser.serving.housekeeping import housekeeping
from pages.browser.serving.inner_endpoints import InnerEndpoints
from pages.browser.serving.last_upload import LastUploadOnly
from pages.browser.serving.origins import OwnWebSockets
from pages.browser.serving.own_routes import OwnRoutes
from pages.browser.serving.page_changes import PageChanges

MOST_DESCRIPTORS = 256  # open at start-up: a dozen


async def health(_request: Request) -> JSONResponse:
    """Answer a load balancer: this process takes learners, or (503) has no room for another."""
    full = nearly_used_up()
    return JSONResponse(
        {"status": "full" if full else "ok"},
        status_code=503 if full else 200,
        headers={"Cache-Control": "no-store"},
    )


def answer_without_delay() -> None:
    """Set TCP_NODELAY on the sockets that are open: the one Streamlit listens on is among them.

    An answer is several small messages. Without it the second waits until the first is
    acknowledged, up to 40 ms. asyncio sets it on sockets that name their protocol; Streamlit's
    says 0. What a listening socket has set, the connections it accepts inherit.
    """
    for descriptor in range(MOST_DESCRIPTORS):
        try:
            copy = os.dup(descriptor)
        except OSError:  # not open
            continue
        try:
            opened = socket.socket(fileno=copy)
        except OSError:  # no socket
            os.close(copy)
            continue
        with opened:
            if opened.type == socket.SOCK_STREAM and opened.family != socket.AF_UNIX:
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Prepare the process once its imports are done."""
    raise_limit()
    answer_without_delay()
    async with housekeeping():
        yield {}


BASE = base_path()
STATIC = Path(get_static_dir())
INDEX = (STATIC / "index.html").read_text()
# An upload stays in memory while it comes: a folder for what is larger than a megabyte may be full.
MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 1) * 2**20

FRAMED_BY = framing_hosts(os.environ.get("EMBED_HOSTS", ""))

app = st.App(
    "pages/router.py",
    middleware=[  # from the outside inwards
        Middleware(Headers, security_headers(INDEX, FRAMED_BY), framed=bool(FRAMED_BY)),
        Middleware(BelowBase),
        Middleware(InnerEndpoints, BASE),
        Middleware(OwnWebSockets),
        Middleware(RoomLeft),
        Middleware(LastUploadOnly),
        Middleware(PageChanges),
        Middleware(OwnRoutes, [Route(f"{BASE}/health", health), *ROUTES]),
        Middleware(BrowserFiles, STATIC, with_our_files(INDEX, MODULES, PAGE_STYLE), BASE),
    ],
    lifespan=lifespan,
)
