"""Work that stops after so many steps: SymPy's may take longer than anybody waits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfSteps(BaseException):
    """The steps are used up. No Exception, so that nothing on the way takes it for its own."""


@contextmanager
def at_most(steps: int) -> Iterator[None]:
    """Raise OutOfSteps once this thread has called so many functions of Python's within.

    Counted, not timed: the same work stops at the same place on every machine, however busy it is.
    It needs no other process and no other thread. What has no calls in it does not count, so what
    one step works on must be small; the parser's limits see to that.
    """
    left = steps

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OutOfSteps

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(before)
