"""The limit on open files, raised at start, and what is said when they are nearly used up."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from pages.browser.serving import descriptors
from pages.browser.serving.descriptors import RoomLeft, nearly_used_up
from tests.asgi import Inner, handshake, messages, request

ROOT = Path(descriptors.__file__).parents[3]
# In a process of its own: limits cannot always be raised again.
RAISED = """
import resource
from pages.browser.serving.descriptors import raise_limit
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
raise_limit()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""
FULL = """
import os, resource
from pages.browser.serving.descriptors import nearly_used_up
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
held = []
said = []
try:
    while True:
        held.append(os.open(os.devnull, os.O_RDONLY))
        said.append(nearly_used_up())
except OSError:
    pass
print(said.index(True), len(held), all(said[said.index(True):]), nearly_used_up())
"""


def run(source: str) -> list[str]:
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize(("soft", "hard"), [(256, 1024), (1024, 1024), (128, 2048)])
def test_the_limit_is_raised_as_far_as_the_system_lets(soft: int, hard: int) -> None:
    after, most = map(int, run(RAISED.format(soft=soft, hard=hard)))
    assert after == most >= hard
    if after < 65_536:  # not allowed above the hard limit, then
        assert after == hard


def test_it_is_said_before_none_are_left_and_until_some_are() -> None:
    first, most, throughout, at_last = run(FULL)
    assert int(most) - 100 < int(first) < int(most) - 30
    assert (throughout, at_last) == ("True", "True")


def test_there_is_room_now() -> None:
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert limit - len(os.listdir("/dev/fd")) > 100  # noqa: PTH208 (names alone)
    assert not nearly_used_up()


@pytest.mark.parametrize("full", [False, True])
def test_a_learner_for_whom_there_is_no_room_is_sent_elsewhere(
    *, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descriptors, "nearly_used_up", lambda: full)
    inner = Inner()
    newcomer, page = messages(RoomLeft(inner), handshake(), request("/"))
    assert page[0]["status"] == 200
    assert newcomer[0].get("status") == (503 if full else None)
    assert len(inner.seen) == (1 if full else 2)
