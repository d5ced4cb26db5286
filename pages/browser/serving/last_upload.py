"""Of the files that a session uploads, the server keeps the last one alone."""

from __future__ import annotations

import asyncio
import re
from weakref import WeakValueDictionary

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

_UPLOAD = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/[^/]+")


class LastUploadOnly:
    """Forget what a session uploaded before when it uploads again.

    Streamlit keeps every upload until the session ends. The page keeps by itself what it uses. A
    session's uploads come in one after the other, so that many at once do not pile up.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on; an upload in its turn, with the place for it empty."""
        found = _UPLOAD.search(scope["path"]) if _is_upload(scope) else None
        if found is None:
            await self.app(scope, receive, send)
            return
        lock = self._locks.setdefault(found["session"], asyncio.Lock())
        async with lock:
            runtime.get_instance().uploaded_file_mgr.remove_session_files(found["session"])
            await self.app(scope, receive, send)


def _is_upload(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in ("PUT", "POST")
