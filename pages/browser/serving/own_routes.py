"""Routes of our own below the base path."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import BaseRoute, Router
from starlette.types import ASGIApp, Receive, Scope, Send


class OwnRoutes:
    """Answer on our own routes; pass all else on.

    Streamlit takes routes as well, but none below a base path that is called like a part of its
    own, `static` or `media`.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self.app = app
        self.router = Router(routes, default=app, redirect_slashes=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look for a route, and pass the call on where there is none."""
        inner = self.app if scope["type"] == "lifespan" else self.router
        await inner(scope, receive, send)
