"""What a script run shows goes to the browser in one go.

Streamlit wakes the event loop for each element, and the loop takes the interpreter from the run to
send it: a page took a third more of the processor's time, and its end came later. The browser
draws what comes within 10 ms at once; what trickles in it draws again and again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import local
from typing import NoReturn

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

MOST = 0.05  # s for which a run that takes longer holds back what it has to show
_own = local()


@contextmanager
def in_one_go() -> Iterator[None]:
    """Hold back what the run of this thread shows: to the end of what follows, or for MOST.

    A run that another one is to replace ends where it sends, not where it shows.
    """
    run = get_script_run_ctx()
    if run is None:
        yield
        return
    held: list[ForwardMsg] = []
    send, since = run._enqueue, time.monotonic()

    def send_all() -> None:
        nonlocal since
        since = time.monotonic()
        now, held[:] = held[:], []
        for message in now:
            send(message)

    def hold(message: ForwardMsg) -> None:
        held.append(message)
        if time.monotonic() - since > MOST:
            send_all()

    run._enqueue, _own.send_all = hold, send_all
    try:
        yield
    finally:
        run._enqueue, _own.send_all = send, None
        send_all()


def go_to(page: str) -> None:
    """Go to the page of a script; the run ends here."""
    st.switch_page(page)  # noqa: TID251 (the one place)
    send_now()  # or it would go on to where it sends


def rerun(scope: str = "app") -> NoReturn:
    """Run the page anew, or the fragment that a scope or a key names; this run ends here."""
    st.rerun(scope=scope)  # noqa: TID251 (the one place)
    send_now()


def send_now() -> None:
    """Send what is held back: something long follows."""
    if send_all := getattr(_own, "send_all", None):
        send_all()
