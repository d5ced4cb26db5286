"""Whose turn it is: pages one after the other, and edits beside them.

Streamlit gives each learner's script run a thread. When a class opens a lesson at the same moment,
hundreds of threads want the interpreter, and the event loop, which answers everybody, is one among
them: it was silent for up to 19 s, and all pages came at the end together. In turns the first come
first, the loop waits for two threads at most, and an edit waits for other edits only (one that has
the whole page run again, as another loss on the bench, is still an edit): not for the judging of a
line, which takes ten times as long and goes on in another process. Long work, a training above all,
is done in slices, between which whoever else waits goes first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Event, Lock, local
from typing import ParamSpec, TypeVar

import streamlit as st

from pages.visit.one_go import in_one_go, send_now

Given = ParamSpec("Given")
Result = TypeVar("Result")


PATIENCE = 32  # others that go, at most, between two pieces of long work, whoever's


class Lane:
    """Lets one at a time through, in the order in which they came; who hands on goes after them.

    Fifty trainings that took turns with three hundred learners' edits had each edit wait for fifty
    slices.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = False
        self._waiting: deque[Event] = deque()  # this and the next: empty while nobody has the turn
        self._put_off: deque[Event] = deque()  # who have handed on
        self._passed = 0  # who went before those since one of them did

    def enter(self) -> None:
        """Wait for one's turn."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            called = Event()
            self._waiting.append(called)
        called.wait()

    def leave(self) -> None:
        """Let the next one go."""
        with self._lock:
            self._call_next()

    def hand_on(self) -> None:
        """Let others go first and wait for one's turn again.

        PATIENCE of them at most, for each who has handed on before.
        """
        with self._lock:
            called = Event()
            self._put_off.append(called)
            self._call_next()  # this one itself, where nobody else is there
        called.wait()

    def _call_next(self) -> None:
        if self._waiting and self._passed < PATIENCE:
            self._passed += bool(self._put_off)
            self._waiting.popleft().set()
        elif self._put_off:
            self._passed = 0
            self._put_off.popleft().set()
        else:
            self._taken = False


PAGES, EDITS = Lane(), Lane()
_own = local()  # the lane in which this thread has its turn


@contextmanager
def turn(lane: Lane) -> Iterator[None]:
    """Do what follows in one's turn; who has one already, keeps it."""
    if getattr(_own, "lane", None) is not None:
        yield
        return
    lane.enter()
    _own.lane = lane
    try:
        with in_one_go():
            yield
    finally:
        _own.lane = None
        lane.leave()


def hand_on() -> None:
    """Between two pieces of long work: show what there is, and let those go first who wait."""
    send_now()
    lane: Lane | None = getattr(_own, "lane", None)
    if lane is not None:
        lane.hand_on()


@contextmanager
def aside() -> Iterator[None]:
    """Wait within for another process: all others have their turns meanwhile."""
    lane: Lane | None = getattr(_own, "lane", None)
    if lane is None:
        yield
        return
    lane.leave()
    _own.lane = None
    try:
        yield
    finally:
        lane.enter()
        _own.lane = lane


def queue_again() -> None:
    """After work that was long: show what there is, and let those go first who wait now."""
    send_now()
    with aside():
        pass


def fragment(show: Callable[Given, Result], key: str | None = None) -> Callable[Given, Result]:
    """Make a function a fragment of its page, as `st.fragment` does, that is rerun in its turn.

    key   by which the callback of a widget in a fragment within has all of it rerun
    """

    @wraps(show)
    def in_turn(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with turn(EDITS):
            return show(*args, **kwargs)

    return st.fragment(in_turn, key=key)  # noqa: TID251 (the one place)
