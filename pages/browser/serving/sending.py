"""What a run shows is sent as soon as it comes, and what it begins with goes along.

Streamlit has one loop send to all sessions, one after the other, with a round of the event loop for
each message: while 300 pages were sent, 4 s, the seven messages that answer an edit stood behind
them. And it sends at once that a run begins: the browser laid out the page for that, mostly emptied
it, and then for the rest again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.session_manager import ActiveSessionInfo, SessionClientDisconnectedError
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient

from pages.visit.one_go import MOST

ROOM = 250  # messages that may wait in a client; Streamlit gives up one in which 500 do
Listing: TypeAlias = Callable[[WebsocketSessionManager], list[ActiveSessionInfo]]


class Served(list[ActiveSessionInfo]):
    """Sessions as Streamlit's loop goes through them; `now` is the one that it sends to."""

    now: AppSession | None = None

    def __iter__(self) -> Iterator[ActiveSessionInfo]:
        try:
            for info in super().__iter__():
                Served.now = info.session
                yield info
        finally:
            Served.now = None


@contextmanager
def sent_at_once() -> Iterator[None]:
    """Within: send what follows a run's beginning as it comes, and the beginning with it.

    Of a run that shows nothing for MOST it goes then: the page says that it is at work.
    """
    enqueue = AppSession._enqueue_forward_msg
    listing: Listing = WebsocketSessionManager.list_active_sessions

    def enqueue_and_send(session: AppSession, message: ForwardMsg) -> None:
        wake = session._message_enqueued_callback
        if wake is None:  # nobody sends for it
            enqueue(session, message)
            return
        session._browser_queue.enqueue(message)

        def send() -> None:
            if not send_now(session):
                wake()

        if begins(message):
            asyncio.get_running_loop().call_later(MOST, send)
        else:
            send()

    def served(manager: WebsocketSessionManager) -> list[ActiveSessionInfo]:
        return Served(listing(manager))

    AppSession._enqueue_forward_msg = enqueue_and_send  # type: ignore[method-assign, assignment]
    WebsocketSessionManager.list_active_sessions = served  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        AppSession._enqueue_forward_msg = enqueue  # type: ignore[method-assign]
        WebsocketSessionManager.list_active_sessions = listing  # type: ignore[method-assign, assignment]


def send_now(session: AppSession) -> bool:
    """Send what is queued for a session; False where Streamlit's loop has to, by and by."""
    server = runtime.get_instance()
    info = server._session_mgr.get_active_session_info(session.id)
    if info is None or session is Served.now:
        return False
    client = info.client
    if not isinstance(client, StarletteSessionClient):
        return False
    if len(session._browser_queue._queue) + client._send_queue.qsize() > ROOM:
        return False
    try:
        for message in session.flush_browser_queue():
            server._send_message(info, message)
    except SessionClientDisconnectedError:
        server.disconnect_session(session.id, client=client)
    session.on_flushed_messages_sent()
    return True


def begins(message: ForwardMsg) -> bool:
    """Tell whether a message says no more than that a run begins."""
    kind = message.WhichOneof("type")
    running = kind == "session_status_changed" and message.session_status_changed.script_is_running
    return kind == "new_session" or running
