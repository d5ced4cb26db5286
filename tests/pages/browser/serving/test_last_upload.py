"""What a server keeps of uploads: the last of each session, however many come at once."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from starlette.types import Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.browser.serving.last_upload import LastUploadOnly
from tests.asgi import Inner, handshake, messages, request

PATH = "/_stcore/upload_file"


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    kept = MemoryUploadedFileManager(PATH)
    monkeypatch.setattr(runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=kept))
    return kept


@pytest.mark.parametrize("base", ["", "/course", "/lab/_stcore"])
def test_the_last_upload_of_each_session_is_kept(
    manager: MemoryUploadedFileManager, base: str
) -> None:
    most: dict[str, int] = {}

    async def store(scope: Scope, _receive: Receive, _send: Send) -> None:
        *_, session, name = scope["path"].split("/")
        await asyncio.sleep(0)  # the body comes, and so do others'
        manager.add_file(session, UploadedFileRec(name, "own.csv", "text/csv", b"1,a"))
        most[session] = max(most.get(session, 0), len(manager.file_storage[session]))

    uploads = (request(f"{base}{PATH}/{j % 2}/{j}", method="PUT") for j in range(120))
    messages(LastUploadOnly(store), *uploads)
    assert most == {"0": 1, "1": 1}
    assert [*manager.file_storage["0"]] == ["118"]
    assert [*manager.file_storage["1"]] == ["119"]


OTHERS = {
    "a file taken away": request(f"{PATH}/a/b", method="DELETE"),
    "a question": request(f"{PATH}/a/b", method="OPTIONS"),
    "another place": request("/_stcore/health", method="PUT"),
    "a WebSocket": handshake(path=f"{PATH}/a/b"),
}


@pytest.mark.parametrize("scope", OTHERS.values(), ids=OTHERS)
def test_other_calls_pass_and_nothing_is_forgotten(
    manager: MemoryUploadedFileManager, scope: Scope
) -> None:
    manager.add_file("a", UploadedFileRec("b", "own.csv", "text/csv", b"1,a"))
    inner = Inner()
    messages(LastUploadOnly(inner), scope)
    assert inner.seen == [scope]
    assert [*manager.file_storage["a"]] == ["b"]
