"""How much work something is, in calls: the same on every machine, however busy it is."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile


def count_calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, Python's and C's, that the work makes."""
    with Profile() as profile:
        work()
    return sum(entry.callcount for entry in profile.getstats())


def calls_again(work: Callable[[], object]) -> int:
    """Count the calls of work that was done before: what is remembered of it counts no more."""
    work()
    return count_calls(work)
