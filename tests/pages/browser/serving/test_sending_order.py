"""Of those to whom something is to be sent, who has the least to read comes first."""

from __future__ import annotations

from types import SimpleNamespace

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.websocket_session_manager import WebsocketSessionManager

from pages.browser.serving.sending_order import short_answers_first


def has_to_send(manager: SimpleNamespace, name: str, count: int) -> None:
    queue = manager._active_session_info_by_id.setdefault(
        name, SimpleNamespace(name=name, session=SimpleNamespace(_browser_queue=ForwardMsgQueue()))
    ).session._browser_queue
    for _ in range(count):
        queue.enqueue(ForwardMsg())


def test_an_answer_that_comes_meanwhile_overtakes_the_pages() -> None:
    manager = SimpleNamespace(_active_session_info_by_id={})
    for name, count in (("page", 90), ("long page", 200), ("reader", 0), ("other page", 80)):
        has_to_send(manager, name, count)
    sent = []
    with short_answers_first():
        active = WebsocketSessionManager.list_active_sessions(manager)  # type: ignore[arg-type]
        assert len(active) == 4, "as many as there are"
        for info in active:
            sent.append((info.name, len(info.session._browser_queue.flush())))
            if len(sent) == 1:
                has_to_send(manager, "reader", 10)
                has_to_send(manager, "newcomer", 70)
    assert sent == [("other page", 80), ("reader", 10), ("newcomer", 70), ("page", 90)]
    # No more steps than there were sessions: the rest has the next round.
    assert next(iter(active)).name == "long page"


def test_a_round_ends_where_a_session_always_has_something_to_send() -> None:
    manager = SimpleNamespace(_active_session_info_by_id={})
    has_to_send(manager, "one", 1)
    with short_answers_first():
        active = WebsocketSessionManager.list_active_sessions(manager)  # type: ignore[arg-type]
    for steps, _ in enumerate(active):
        assert steps == 0


def test_streamlit_has_its_own_way_again_afterwards() -> None:
    before = WebsocketSessionManager.list_active_sessions
    with short_answers_first():
        assert WebsocketSessionManager.list_active_sessions is not before
    assert WebsocketSessionManager.list_active_sessions is before
