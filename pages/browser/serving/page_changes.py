"""A click on a page's link is not undone by what the page that is left was still sending."""

from __future__ import annotations

from urllib.parse import parse_qs

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash

_FIRST = "page"  # of the page without a name in its address Streamlit takes the file's, page.py
_SMALL = 200  # bytes: more than the message that a run has ended takes
_EMBEDDING = {"embed", "embed_options"}  # how the page is framed: Streamlit's own


class PageChanges:
    """Send what a browser says on behalf of the page it leaves to the page it goes to.

    A browser learns from the server that the page has changed. Until then all it sends (a choice, a
    fragment's, which pictures are near) names the old page, and Streamlit, which lets the last
    message win, stayed there: the link did nothing. From a fragment it even emptied the new page.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on; from a WebSocket with the page that was chosen last."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        change = PageChange()

        async def receive_next() -> Message:
            message = await receive()
            sent = message.get("bytes") if message["type"] == "websocket.receive" else None
            return message if sent is None else {**message, "bytes": change.redirect(sent)}

        async def send_next(message: Message) -> None:
            change.note_answer(message.get("bytes") or b"")
            await send(message)

        await self.app(scope, receive_next, send_next)


class PageChange:
    """Where the browser at the other end of a connection is going."""

    def __init__(self) -> None:
        self.goal = ""  # the page's hash; empty once the browser is there
        self.answered = False  # whether a page has been run for this connection

    def note_answer(self, sent: bytes) -> None:
        """Note that a page has been run, and its fragments are known, from what is sent."""
        if self.answered or len(sent) > _SMALL:
            return
        answer = ForwardMsg.FromString(sent)
        self.answered = answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and (
            answer.WhichOneof("type") == "script_finished"
        )

    def redirect(self, sent: bytes) -> bytes:
        """Return a browser's message, with the page it goes to in place of the one it leaves."""
        try:
            message = BackMsg.FromString(sent)
        except DecodeError:  # Streamlit's to refuse
            return sent
        if message.WhichOneof("type") != "rerun_script":
            return sent
        asked = message.rerun_script
        if asked.fragment_id and not self.answered:
            # After a restart the page that stands knows fragments that the new session does not,
            # and Streamlit would drop the edit: the page is run as a whole instead.
            asked.fragment_id = ""
            sent = message.SerializeToString()
        # The address bar follows the server, so a link's click names another page than stands
        # there. After a step back it is what comes late that does; but a click brings no choices.
        shown = calc_hash(asked.context_info.url.rpartition("/")[2] or _FIRST)
        late_of_back = self.goal == shown and set(parse_qs(asked.query_string)) - _EMBEDDING
        clicked = asked.page_script_hash != shown and not late_of_back
        # A click on the page that still stands there: all else that is sent brings a choice.
        returned = self.goal and not asked.fragment_id and not asked.widget_states.widgets
        if clicked or returned or asked.is_history_navigation:
            self.goal = asked.page_script_hash
        elif self.goal in ("", asked.page_script_hash):
            self.goal = ""
        else:
            asked.page_script_hash = self.goal
            asked.fragment_id = ""  # a part of the page that is being left
            sent = message.SerializeToString()
        return sent
