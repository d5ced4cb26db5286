"""Ask an ASGI app without a server."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Result = TypeVar("Result")


class Answer(NamedTuple):
    """What an app answered."""

    status: int
    headers: Headers
    body: bytes


class Inner:
    """What stands behind a middleware: it keeps the scopes that reach it, and answers 200."""

    def __init__(self, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        self.headers = list(headers)
        self.seen: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.seen.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": self.headers})
            await send({"type": "http.response.body", "body": b"inner"})
        else:
            await send({"type": "websocket.accept"})


def request(path: str, *headers: tuple[str, str], method: str = "GET", **more: object) -> Scope:
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    scope = {"type": "http", "method": method, "path": path, "query_string": b""}
    return {**scope, "scheme": "http", "headers": pairs, "extensions": {}, **more}


def handshake(*headers: tuple[str, str], path: str = "/_stcore/stream") -> Scope:
    extensions = {"websocket.http.response": {}}
    scope = request(path, *headers, scheme="ws", extensions=extensions)
    return {**scope, "type": "websocket", "subprotocols": []}


def messages(app: ASGIApp, *scopes: Scope) -> list[list[Message]]:
    """Send requests at the same time; what is sent for each."""

    async def one(scope: Scope) -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await app(scope, receive, send)
        return sent

    async def everything() -> list[list[Message]]:
        return await asyncio.gather(*map(one, scopes))

    return run(everything())


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to its end in a thread of its own: the browser of other tests runs a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def ask(app: ASGIApp, scope: Scope) -> Answer:
    (sent,) = messages(app, scope)
    start, *parts = sent
    body = b"".join(part.get("body", b"") for part in parts)
    return Answer(start["status"], Headers(raw=start["headers"]), body)
