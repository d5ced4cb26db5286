"""The path below which the app is served, and addresses brought to the form that is served.

`server.baseUrlPath` names it. A proxy may take it off on the way here, or leave it on: what comes
without it gets it back, so that both arrive at the same.
"""

from __future__ import annotations

import streamlit as st
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send


def base_path() -> str:
    """Return the path below which the app lives: "" or "/course", without a slash at its end."""
    path: str = st.get_option("server.baseUrlPath") or ""
    return f"/{path.strip('/')}".rstrip("/")


class BelowBase:
    """Complete what a proxy took off, and send the reader on to where relative links hold."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base = base_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on below the base path, or redirect it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if scope["type"] == "http" and (place := self._moved(path)):
            query = scope["query_string"].decode("latin-1")
            answer = RedirectResponse(f"{place}?{query}" if query else place)
            await answer(scope, receive, send)
            return
        if not f"{path}/".startswith(f"{self.base}/"):
            scope = {**scope, "path": self.base + path}
        await self.app(scope, receive, send)

    def _moved(self, path: str) -> str:
        """Return where a page is that was asked for with a slash too few or too many.

        Relative to the address: this side of a proxy does not know what it begins with. Streamlit
        names it from the root.
        """
        if self.base and path == self.base:
            return f"{path.rpartition('/')[2]}/"
        bare = path.rstrip("/")
        slashes = len(path) - len(bare)
        if not slashes or bare in ("", self.base) or "//" in bare:
            return ""
        return "../" * slashes + bare.rpartition("/")[2]
