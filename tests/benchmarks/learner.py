"""A scripted learner: a real Streamlit session on the bench, without a browser.

It speaks Streamlit's own messages over the WebSocket, and knows what each answer must be.
"""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

COMPONENT = "softmax_bench"
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
TOLERANCE = 1e-12


class WrongAnswerError(ValueError):
    """The server answered, and not what it was asked."""


def probabilities(logits: Sequence[float]) -> list[float]:
    """Softmax as a learner would work it out: `core` is not asked twice."""
    exps = [math.exp(z - max(logits)) for z in logits]
    return [e / math.fsum(exps) for e in exps]


class Learner:
    """One learner with logits of their own."""

    def __init__(self, socket: ClientConnection, logits: Sequence[float]) -> None:
        self.logits = list(logits)
        self._socket = socket
        self._query = "z=" + ",".join(map(str, logits)) + "&lang=en"
        self._sequence = 0
        self._page = self._fragment = self._widget = ""

    async def arrive(self) -> None:
        """Open the bench by a link, as a browser does that loads the page."""
        await self._run(BackMsg())

    async def edit(self, changes: Sequence[tuple[int, float]]) -> None:
        """Set logits, each a class from 0 and a value, in one message; check the answer to it."""
        for index, value in changes:
            self.logits[index] = value
        self._sequence += 1
        patches = [{"kind": "logit", "index": i, "value": value} for i, value in changes]
        message = BackMsg()
        message.rerun_script.fragment_id = self._fragment
        widget = message.rerun_script.widget_states.widgets.add()
        widget.id = self._widget
        widget.json_value = json.dumps({"edit": {"sequence": self._sequence, "patches": patches}})
        await self._run(message)

    async def _run(self, message: BackMsg) -> None:
        message.rerun_script.query_string = self._query
        message.rerun_script.page_script_hash = self._page
        await self._socket.send(message.SerializeToString())
        self._check(await self._answer())

    async def _answer(self) -> dict[str, Any]:
        """Return what the bench shows once the run has finished."""
        shown = None
        while True:
            message = ForwardMsg.FromString(await self._socket.recv(decode=False))
            match message.WhichOneof("type"):
                case "new_session":
                    self._page = message.new_session.page_script_hash
                case "delta":
                    element = message.delta.new_element
                    if element.HasField("exception"):
                        raise WrongAnswerError(element.exception.message)
                    if element.bidi_component.component_name == COMPONENT:
                        self._fragment = message.delta.fragment_id
                        self._widget = element.bidi_component.id
                        shown = json.loads(json.loads(element.bidi_component.json)["json"])
                case "script_finished":
                    if shown is None or message.script_finished not in FINISHED:
                        raise WrongAnswerError(
                            f"no bench in run of status {message.script_finished}"
                        )
                    return shown

    def _check(self, shown: dict[str, Any]) -> None:
        if shown["ack"] != (self._sequence or None):
            raise WrongAnswerError(f"edit {self._sequence} sent, {shown['ack']} taken")
        for own, theirs in zip(probabilities(self.logits), shown["probability"], strict=True):
            if not math.isclose(own, theirs, rel_tol=TOLERANCE):
                raise WrongAnswerError(f"probability {theirs} shown for {own} of {self.logits}")


@asynccontextmanager
async def learner(address: str, logits: Sequence[float]) -> AsyncIterator[Learner]:
    """Let a learner come to the bench at `address`, and leave it at the end."""
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    async with connect(
        stream,
        subprotocols=["streamlit"],
        compression=None,
        max_size=None,
        ping_interval=None,  # browsers send no pings
        proxy=None,
    ) as socket:
        here = Learner(socket, logits)
        await here.arrive()
        yield here
