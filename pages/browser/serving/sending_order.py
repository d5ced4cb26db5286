"""Short answers first: who edits does not wait until the pages of a class have been sent.

Streamlit sends to one session after the other, and lets the event loop go round once for each
message: while 300 pages were sent, 4 s, the ten messages that answer an edit stood behind them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from streamlit.runtime.session_manager import ActiveSessionInfo
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

Listing: TypeAlias = Callable[[WebsocketSessionManager], list[ActiveSessionInfo]]


class ShortestFirst(list[ActiveSessionInfo]):
    """All sessions; gone through, those that have something to send: the least of them each time.

    What is to be sent changes meanwhile, so it is looked at before each step; there are no more
    steps than sessions, after which Streamlit looks whether it is to stop.
    """

    def __init__(self, all_now: Callable[[], list[ActiveSessionInfo]]) -> None:
        super().__init__(all_now())
        self._all_now = all_now

    def __iter__(self) -> Iterator[ActiveSessionInfo]:
        for _ in range(len(self)):
            waiting = [info for info in self._all_now() if messages(info)]
            if not waiting:
                return
            yield min(waiting, key=messages)


def messages(info: ActiveSessionInfo) -> int:
    """Return how many messages wait to be sent to a session."""
    return len(info.session._browser_queue._queue)


@contextmanager
def short_answers_first() -> Iterator[None]:
    """Within: let Streamlit go through the sessions by how much each has to send."""
    listing: Listing = WebsocketSessionManager.list_active_sessions

    def shortest_first(manager: WebsocketSessionManager) -> list[ActiveSessionInfo]:
        return ShortestFirst(lambda: listing(manager))

    WebsocketSessionManager.list_active_sessions = shortest_first  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        WebsocketSessionManager.list_active_sessions = listing  # type: ignore[method-assign, assignment]
