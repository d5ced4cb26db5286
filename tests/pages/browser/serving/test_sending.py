"""What a run shows is sent as it comes, in order, and what it begins with waits for it a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.session_manager import SessionClientDisconnectedError
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager
from streamlit.web.server.starlette.starlette_websocket import StarletteSessionClient

from pages.browser.serving.sending import ROOM, sent_at_once
from tests.asgi import run

BEGINNING = ["begins", "runs"]
REST = ["shows", "ends", "stands"]


def message(kind: str) -> ForwardMsg:
    made = ForwardMsg()
    match kind:
        case "begins":
            made.new_session.SetInParent()
        case "runs":
            made.session_status_changed.script_is_running = True
        case "stands":
            made.session_status_changed.script_is_running = False
        case "shows":
            made.delta.new_element.text.body = "shown"
        case "ends":
            made.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return made


def kind_of(sent: ForwardMsg) -> str:
    return next(kind for kind in BEGINNING + REST if message(kind) == sent)


class Session:
    """As much of a session, its client and its server as the sending of its messages asks for."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.id = "its name"
        self.sent: list[str] = []
        self.woken = self.settled = 0
        self.gone = asyncio.Event()
        self.came = asyncio.Event()
        self._browser_queue = ForwardMsgQueue()
        self.client: Any = StarletteSessionClient.__new__(StarletteSessionClient)
        self.client._send_queue = asyncio.Queue(2 * ROOM)
        info = SimpleNamespace(session=self, client=self.client)
        manager = SimpleNamespace(
            get_active_session_info={self.id: info}.get,
            _active_session_info_by_id={self.id: info},
        )
        self.list = lambda: WebsocketSessionManager.list_active_sessions(manager)  # type: ignore[arg-type]
        server = SimpleNamespace(
            _session_mgr=manager,
            _send_message=self._send,
            disconnect_session=self._disconnect,
        )
        monkeypatch.setattr(runtime, "get_instance", lambda: server)

    def _message_enqueued_callback(self) -> None:
        self.woken += 1
        self.came.set()

    def _send(self, _info: object, sent: ForwardMsg) -> None:
        self.sent.append(kind_of(sent))
        self.came.set()

    def _disconnect(self, name: str, *, client: object) -> None:
        assert (name, client) == (self.id, self.client)
        self.gone.set()

    def flush_browser_queue(self) -> list[ForwardMsg]:
        return self._browser_queue.flush()

    def on_flushed_messages_sent(self) -> None:
        self.settled += 1

    def enqueue(self, kinds: Sequence[str]) -> None:
        for kind in kinds:
            AppSession._enqueue_forward_msg(self, message(kind))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def within() -> Iterator[None]:
    with sent_at_once():
        yield


@pytest.mark.parametrize(
    ("kinds", "at_once"),
    [
        (BEGINNING, 0),
        ([*BEGINNING, "shows"], 3),
        ([*BEGINNING, *REST], 5),
        ([*BEGINNING, "ends"], 3),
        (["stands"], 1),
        ([*BEGINNING, *REST, *BEGINNING], 5),
    ],
)
def test_a_beginning_goes_with_what_follows_or_after_a_moment(
    kinds: list[str], at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def sending() -> None:
        session = Session(monkeypatch)
        session.enqueue(kinds)
        assert session.sent == kinds[:at_once]
        session.came.clear()
        if at_once < len(kinds):
            async with asyncio.timeout(60):
                await session.came.wait()
        assert session.sent == kinds
        assert session.woken == 0, "Streamlit's loop has nothing to do"
        assert session.settled > 0

    run(sending())


def test_what_finds_no_room_is_left_to_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sending() -> None:
        session = Session(monkeypatch)
        for _ in range(ROOM):
            session.client._send_queue.put_nowait(b"")
        session.enqueue(["shows"])
        assert (session.sent, session.woken) == ([], 1)
        session.client._send_queue.get_nowait()
        session.enqueue(["ends"])
        assert (session.sent, session.woken) == ([], 2), "two wait, and there is room for one"
        session.client._send_queue.get_nowait()
        session.enqueue(BEGINNING[:1])
        session.client._send_queue.get_nowait()
        session.enqueue(["stands"])
        assert session.sent == []
        for _ in range(5):
            session.client._send_queue.get_nowait()
        session.enqueue(["stands"])
        assert session.sent == ["shows", "ends", "begins", "stands", "stands"]

    run(sending())


def test_what_the_loop_sends_is_not_overtaken(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sending() -> None:
        session = Session(monkeypatch)
        for info in session.list():
            assert info.session is session
            session.enqueue(["ends"])
            assert (session.sent, session.woken) == ([], 1)
        session.enqueue(["stands"])
        assert session.sent == ["ends", "stands"]

    run(sending())


@pytest.mark.parametrize("client", [None, object()])
def test_who_has_no_websocket_is_left_to_the_loop(
    client: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rehearsal's audience, and a session whose browser has gone."""

    async def sending() -> None:
        session = Session(monkeypatch)
        info = session.list()[0]
        info.client = client  # type: ignore[assignment]
        if client is None:
            server = runtime.get_instance()
            monkeypatch.setattr(server._session_mgr, "get_active_session_info", lambda _: None)
        session.enqueue(REST)
        assert (session.sent, session.woken) == ([], len(REST))

    run(sending())


def test_a_browser_that_has_gone_is_disconnected(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sending() -> None:
        session = Session(monkeypatch)

        def gone(*_args: object) -> None:
            raise SessionClientDisconnectedError

        monkeypatch.setattr(runtime.get_instance(), "_send_message", gone)
        session.enqueue(["shows"])
        assert session.gone.is_set()

    run(sending())


def test_streamlit_has_its_own_way_again_afterwards() -> None:
    sending, listing = AppSession._enqueue_forward_msg, WebsocketSessionManager.list_active_sessions
    with sent_at_once():
        assert AppSession._enqueue_forward_msg is not sending
        assert WebsocketSessionManager.list_active_sessions is not listing
    assert AppSession._enqueue_forward_msg is sending
    assert WebsocketSessionManager.list_active_sessions is listing
