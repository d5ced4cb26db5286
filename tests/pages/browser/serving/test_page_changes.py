"""Which page a browser's message is for, while it goes from one to another."""

from __future__ import annotations

from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash

from pages.browser.serving.page_changes import PageChange, PageChanges
from tests.asgi import handshake, run

BENCH, SOFTMAX, TRAINING = "page", "softmax", "training"
QUERY = "z=1,2&lang=en"


def sent(page: str, at: str, query: str = "", **more: object) -> bytes:
    """Ask for a page, as a browser with another in its address bar does; `at` has no host."""
    message = BackMsg()
    asked = message.rerun_script
    asked.page_script_hash = page and calc_hash(page)
    asked.context_info.url = f"https://lab.example.org/{at}"
    asked.query_string = query
    for name, value in more.items():
        setattr(asked, name, value)
    return message.SerializeToString()


def chosen(page: str, at: str, query: str = "", **more: object) -> bytes:
    """Ask for a page to be run with a choice that was made on it."""
    message = BackMsg.FromString(sent(page, at, query, **more))
    message.rerun_script.widget_states.widgets.add(id="choice", string_value="float16")
    return message.SerializeToString()


def goals(*messages: bytes) -> list[str]:
    """Return the pages that one connection's messages end up with."""
    change = PageChange()
    names = {calc_hash(name): name for name in (BENCH, SOFTMAX, TRAINING)}
    redirected = [BackMsg.FromString(change.redirect(message)) for message in messages]
    return [names.get(message.rerun_script.page_script_hash, "") for message in redirected]


def test_what_comes_late_from_the_page_that_is_left_goes_to_the_next_one() -> None:
    opened, click = sent("", "softmax", QUERY), sent(TRAINING, "softmax")
    late, there = chosen(SOFTMAX, "softmax", QUERY), sent(TRAINING, "training", QUERY)
    assert goals(opened, click, late, late, there) == ["", *[TRAINING] * 4]
    assert goals(opened, late, click, sent(BENCH, "softmax"), late) == [
        *("", SOFTMAX, TRAINING, BENCH, BENCH)
    ]
    from_bench = sent(BENCH, "", QUERY), sent(SOFTMAX, ""), chosen(BENCH, "", QUERY)
    assert goals(*from_bench) == [BENCH, SOFTMAX, SOFTMAX]
    back = sent(SOFTMAX, "softmax", QUERY, is_history_navigation=True)
    after_back = chosen(TRAINING, "softmax", QUERY)
    assert goals(there, back, after_back, late) == [TRAINING, SOFTMAX, SOFTMAX, SOFTMAX]


def test_a_click_is_followed_wherever_one_was_before() -> None:
    there = sent(SOFTMAX, "softmax", QUERY)
    back = sent(SOFTMAX, "softmax", QUERY, is_history_navigation=True)
    for embedding in ("", "embed=true&embed_options=show_padding"):
        click = sent(TRAINING, "softmax", embedding)
        home = sent(SOFTMAX, "training", embedding)
        assert goals(there, click, home, click) == [SOFTMAX, TRAINING, SOFTMAX, TRAINING]
        assert goals(back, click) == [SOFTMAX, TRAINING]


def test_a_click_on_the_page_that_is_being_left_leads_back_to_it() -> None:
    away, home = sent(TRAINING, "softmax"), sent(SOFTMAX, "softmax", QUERY)
    late = chosen(SOFTMAX, "softmax", QUERY)
    assert goals(away, late, home, late) == [TRAINING, TRAINING, SOFTMAX, SOFTMAX]
    assert goals(away, home, away, late) == [TRAINING, SOFTMAX, TRAINING, TRAINING]


def test_a_part_of_the_page_that_is_left_is_not_run() -> None:
    change = PageChange()
    for message in (sent(SOFTMAX, "softmax", QUERY), sent(TRAINING, "softmax")):
        assert change.redirect(message) == message
    late = change.redirect(chosen(SOFTMAX, "softmax", QUERY, fragment_id="derivation"))
    assert not BackMsg.FromString(late).rerun_script.fragment_id


def test_in_a_frame_of_our_host_and_below_a_path_each_message_keeps_its_page() -> None:
    # The address that Streamlit names is then the framing page's, or has no name of a page.
    for at in ("course/week-3", "lab"):
        asked = [SOFTMAX, TRAINING, SOFTMAX, SOFTMAX, BENCH]
        assert goals(*(sent(page, at, QUERY) for page in asked)) == asked


def test_all_else_passes_as_it_came() -> None:
    seen = []

    async def inner(_scope: Scope, receive: Receive, _send: Send) -> None:
        seen.extend([await receive() for _ in others])

    others: list[Message] = [
        {"type": "websocket.connect"},
        {"type": "websocket.receive", "bytes": BackMsg(load_git_info=True).SerializeToString()},
        {"type": "websocket.receive", "bytes": b"no message"},
        {"type": "websocket.receive", "bytes": b""},
        {"type": "websocket.receive", "bytes": None, "text": "no message"},
        {"type": "websocket.receive", "text": "no message"},
        {"type": "websocket.disconnect"},
    ]
    coming = iter(others)

    async def receive() -> Message:
        return next(coming)

    async def send(_message: Message) -> None:
        raise AssertionError("nothing is to be sent")

    run(PageChanges(inner)(handshake(), receive, send))
    assert seen == others


def test_a_fragment_is_run_alone_only_once_its_page_has_been_run() -> None:
    change = PageChange()
    edit = sent(SOFTMAX, "softmax", QUERY, fragment_id="f")

    def run_alone() -> bool:
        return bool(BackMsg.FromString(change.redirect(edit)).rerun_script.fragment_id)

    assert not run_alone(), "after a restart the new session does not know it"
    stopped, finished = ForwardMsg(), ForwardMsg()
    stopped.script_finished = ForwardMsg.FINISHED_EARLY_FOR_RERUN
    change.note_answer(stopped.SerializeToString())
    change.note_answer(b"")
    assert not run_alone()
    finished.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    change.note_answer(finished.SerializeToString())
    assert run_alone()
