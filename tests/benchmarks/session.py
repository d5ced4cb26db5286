"""A Streamlit session without a browser, in the messages that its front end sends."""

from __future__ import annotations

import json
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol


class Session:
    """One session on the bench, or on the bare app: it opens the page, then edits.

    Each edit waits until its rerun has finished, and returns what the page then shows: the
    bench's data, or the bare app's text.
    """

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.widget = ""
        self.fragment = ""
        self.sequence = 0
        self.shown: Any = None

    @classmethod
    async def arrive(cls, address: str, query: str = "") -> Session:
        """Open the first page of the app at `address` (http://...)."""
        url = address.replace("http", "ws", 1) + "/_stcore/stream"
        session = cls(
            await connect(url, subprotocols=[Subprotocol("streamlit")], max_size=None, proxy=None)
        )
        message = BackMsg()
        message.rerun_script.query_string = query
        await session._rerun(message)
        return session

    async def leave(self) -> None:
        await self.socket.close()

    async def edit(self, value: float) -> Any:
        """Set the first logit, or the bare app's slider."""
        message = BackMsg()
        state: WidgetState = message.rerun_script.widget_states.widgets.add()
        state.id = self.widget
        if self.fragment:
            self.sequence += 1
            patch = {"kind": "logit", "index": 0, "value": value}
            state.json_value = json.dumps({"edit": {"sequence": self.sequence, "patches": [patch]}})
            message.rerun_script.fragment_id = self.fragment
        else:
            state.double_array_value.data.append(value)
        self.shown = None
        await self._rerun(message)
        return self.shown

    async def _rerun(self, message: BackMsg) -> None:
        await self.socket.send(message.SerializeToString())
        while True:
            raw = await self.socket.recv()
            answer = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            if answer.WhichOneof("type") == "script_finished":
                return
            self._read(answer)

    def _read(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        match element.WhichOneof("type"):
            case "bidi_component" if "softmax_bench" in element.bidi_component.component_name:
                self.widget = element.bidi_component.id
                self.fragment = answer.delta.fragment_id
                self.shown = json.loads(json.loads(element.bidi_component.json)["json"])
            case "slider":
                self.widget = element.slider.id
            case "text":
                self.shown = element.text.body
