"""The limits of each format, and where each form starts to fail."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pages.lessons.stability.limits import first_failure, limits
from pages.visit.precision import DTYPES
from pages.visit.state import LARGEST_LOGIT


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_limits_are_those_of_the_dtype(dtype: str) -> None:
    info, ends = np.finfo(dtype), limits(dtype)
    zero, one = np.zeros((), dtype), np.ones((), dtype)
    assert ends.largest == float(info.max)
    assert ends.smallest_normal == float(info.smallest_normal)
    assert dtype == "float64" or np.dtype(dtype).type(ends.smallest / 2) == zero
    assert math.exp(ends.overflow) == pytest.approx(float(info.max), rel=1e-12)
    assert ends.underflow == pytest.approx(math.log(2) - math.log(ends.smallest), rel=1e-15)
    quoted = {
        "float16": (11.09, 9.70, 17.33),
        "float32": (88.72, 87.34, 103.97),
        "float64": (709.78, 708.40, 745.13),
    }
    assert (ends.overflow, ends.fewer_digits, ends.underflow) == pytest.approx(
        quoted[dtype], abs=0.005
    )
    # And exponentials really end there, to within the spacing of the numbers near the limit.
    step = 2 * float(np.spacing(one * np.dtype(dtype).type(ends.underflow)))
    with np.errstate(all="ignore"):
        for limit, inside, beyond in (
            (ends.overflow, np.isfinite, np.isinf),
            (-ends.underflow, lambda e: e > 0, lambda e: e == 0),
        ):
            away = math.copysign(step, limit)
            assert inside(np.exp(np.array(limit - away, dtype)))
            assert beyond(np.exp(np.array(limit + away, dtype)))


@pytest.mark.parametrize("dtype", DTYPES)
def test_where_each_form_starts_to_fail(dtype: str) -> None:
    ends = limits(dtype)
    step = 2 * float(np.spacing(np.array(ends.underflow, dtype)))
    for form, result, limit in (
        ("naive", "loss", ends.overflow),
        ("naive", "gradient", ends.overflow),
        ("shifted", "loss", ends.underflow),
        ("shifted", "gradient", ends.overflow),
    ):
        assert first_failure(form, dtype, result) == pytest.approx(limit, abs=step + 1e-6), form
    assert LARGEST_LOGIT == 1e6  # how far the page says that it was tried
    for form in ("log_softmax", "log_sum_exp"):
        for result in ("loss", "gradient"):
            # float16 rounds to infinity from halfway to the number after its largest.
            expected = pytest.approx(65520, abs=0.01) if dtype == "float16" else None
            assert first_failure(form, dtype, result) == expected
