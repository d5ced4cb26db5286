"""A loop over cases fails for each that fails, and for none at all."""

from __future__ import annotations

import pytest

from tests.each import each


def test_all_that_fail_are_reported() -> None:
    tried = []

    def check(case: int) -> None:
        tried.append(case)
        assert case != 2
        with pytest.raises(ZeroDivisionError):
            1 / (case - 4)

    with pytest.raises(BaseExceptionGroup, match="4 of 5 cases fail") as caught:
        each(range(5), check)
    assert tried == [*range(5)]
    notes = [failure.__notes__ for failure in caught.value.exceptions]
    assert notes == [[f"in the case {case}"] for case in (0, 1, 2, 3)]


def test_no_cases_are_no_proof() -> None:
    with pytest.raises(AssertionError, match="no cases"):
        each([], print)
