"""Every lesson and the exercises are run once before a class opens them.

The first to open a lesson would wait for what all others find: modules, proofs, trained models. It
took 3 s for all lessons together, in which a whole class stood behind them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, RuntimeState
from streamlit.runtime.session_manager import SessionClient

PAUSE = 1  # s from one look whether somebody is here to the next


async def rehearse(server: Runtime, pages: Iterable[str]) -> None:
    """Run pages as a learner's would be, each while nobody is here: `name` or `name?query`."""
    for page in pages:
        while server.state is not RuntimeState.NO_SESSIONS_CONNECTED:
            await asyncio.sleep(PAUSE)
        audience = _Audience()
        session = server.connect_session(audience, user_info={})
        try:
            message = BackMsg()
            name, _, query = page.partition("?")
            message.rerun_script.page_name = name
            message.rerun_script.query_string = query
            server.handle_backmsg(session, message)
            await audience.saw_the_end.wait()
        finally:
            server.close_session(session)


class _Audience(SessionClient):
    """Watches until the page is there."""

    def __init__(self) -> None:
        self.saw_the_end = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take no notice of what is shown."""
        if msg.WhichOneof("type") == "script_finished":
            self.saw_the_end.set()
