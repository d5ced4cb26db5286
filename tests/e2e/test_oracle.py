"""The comparison that every browser test leans on must itself be able to fail."""

from __future__ import annotations

import numpy as np
import pytest

from tests.e2e.instrument import SCALARS, VECTORS, Shown, assert_same, expected

WANTED = expected(np.array([2.0, 3.0, 4.5]), np.array([0.2, 0.5, 0.3]), "focal", 0.7)
QUANTITIES = (*VECTORS, "jacobian", *SCALARS)


def _spoilt(quantity: str, how: str) -> Shown:
    numbers = {name: values.copy() for name, values in WANTED.numbers.items()}
    values = numbers[quantity].reshape(-1)
    if how == "times 1.001":
        values *= 1.001
    elif how == "one sign flipped":
        values[0] *= -1
    else:
        values[[0, 1]] = values[[1, 0]]
    return Shown(numbers)


def test_right_numbers_pass() -> None:
    assert_same(Shown(dict(WANTED.numbers)), WANTED)


@pytest.mark.parametrize("how", ["times 1.001", "one sign flipped", "two entries swapped"])
def test_spoilt_numbers_fail(how: str, subtests: pytest.Subtests) -> None:
    for quantity in QUANTITIES:
        with subtests.test(quantity=quantity):
            if how == "two entries swapped" and quantity in SCALARS:
                continue  # a scalar has no two entries
            if quantity == "sum_gradient":
                continue  # 0 but for rounding: see the vector it sums
            with pytest.raises(AssertionError, match=quantity):
                assert_same(_spoilt(quantity, how), WANTED)
