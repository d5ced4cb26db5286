"""A real Streamlit session without a browser: it speaks the front end's messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class WrongAnswerError(ValueError):
    """The server answered, and not what it was asked."""


class Shown(NamedTuple):
    """An element that the server sent, and the fragment that it stands in, if any."""

    element: Any
    fragment: str


class Session:
    """One session on one page, opened with a query string."""

    def __init__(self, socket: ClientConnection, query: str, page: str) -> None:
        self._socket = socket
        self._query = query
        self._name = page
        self._page = ""

    async def run(self, *widgets: WidgetState, fragment: str = "") -> dict[str, list[Shown]]:
        """Have the page, or a fragment of it, run with these widgets changed.

        Returns what was sent until the run had finished: the elements by kind, in order. Of a run
        that asks to be run again, what that one sends.
        """
        message = BackMsg()
        request = message.rerun_script
        request.query_string = self._query
        request.page_script_hash = self._page
        if not self._page:
            request.page_name = self._name
        request.fragment_id = fragment
        request.widget_states.widgets.extend(widgets)
        await self._socket.send(message.SerializeToString())
        shown: dict[str, list[Shown]] = {}
        while True:
            answer = ForwardMsg.FromString(await self._socket.recv(decode=False))
            match answer.WhichOneof("type"):
                case "navigation":
                    self._page = answer.navigation.page_script_hash
                case "delta":
                    element = answer.delta.new_element
                    kind = element.WhichOneof("type")
                    if kind == "exception":
                        raise WrongAnswerError(element.exception.message)
                    if kind is not None:
                        own = Shown(getattr(element, kind), answer.delta.fragment_id)
                        shown.setdefault(kind, []).append(own)
                case "script_finished" if answer.script_finished == AGAIN:
                    shown = {}
                case "script_finished":
                    if answer.script_finished not in FINISHED:
                        raise WrongAnswerError(f"the run ended as {answer.script_finished}")
                    return shown


@asynccontextmanager
async def session(address: str, query: str = "", page: str = "") -> AsyncIterator[Session]:
    """Connect to the app at `address` (http://...); nothing runs yet."""
    async with connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        subprotocols=["streamlit"],
        compression=None,
        max_size=None,
        ping_interval=None,  # browsers send no pings
        proxy=None,
    ) as socket:
        yield Session(socket, query, page)
