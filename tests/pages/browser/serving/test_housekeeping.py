"""What those had who left long ago is let go; every lesson is run once before learners come."""

from __future__ import annotations

import asyncio
import gc
import inspect
import sys
import weakref
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import runtime as sender
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.session_manager import SessionClient

from pages.browser.serving.housekeeping import housekeeping, tidy
from pages.browser.serving.rehearsal import rehearse
from tests.asgi import run
from tests.pages.reading import ROUTER


class Browser(SessionClient):
    def write_forward_msg(self, msg: ForwardMsg) -> None:
        pass


class Work:
    """What a learner has; it refers to itself, as Streamlit's own objects do."""

    def __init__(self) -> None:
        self.own = self


SCRIPT = """
import streamlit as st
from tests.pages.browser.serving.test_housekeeping import run_page

page = st.navigation([st.Page(lambda: run_page("one"), url_path="one", title="one", default=True),
                      st.Page(lambda: run_page("two"), url_path="two", title="two"),
                      st.Page(lambda: run_page("three"), url_path="three", title="three")])
page.run()
"""
RUN: list[str] = []


def run_page(name: str) -> None:
    RUN.append(name)
    if name == "two":
        raise ZeroDivisionError("a page that fails")


@pytest.fixture
def alone() -> Iterator[None]:
    """A process has one runtime: the test's own stands in for it."""
    before = runtime.Runtime._instance
    runtime.Runtime._instance = None
    yield
    runtime.Runtime._instance = before


@asynccontextmanager
async def serving(script: str, seconds: int = 120) -> AsyncIterator[runtime.Runtime]:
    server = runtime.Runtime(
        runtime.RuntimeConfig(
            script,
            MemoryMediaFileStorage("/media"),
            MemoryUploadedFileManager("/upload"),
            session_storage=MemorySessionStorage(ttl_seconds=seconds),
        )
    )
    await server.start()
    try:
        yield server
    finally:
        server.stop()
        await server.stopped


async def left_over(seconds: int) -> tuple[int, bool]:
    """Let three learners leave and a fourth stay; how many are kept, and whether the fourth is."""
    async with serving(ROUTER, seconds) as server:
        work = []
        for leaves in (True, True, True, False):
            name = server.connect_session(Browser(), user_info={})
            session = server.get_app_session(name)
            assert session is not None
            session.session_state["work"] = Work()
            work.append(weakref.ref(session.session_state["work"]))
            if leaves:
                server.disconnect_session(name)
        del session
        gc.disable()  # what is let go is so by tidying alone
        try:
            tidy(server)
        finally:
            gc.enable()
        return sum(one() is not None for one in work[:3]), work[3]() is not None


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("seconds", "kept"), [(0, 0), (1000, 3)])
def test_who_left_longer_ago_than_a_session_lives_is_let_go(seconds: int, kept: int) -> None:
    assert run(left_over(seconds)) == (kept, True)


@pytest.mark.usefixtures("alone")
def test_every_page_is_run_once_and_only_while_nobody_is_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "pages.py"
    script.write_text(SCRIPT)
    RUN.clear()

    async def serve() -> set[runtime.RuntimeState]:
        async with serving(str(script)) as server, asyncio.timeout(60):
            learner = server.connect_session(Browser(), user_info={})
            connect, found = server.connect_session, set()

            def connected(client: SessionClient, user_info: dict[str, str | bool | None]) -> str:
                found.add(server.state)
                return connect(client, user_info)

            monkeypatch.setattr(server, "connect_session", connected)
            rehearsal = asyncio.create_task(rehearse(server, ["three", "two", "one"]))
            await asyncio.sleep(0)
            server.disconnect_session(learner)
            await rehearsal
            return {*found, server.state}

    assert run(serve()) == {runtime.RuntimeState.NO_SESSIONS_CONNECTED}
    assert RUN == ["three", "two", "one"]


def test_the_process_is_set_while_it_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold(), sys.getswitchinterval()
    monkeypatch.setattr(sender, "MESSAGE_FLUSH_INTERVAL_SECS", 0.005)  # as it was, at the end

    async def serve() -> tuple[int, float, float, int]:
        async with housekeeping():
            rest = vars(sender)["MESSAGE_FLUSH_INTERVAL_SECS"]
            return gc.get_threshold()[0], sys.getswitchinterval(), rest, gc.get_freeze_count()

    try:
        threshold, switch, rest, frozen = run(serve())
    finally:
        gc.unfreeze()
        gc.set_threshold(*before[0])
        sys.setswitchinterval(before[1])
    assert (threshold, switch, rest) == (10_000, 0.001, 0.0)
    loop = inspect.getsource(runtime.Runtime._loop_coroutine)
    assert "sleep(MESSAGE_FLUSH_INTERVAL_SECS)" in loop, "Streamlit rests by another name"
    assert frozen > 0
