"""File descriptors: as many as the system lets us have, and whether they are nearly used up.

A learner takes four. A process that has none left takes no connection, not even one that asks how
it is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

try:
    import resource
except ImportError:  # Windows has no such limit
    resource = None  # type: ignore[assignment]

_ENOUGH = 65_536
_RESERVE = 64  # left for those who are here: files they load, and the question how we are
_OPEN = Path("/dev/fd")  # on Linux and macOS


def raise_limit() -> None:
    """Raise the limit on open files as far as the system lets us."""
    if resource is None:
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = [most]
    if most == resource.RLIM_INFINITY or most < _ENOUGH:
        wanted.insert(0, _ENOUGH)  # above what is allowed: for root
    for limit in wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
            return


def nearly_used_up() -> bool:
    """Tell whether there are too few descriptors left for another learner."""
    if resource is None:
        return False
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        used = len(os.listdir(_OPEN))  # noqa: PTH208 (names alone)
    except OSError:  # not even one to look
        return True
    return limit != resource.RLIM_INFINITY and used > limit - _RESERVE


class RoomLeft:
    """Turn a WebSocket away while descriptors are nearly used up: a balancer tries elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on if it leaves enough for those who are here."""
        if scope["type"] == "websocket" and nearly_used_up():
            await WebSocket(scope, receive, send).send_denial_response(Response(status_code=503))
            return
        await self.app(scope, receive, send)
