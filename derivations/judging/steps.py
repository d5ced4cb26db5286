"""Work that stops after so many steps: SymPy's may take longer than anybody waits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import CO_GENERATOR
from types import FrameType


class OutOfSteps(BaseException):
    """The steps are used up. No Exception, so that nothing on the way takes it for its own."""


def _is_ours(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__")).startswith(("sympy.", "derivations."))


@contextmanager
def at_most(steps: int) -> Iterator[None]:
    """Raise OutOfSteps once this thread has called so many functions of Python's within.

    Counted, not timed: the same work stops at the same place on every machine, however busy it is.
    It needs no other process and no other thread. What has no calls in it does not count, so what
    one step works on must be small; the parser's limits see to that.
    """
    left = steps

    def count(frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal left
        left -= 1
        # Python passes over what is raised while it closes a generator or calls back.
        if left < 0 and not frame.f_code.co_flags & CO_GENERATOR and _is_ours(frame):
            raise OutOfSteps

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(before)
