"""Who may open a WebSocket: this app's own pages, and programs, which name no origin."""

from __future__ import annotations

import re

import streamlit as st
from starlette.types import ASGIApp, Receive, Scope, Send

# What a browser sends for a page from the web: no user, no path, no query.
_ORIGIN = re.compile(r"(https?)://((?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?)")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def is_own(origins: list[str], host: str, allowed: list[str]) -> bool:
    """Tell whether the `Origin` headers of a handshake are this host's, or one that is allowed.

    Case and a port that the scheme implies make no difference. None at all is a program.
    """
    if not origins:
        return True
    if len(origins) > 1:
        return False
    origin = _plain(origins[0])
    if origin is None:
        return False
    scheme = origin.partition("://")[0]
    return origin in (_plain(f"{scheme}://{host}"), *map(_plain, allowed))


def _plain(origin: str) -> str | None:
    """Return an origin in one form for all that mean the same, None if it is not one."""
    parts = _ORIGIN.fullmatch(origin.strip().lower())
    if parts is None:
        return None
    scheme, host = parts.groups()
    return f"{scheme}://{host.removesuffix(_DEFAULT_PORTS[scheme])}"


class OwnWebSockets:
    """Turn a WebSocket away that a page of another host opens.

    Streamlit does so as well, but where the origin is not letter for letter the host's it asks
    outside servers for its own address first, and holds all other learners up while it waits: a
    few such handshakes could stall a class. So it is given the host's own letters.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on if it comes from here, or from where the settings allow."""
        if scope["type"] == "websocket":
            origins, hosts = (
                [value.decode("latin-1") for name, value in scope["headers"] if name == wanted]
                for wanted in (b"origin", b"host")
            )
            allowed = st.get_option("server.corsAllowedOrigins")
            if len(hosts) != 1 or not is_own(origins, hosts[0], allowed):
                await send({"type": "websocket.close", "code": 1008})
                return
            headers = [pair for pair in scope["headers"] if pair[0] != b"origin"]
            if origins:
                headers.append((b"origin", f"http://{hosts[0]}".encode("latin-1")))
            scope = {**scope, "headers": headers}
        await self.app(scope, receive, send)
