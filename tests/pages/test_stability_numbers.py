"""Four forms in three precisions: against core, against 50 digits, and against np.finfo."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import log_softmax, logsumexp, naive_softmax, softmax, softmax_loss
from pages.lessons.stability.cost import LEAST_REPEATS, WAYS, operations, timed
from pages.lessons.stability.events import Event, culprit, events
from pages.lessons.stability.forms import FORMS
from pages.lessons.stability.limits import curve, first_failure, limits
from pages.lessons.stability.numbers import Outcome, exact, outcome
from pages.lessons.stability.texts import tiny_text
from pages.visit.precision import DTYPES
from pages.visit.presets import EXTREMES
from pages.visit.state import LARGEST_LOGIT
from tests.core import mpmath_oracle
from tests.core.mpmath_oracle import mp
from tests.pages.strategies import distributions, logits

INF = math.inf
MODERATE = ((2.0, 3.0, 4.0), (3.0, 1.0, -3.0), (-INF, 0.0, 1.0), (0.5, 0.25, 0.125, -2.0))
both = pytest.mark.parametrize("dtype", DTYPES)
forms = pytest.mark.parametrize("form", FORMS)


def one_hot(label: int, classes: int) -> tuple[float, ...]:
    return tuple(float(k == label) for k in range(classes))


def found(form: str, dtype: str, z: Sequence[float], label: int) -> Outcome:
    return outcome(form, dtype, tuple(map(float, z)), one_hot(label, len(z)))


@both
@pytest.mark.parametrize("z", MODERATE)
def test_the_forms_are_those_of_core(dtype: str, z: tuple[float, ...]) -> None:
    taken = np.array(z, dtype)
    label = len(z) - 1
    near = 8 * float(np.finfo(dtype).eps)
    steps = {form: found(form, dtype, z, label).steps for form in FORMS}
    assert steps["naive"]["probability"].tolist() == naive_softmax(taken).tolist()
    right = softmax_loss(taken.astype(float), label)
    for form, values in steps.items():
        assert {v.dtype for v in values.values()} == {np.dtype(dtype)}, form
        assert values["probability"] == pytest.approx(right.probabilities, abs=near)
        assert float(values["loss"]) == pytest.approx(right.value, abs=near)
        assert values["gradient"] == pytest.approx(right.grad_logits, abs=near)
        assert found(form, dtype, z, label).verdict == "right"
    if dtype != "float16":  # which core computes in float32
        assert steps["shifted"]["probability"] == pytest.approx(softmax(taken), rel=near)
        log_a = steps["log_softmax"]["log_probability"]
        assert log_a == pytest.approx(log_softmax(taken), rel=near)
        assert float(steps["log_sum_exp"]["log_sum_exp"]) == pytest.approx(
            float(logsumexp(taken)), rel=near
        )


@given(st.data())
def test_the_reference_is_right_to_the_last_digit(data: st.DataObject) -> None:
    z = data.draw(
        st.lists(logits, min_size=2, max_size=5).filter(lambda v: max(v) > -INF).map(tuple)
    )
    y = data.draw(distributions(len(z)))
    got = exact(z, y)
    ctx = mpmath_oracle.fine
    e = [ctx.exp(ctx.mpf(v)) for v in z]
    total = ctx.fsum(e)
    a = [v / total for v in e]
    # A sum that 120 digits cannot tell from one of its terms has nothing left of the others.
    assert got.probabilities == pytest.approx([float(v) for v in a], rel=1e-15)
    penalties = [-mpmath_oracle.log_softmax(list(map(mp.mpf, z)), 1.0)[k] for k in range(len(z))]
    assert got.penalties == pytest.approx([float(v) for v in penalties], rel=1e-15, abs=1e-45)
    loss = sum(float(p) * q for p, q in zip(penalties, y, strict=True) if q)
    assert got.loss == pytest.approx(loss, rel=1e-14, abs=1e-45)
    slopes = [float(v - ctx.mpf(q) + v * (ctx.fsum(y) - 1)) for v, q in zip(a, y, strict=True)]
    assert got.gradient == pytest.approx(slopes, rel=1e-14, abs=1e-100)


def test_the_reference_keeps_what_is_tiny() -> None:
    ahead = exact((200.0, 0.0), (1.0, 0.0))
    assert ahead.loss == pytest.approx(math.exp(-200), rel=1e-14)
    assert ahead.gradient == pytest.approx((-math.exp(-200), math.exp(-200)), rel=1e-14)
    assert exact((1000.0, 0.0), (0.0, 1.0)).loss == 1000


@both
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


@both
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


@both
@forms
def test_the_curve_fails_at_the_threshold_and_is_rounding_before(form: str, dtype: str) -> None:
    drawn = curve(form, dtype)
    threshold = first_failure(form, dtype, "loss")
    eps = float(np.finfo(dtype).eps)
    for x, error in zip(drawn.x, drawn.error, strict=True):
        assert (error == INF) == (threshold is not None and x >= threshold), x
        if x < limits(dtype).fewer_digits:
            assert error < 4 * eps
    assert drawn.error == sorted(drawn.error)


CASES = {
    # (logits, label, dtype, form): the events, and which of them it failed of
    ((1000, 0), 1, "float64", "naive"): (
        "exp.overflow.0 quotient.infinities.0 quotient.by_infinity.1 log.of_zero.1",
        "exp.overflow",
    ),
    ((1000, 0), 1, "float64", "shifted"): (
        "exp.underflow.1 log.of_zero.1 slope.by_zero.1 gradient.zero_times_infinity",
        "exp.underflow",
    ),
    ((1000, 0), 1, "float64", "log_softmax"): ("exp.underflow.1", ""),
    ((-1000, -1000), 0, "float32", "naive"): ("exp.underflow.0 quotient.zeros.0", "exp.underflow"),
    ((-1000, -1000), 0, "float16", "log_sum_exp"): ("log_sum_exp.absorbed", ""),
    ((89, 0), 1, "float32", "shifted"): (
        "quotient.few_digits.1 slope.overflow.1 gradient.infinities",
        "slope.overflow",
    ),
    ((89, 0, -500), 1, "float32", "shifted"): (
        "exp.underflow.2 quotient.few_digits.1 slope.overflow.1 gradient.infinities",
        "slope.overflow",
    ),
    ((11, 11), 0, "float16", "naive"): (
        (
            "sum.overflow quotient.by_infinity.0 log.of_zero.0 slope.by_zero.0 "
            "gradient.zero_times_infinity"
        ),
        "sum.overflow",
    ),
    ((1e5, 0), 1, "float16", "log_softmax"): ("z.too_large.0 shift.infinities.0", "z.too_large"),
    ((0, -1e5), 0, "float16", "log_softmax"): ("z.too_large.1", ""),
    ((4e4, -4e4), 1, "float16", "log_softmax"): ("shift.overflow.1", "shift.overflow"),
    ((-INF, 0, 1), 2, "float32", "naive"): ("", ""),
    ((-INF, 0, 1), 0, "float32", "naive"): (
        "slope.by_zero.0 gradient.zero_times_infinity",
        "slope.by_zero",
    ),
    ((-INF, 0, 1), 0, "float32", "log_softmax"): ("", ""),
    ((10, -8), 1, "float16", "naive"): (
        "quotient.underflow.1 log.of_zero.1 slope.by_zero.1 gradient.zero_times_infinity",
        "quotient.underflow",
    ),
}


@pytest.mark.parametrize(("case", "expected"), CASES.items(), ids=str)
def test_what_happens_where(
    case: tuple[tuple[float, ...], int, str, str], expected: tuple[str, str]
) -> None:
    z, label, dtype, form = case
    ended = found(form, dtype, z, label)
    listed = events(ended, tuple(map(float, z)))
    shown = [".".join(str(part) for part in event if part is not None) for event in listed]
    assert shown == expected[0].split()
    fails = ended.verdict not in ("right", "rough", "lost")
    assert fails == bool(expected[1])
    if fails:
        first = culprit(ended, listed)
        assert first is not None
        assert f"{first.step}.{first.kind}" == expected[1]


VERDICTS = {
    # Example: the verdicts of naive, shifted, log-softmax and log-sum-exp in its dtype.
    "far_apart": ("both", "both", "right", "right"),
    "far_below": ("both", "right", "right", "rough"),
    "single": ("both", "gradient", "right", "right"),
    "half": ("both", "gradient", "right", "right"),
    "masked": ("right",) * 4,
    "tie": ("right",) * 4,
}


@pytest.mark.parametrize("name", EXTREMES)
def test_the_examples(name: str) -> None:
    state, dtype = EXTREMES[name]
    target = tuple(state.distribution.tolist())
    verdicts = tuple(outcome(form, dtype, state.logits, target).verdict for form in FORMS)
    assert verdicts == VERDICTS[name]


def test_log_sum_exp_loses_digits_where_log_softmax_keeps_them() -> None:
    kept, lost = (
        found(form, "float16", (-1000, -1000), 0) for form in ("log_softmax", "log_sum_exp")
    )
    assert kept.loss == pytest.approx(math.log(2), abs=5e-4)
    assert lost.loss == 0.5
    assert lost.loss_error == pytest.approx(math.log(2) - 0.5)
    assert float(np.spacing(np.float16(1000))) == 0.5


@settings(deadline=None)
@given(st.data())
def test_whatever_fails_failed_of_something(data: st.DataObject) -> None:
    drawn = st.lists(logits | st.floats(-20, 20), min_size=2, max_size=6)
    z = data.draw(drawn.filter(lambda v: max(v) > -INF).map(tuple))
    y = data.draw(distributions(len(z)))
    for dtype in DTYPES:
        for form in FORMS:
            ended = outcome(form, dtype, z, y)
            listed = events(ended, z)
            if ended.verdict not in ("right", "rough", "lost"):
                assert culprit(ended, listed) is not None, (form, dtype)
            if form == "log_softmax" and not any(e.step in ("z", "shift") for e in listed):
                assert ended.verdict in ("right", "lost"), (dtype, ended.loss, ended.exact)
            assert len(listed) == len(set(listed))


def test_a_harmless_event_is_no_culprit() -> None:
    ended = found("shifted", "float32", (89, 0, -500), 1)
    assert culprit(ended, [Event("exp", "underflow", 2)]) is None
    assert culprit(ended, [Event("quotient", "few_digits", 1)]) is None


@pytest.mark.parametrize("n", [2, 3, 10, 1000])
def test_the_operations_counted_are_those_of_the_formulas(n: int) -> None:
    common = {"exp": n, "add": n - 1, "maximum": n - 1}
    assert operations("log_of_softmax", n) == Counter(
        common | {"subtract": n, "divide": n, "log": n}
    )
    assert operations("log_softmax", n) == Counter(common | {"subtract": 2 * n, "log": 1})


def test_both_ways_that_are_timed_give_core_s_numbers() -> None:
    z = np.random.default_rng(1).normal(0, 3, (4, 50))
    for way in WAYS.values():
        assert way(z) == pytest.approx(log_softmax(z), rel=1e-12, abs=1e-14)


def test_the_timing_repeats_enough_and_times_both() -> None:
    timing = timed()
    assert timing.repeats >= LEAST_REPEATS
    assert timing.seconds.keys() == WAYS.keys()
    assert all(0 < taken < 1 for taken in timing.seconds.values())


@pytest.mark.parametrize(
    ("logits", "dtype", "written"),
    [
        ((20.0, 0.0), "float32", ""),
        ((40.0, 0.0), "float64", ""),
        ((1000.0, 0.0), "float64", "e^(−1000)"),
    ],
)
def test_a_loss_whose_digits_are_all_lost_is_not_called_right(
    logits: tuple[float, float], dtype: str, written: str
) -> None:
    for form in ("shifted", "log_softmax", "log_sum_exp"):
        found = outcome(form, dtype, logits, (1.0, 0.0))
        assert (found.loss, found.verdict) == (0, "lost")
        assert found.exact.loss == pytest.approx(math.exp(-logits[0]), rel=1e-6)
        assert tiny_text(found.exact.fine_loss) == written
    assert outcome("shifted", dtype, (2.0, 3.0), (1.0, 0.0)).verdict == "right"


def test_what_is_too_small_for_a_double_is_written_as_a_power() -> None:
    found = exact((1000.0, 0.0), (1.0, 0.0))
    assert found.gradient == (0, 0)
    assert [tiny_text(x) for x in found.fine_gradient] == ["−e^(−1000)", "e^(−1000)"]
    assert [tiny_text(x) for x in found.fine_probabilities] == ["", "e^(−1000)"]
    for written in exact((700.0, 0.0), (1.0, 0.0)).fine_gradient:
        assert tiny_text(written) == ""
    assert tiny_text(exact((-INF, 0.0), (0.0, 1.0)).fine_loss) == ""
