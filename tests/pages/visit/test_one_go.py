"""What a run shows is sent at its end, before something long, or when it takes long itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from pages.visit import one_go
from pages.visit.one_go import in_one_go, send_now
from pages.visit.turns import PAGES, hand_on, turn


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what this thread's run has sent; to show something is `show` below."""
    sent: list[str] = []
    run = SimpleNamespace(_enqueue=sent.append)
    monkeypatch.setattr(one_go, "get_script_run_ctx", lambda: run)
    monkeypatch.setattr(one_go, "MOST", math.inf)
    return sent


def show(message: str) -> None:
    run = one_go.get_script_run_ctx()
    assert run is not None
    run._enqueue(message)  # type: ignore[arg-type]


def test_what_is_shown_is_sent_at_the_end_in_its_order(sent: list[str]) -> None:
    show("before")
    with in_one_go():
        show("first")
        show("second")
        assert sent == ["before"]
    show("after")
    assert sent == ["before", "first", "second", "after"]


@pytest.mark.parametrize("long", [send_now, hand_on], ids=["in one go", "in its turn"])
def test_it_is_sent_before_something_long(sent: list[str], long: Callable[[], None]) -> None:
    with turn(PAGES):
        show("first")
        long()
        assert sent == ["first"]
        show("second")
        assert sent == ["first"]
    assert sent == ["first", "second"]
    long()  # nobody's turn
    assert sent == ["first", "second"]


def test_a_run_that_takes_long_is_seen_meanwhile(
    sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_one_go():
        show("first")
        monkeypatch.setattr(one_go, "MOST", -1)  # it is over
        show("second")
        assert sent == ["first", "second"]


def test_what_a_run_that_fails_has_shown_is_sent(sent: list[str]) -> None:
    with suppress(ZeroDivisionError), in_one_go():
        show("first")
        raise ZeroDivisionError
    show("the error")
    assert sent == ["first", "the error"]


def test_a_run_that_is_replaced_where_it_sends_ends_there(
    sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class ReplacedError(Exception):
        """Streamlit's way to end a run where it sends."""

    def send(message: str) -> None:
        sent.append(message)
        raise ReplacedError

    run = SimpleNamespace(_enqueue=send)
    monkeypatch.setattr(one_go, "get_script_run_ctx", lambda: run)

    def shown() -> None:
        with turn(PAGES):
            show("first")
            show("second")

    with pytest.raises(ReplacedError):
        shown()
    assert sent == ["first"]
    assert run._enqueue is send
    with turn(PAGES):  # it has left: nobody waits for ever
        pass


ASKS_AGAIN = """
import streamlit as st
from pages.visit.one_go import in_one_go, rerun

went_on = st.session_state.setdefault("went_on", [])
with in_one_go():
    st.text("shown")
    if not st.session_state.setdefault("again", False):
        st.session_state.again = True
        rerun()
        went_on.append("after it")
    st.text("to the end")
"""


def test_a_run_that_asks_to_be_run_again_ends_there() -> None:
    """Streamlit ends it where it sends: what would have come after it was run, and drew twice."""
    at = AppTest.from_string(ASKS_AGAIN, default_timeout=60).run()
    assert [text.value for text in at.text] == ["shown", "to the end"]
    assert at.session_state.went_on == []
