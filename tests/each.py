"""Many cases of one idea in one test: all are tried, and all that fail are reported together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pytest

Case = TypeVar("Case")


def each(cases: Iterable[Case], check: Callable[[Case], object]) -> None:
    """Check every case; fail with what each of those that failed has to say."""
    failures: list[BaseException] = []
    tried = 0
    for case in cases:
        tried += 1
        try:
            check(case)
        except (Exception, pytest.fail.Exception) as failure:  # all are raised again below
            failure.add_note(f"in the case {case!r}")
            failures.append(failure)
    assert tried, "there are no cases"
    if failures:
        raise BaseExceptionGroup(f"{len(failures)} of {tried} cases fail", failures)
