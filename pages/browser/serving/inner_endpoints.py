"""Streamlit's own endpoints: those that a page uses are open, no others."""

from __future__ import annotations

import re

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_INNER = "_stcore"
# The metrics tell how many learners there are, the agents' interface that it is off.
_OPEN = re.compile(rf"/{_INNER}/(health|host-config|stream|upload_file/.+)")
# Nobody logs in here, and there are no components of Streamlit's first kind.
_UNUSED = re.compile(r"/(auth|component)/.*|/oauth2callback")


class InnerEndpoints:
    """Answer 404 for what is Streamlit's and of no use to a page."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on if it is for a page."""
        if scope["type"] == "http":
            path = scope["path"].removeprefix(self.base)
            closed = _INNER in path.split("/") and not _OPEN.fullmatch(path)
            if closed or _UNUSED.fullmatch(path):
                await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
                return
        await self.app(scope, receive, send)
