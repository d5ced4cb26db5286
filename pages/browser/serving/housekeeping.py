"""The process keeps itself fit for a crowd: short waits for the event loop, memory given back."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from streamlit import runtime
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import runtime as sender
from streamlit.runtime.session_manager import SessionClient

from pages.browser.serving.crafted import crafted_values_dropped
from pages.browser.serving.rehearsal import rehearse
from pages.browser.serving.sending import sent_at_once
from pages.visit.judge_process import NotJudgedError, judge_process
from pages.visit.lessons import LESSONS
from pages.visit.practice import DERIVATIONS

# s that a script may keep the event loop waiting, each time that both want to go on. Python's own
# is 0.005, which the loop waits several times for each message that it sends.
SWITCH = 0.001
NEW_OBJECTS = (
    10_000  # from one garbage collection to the next: at 700 they took a tenth of all time
)
EVERY = 60  # s
# s that Streamlit rests after it has sent something. It lets what a run shows gather; ours comes in
# one go (pages/visit/one_go.py), and waited for the rest after the message that the run begins.
REST = 0.0
FIRST = 5  # s after the start, in which whoever waits for the server has their page alone


@asynccontextmanager
async def housekeeping() -> AsyncIterator[None]:
    """Set the interpreter for a crowd; run the pages once, and tidy up every minute.

    What was imported until now is taken out of every later garbage collection.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
    sys.setswitchinterval(SWITCH)
    sender.MESSAGE_FLUSH_INTERVAL_SECS = REST  # type: ignore[attr-defined]
    work = (_tidy_every_minute(), _rehearse(), _prepare_judging())
    tasks = [asyncio.create_task(one) for one in work]
    try:
        with sent_at_once(), crafted_values_dropped():
            yield
    finally:
        for task in tasks:
            task.cancel()
        judge_process.close()


async def _rehearse() -> None:
    # The bench at once: its modules come while the first learner's browser reads Streamlit's.
    await rehearse(runtime.get_instance(), [""])
    await asyncio.sleep(FIRST)
    lessons = [name.replace("_", "-") for name in LESSONS]
    # What slips make of a derivation's lines is found once a process: a second or two each.
    exercises = [f"practice?kind=slip&derivation={name}" for name in DERIVATIONS]
    await rehearse(runtime.get_instance(), [*lessons, *exercises])


async def _prepare_judging() -> None:
    await asyncio.sleep(FIRST)
    with suppress(NotJudgedError):  # the next question begins another process
        await asyncio.to_thread(judge_process.prepare, DERIVATIONS)


async def _tidy_every_minute() -> None:
    while True:
        await asyncio.sleep(EVERY)
        tidy(runtime.get_instance())


def tidy(server: runtime.Runtime) -> None:
    """Let those go who left longer ago than a session lives, and give their memory back.

    Streamlit looks for them only when another leaves: so somebody does. What they had refers to
    itself in circles, which only a full collection finds; and what is then free stays with the
    allocator, which was asked by hundreds of threads, until it is told to return it. Without this
    a class that had pasted long texts left 700 MB behind.
    """
    nobody = server.connect_session(_Nobody(), user_info={})
    server.disconnect_session(nobody)
    server.close_session(nobody)
    gc.collect()
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        if hasattr(libc, "malloc_trim"):  # not in musl
            libc.malloc_trim(0)


class _Nobody(SessionClient):
    """A visitor who comes and goes."""

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        """Take no notice."""
