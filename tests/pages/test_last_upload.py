"""What a server keeps of uploads: the last of each session, however many come at once."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages.blocks.serving.last_upload import LastUploadOnly


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> MemoryUploadedFileManager:
    kept = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(
        runtime, "get_instance", lambda: SimpleNamespace(uploaded_file_mgr=kept), raising=True
    )
    return kept


def upload(path: str, method: str = "PUT") -> Scope:
    return {"type": "http", "method": method, "path": path}


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

    async def send_all() -> None:
        door: Any = LastUploadOnly(store)
        paths = [f"{base}/_stcore/upload_file/{j % 2}/{j}" for j in range(120)]
        await asyncio.gather(*(door(upload(path), None, None) for path in paths))

    asyncio.run(send_all())
    assert most == {"0": 1, "1": 1}
    assert [*manager.file_storage["0"]] == ["118"]
    assert [*manager.file_storage["1"]] == ["119"]


@pytest.mark.parametrize(
    "scope",
    [
        upload("/_stcore/upload_file/a/b", "DELETE"),
        upload("/_stcore/upload_file/a/b", "OPTIONS"),
        upload("/_stcore/health", "PUT"),
        {"type": "websocket", "path": "/_stcore/upload_file/a/b"},
    ],
    ids=lambda scope: f"{scope.get('method', 'websocket')} {scope['path']}",
)
def test_other_calls_pass_and_nothing_is_forgotten(
    manager: MemoryUploadedFileManager, scope: Scope
) -> None:
    manager.add_file("a", UploadedFileRec("b", "own.csv", "text/csv", b"1,a"))
    passed = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        passed.append(scope)

    door: Any = LastUploadOnly(app)
    asyncio.run(door(scope, None, None))
    assert passed == [scope]
    assert [*manager.file_storage["a"]] == ["b"]
