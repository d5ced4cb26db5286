"""What goes wrong in a form's steps is found where it began."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.lessons.stability.events import Event, culprit, events_of
from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.numbers import outcome_of
from pages.visit.precision import DTYPES
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.stability.opening import outcome_at
from tests.pages.strategies import distributions, logits

INF = math.inf
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


def test_what_happens_where(subtests: pytest.Subtests) -> None:
    for (z, label, dtype, form), (expected, cause) in CASES.items():
        with subtests.test(form=form, dtype=dtype, z=z, label=label):
            outcome = outcome_at(form, dtype, z, label)
            events = events_of(outcome, tuple(map(float, z)))
            written = [
                ".".join(str(part) for part in event if part is not None) for event in events
            ]
            assert written == expected.split()
            fails = outcome.verdict not in ("right", "rough", "lost")
            assert fails == bool(cause)
            if fails:
                first = culprit(outcome, events)
                assert first is not None
                assert f"{first.step}.{first.kind}" == cause


@settings(deadline=None)
@given(st.data())
def test_whatever_fails_failed_of_something(data: st.DataObject) -> None:
    drawn = st.lists(logits | st.floats(-20, 20), min_size=2, max_size=6)
    z = data.draw(drawn.filter(lambda v: max(v) > -INF).map(tuple))
    y = data.draw(distributions(len(z)))
    for dtype in DTYPES:
        for form in FORMS:
            outcome = outcome_of(form, dtype, z, y)
            events = events_of(outcome, z)
            if outcome.verdict not in ("right", "rough", "lost"):
                assert culprit(outcome, events) is not None, (form, dtype)
            if form == "log_softmax" and not any(e.step in ("z", "shift") for e in events):
                assert outcome.verdict in ("right", "lost"), (
                    dtype,
                    outcome.loss,
                    outcome.reference,
                )
            assert len(events) == len(set(events))


def test_an_event_of_all_classes_has_no_place() -> None:
    assert Event("sum", "overflow").place is None


def test_a_harmless_event_is_no_culprit() -> None:
    outcome = outcome_at("shifted", "float32", (89, 0, -500), 1)
    assert culprit(outcome, [Event("exp", "underflow", 2)]) is None
    assert culprit(outcome, [Event("quotient", "few_digits", 1)]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_has_its_sentences(language: str) -> None:
    words = wording(language)
    kinds = set(words.group("stability.event")) - {"none"}
    harmless = {"log_sum_exp_absorbed", "quotient_few_digits"}
    assert kinds - harmless == set(words.group("stability.short"))
