"""Who may compute: one learner at a time, in the order in which they came.

What trains uses the interpreter whole. If all of a class did so at once, each answer of the bench
would wait for all of them; like this it waits for one, which hands on after a moment.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

_queue: deque[Event] = deque()
_lock = Lock()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn, and hand on at the end."""
    called = Event()
    with _lock:
        _queue.append(called)
        if len(_queue) == 1:
            called.set()
    called.wait()
    try:
        yield
    finally:
        with _lock:
            _queue.popleft()
            if _queue:
                _queue[0].set()
