"""The front door's own work at start-up, and what it says of its health."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
import streamlit as st
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import populate_hash_if_needed

import app
from app import answer_without_delay
from tests.asgi import request, run

# In a process of its own: limits cannot always be raised again.
STARTED = """
import asyncio, resource
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 1024))
import app
async def start():
    async with app.lifespan(app.app):
        print(*resource.getrlimit(resource.RLIMIT_NOFILE))
asyncio.run(start())
"""


def test_sockets_answer_without_delay_and_nothing_is_left_open() -> None:
    with socket.socket() as listening:
        before = os.listdir("/proc/self/fd")  # noqa: PTH208 (names alone)
        answer_without_delay()
        assert os.listdir("/proc/self/fd") == before  # noqa: PTH208 (names alone)
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_the_app_starts_with_as_many_descriptors_as_the_system_lets() -> None:
    command = [sys.executable, "-c", STARTED]
    root = Path(app.__file__).parent
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    soft, hard = map(int, done.stdout.split())
    assert soft == hard >= 1024


@pytest.mark.parametrize("full", [False, True])
def test_health_says_no_where_there_is_no_room(
    *, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "nearly_used_up", lambda: full)
    answer = run(app.health(Request(request("/health"))))
    assert answer.status_code == (503 if full else 200)
    assert json.loads(bytes(answer.body)) == {"status": "full" if full else "ok"}
    assert answer.headers["cache-control"] == "no-store"


def test_an_upload_of_full_size_needs_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", full)
    content = bytes(st.get_option("server.maxUploadSize") * 2**20)
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="own.csv"\r\n\r\n'
    parts = [head, content[:-7], content[-7:], b"\r\n--x--\r\n"]

    async def receive() -> Message:
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    async def size() -> int:
        kind = ("Content-Type", "multipart/form-data; boundary=x")
        form = await Request(request("/", kind, method="PUT"), receive).form()
        (file,) = form.values()
        assert isinstance(file, UploadFile)
        return len(await file.read())

    assert run(size()) == len(content)


def test_no_answer_refers_to_one_that_a_browser_may_have_lost() -> None:
    """What Streamlit marks as cacheable it sends the next time as a reference."""
    message = ForwardMsg()
    message.delta.new_element.markdown.body = "x" * (st.get_option("server.maxMessageSize") << 20)
    populate_hash_if_needed(message)
    assert message.hash
    assert not message.metadata.cacheable
