"""The first messages of a run go with what it shows, so that the browser draws both at once.

Streamlit sends at once that a run begins, and its end some milliseconds later: the browser laid out
the page for the first, mostly emptied it, and for the rest again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

from pages.visit.one_go import MOST


@contextmanager
def held_beginnings() -> Iterator[None]:
    """Within: queue a run's first messages, and wake whoever sends only for what follows them.

    Of a run that shows nothing for MOST they go then: the page says that it is at work.
    """
    enqueue = AppSession._enqueue_forward_msg

    def enqueue_quietly(session: AppSession, message: ForwardMsg) -> None:
        wake = session._message_enqueued_callback
        if wake is None or not begins(message):
            enqueue(session, message)
            return
        session._browser_queue.enqueue(message)
        asyncio.get_running_loop().call_later(MOST, wake)

    AppSession._enqueue_forward_msg = enqueue_quietly  # type: ignore[assignment]
    try:
        yield
    finally:
        AppSession._enqueue_forward_msg = enqueue  # type: ignore[method-assign]


def begins(message: ForwardMsg) -> bool:
    """Tell whether a message says no more than that a run begins."""
    kind = message.WhichOneof("type")
    running = kind == "session_status_changed" and message.session_status_changed.script_is_running
    return kind == "new_session" or running
