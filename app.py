"""The front door: what `streamlit run app.py` serves. Headers, health and start-up; no widgets."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# NumPy reads it when it is imported. Of two threads on a small product one waits for the other, and
# keeps its core busy: two hundred steps on the digits took 0.4 to 0.9 s instead of 0.1 s.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pages.blocks.assets import ROUTES
from pages.blocks.serving.housekeeping import housekeeping

HEADERS = {
    # Scripts come from this server alone; Streamlit itself needs inline styles, blobs and eval.
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' ws: wss: blob: data:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
        )
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

MOST_DESCRIPTORS = 256  # open at start-up: a dozen


class Headers:
    """Add HEADERS to every HTTP answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, with the answer's start changed on its way back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
                message["headers"] = [*message.get("headers", ()), *extra]
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OwnWebSockets:
    """Turn a WebSocket away that a page of another host opens.

    Streamlit does so as well, but asks outside servers for its own address first, and holds all
    other learners up while it waits: a few such handshakes could stall a class.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on if it comes from here, or from where the settings allow."""
        if scope["type"] == "websocket":
            headers = dict(scope["headers"])
            origin = headers.get(b"origin", b"").decode("latin-1")
            host = headers.get(b"host", b"").decode("latin-1")
            allowed = st.get_option("server.corsAllowedOrigins")
            if origin and urlsplit(origin).netloc != host and origin not in allowed:
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)


async def health(_request: Request) -> JSONResponse:
    """Answer a load balancer: this process takes requests."""
    return JSONResponse({"status": "ok"})


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
    answer_without_delay()
    async with housekeeping():
        yield {}


app = st.App(
    "pages/router.py",
    routes=[Route("/health", health), *ROUTES],
    middleware=[Middleware(Headers), Middleware(OwnWebSockets)],
    lifespan=lifespan,
)
