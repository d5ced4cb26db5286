"""What a run begins with waits for what it shows, and no longer than a moment."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from pages.browser.serving.beginnings import held_beginnings
from tests.asgi import run


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


@pytest.mark.parametrize(
    ("kinds", "woken"),
    [
        (["begins", "runs"], 0),
        (["begins", "runs", "shows"], 1),
        (["begins", "runs", "shows", "ends", "stands"], 3),
        (["begins", "runs", "ends"], 1),
        (["stands"], 1),
    ],
)
def test_who_sends_is_woken_by_what_follows_and_after_a_moment(
    kinds: list[str], woken: int
) -> None:
    held = kinds.count("begins") + kinds.count("runs")

    async def enqueue() -> tuple[int, int, int]:
        later, calls = asyncio.Event(), []

        def wake() -> None:
            calls.append(1)
            if len(calls) == woken + held:
                later.set()

        session = SimpleNamespace(_browser_queue=ForwardMsgQueue(), _message_enqueued_callback=wake)
        with held_beginnings():
            for kind in kinds:
                AppSession._enqueue_forward_msg(session, message(kind))  # type: ignore[arg-type]
        at_once = len(calls)
        async with asyncio.timeout(60):
            await later.wait()
        return at_once, len(calls), len(session._browser_queue.flush())

    assert run(enqueue()) == (woken, woken + held, len(kinds))


def test_streamlit_has_its_own_way_again_afterwards() -> None:
    before = AppSession._enqueue_forward_msg
    with held_beginnings():
        assert AppSession._enqueue_forward_msg is not before
    assert AppSession._enqueue_forward_msg is before
