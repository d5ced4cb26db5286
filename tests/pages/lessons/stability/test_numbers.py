"""The reference against 120 digits, and the verdict on each form."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.lessons.stability.four_forms import FORMS
from pages.lessons.stability.numbers import DIGITS, outcome_of, reference_of
from pages.lessons.stability.texts import tiny_text
from pages.visit.presets import EXTREMES
from tests.core import mpmath_oracle
from tests.core.mpmath_oracle import mp
from tests.pages.strategies import distributions, logits

INF = math.inf
VERDICTS = {
    # Example: the verdicts of naive, shifted, log-softmax and log-sum-exp in its dtype.
    "far_apart": ("both", "both", "right", "right"),
    "far_below": ("both", "right", "right", "rough"),
    "single": ("both", "gradient", "right", "right"),
    "half": ("both", "gradient", "right", "right"),
    "masked": ("right",) * 4,
    "tie": ("right",) * 4,
}


@given(st.data())
def test_the_reference_is_right_to_the_last_digit(data: st.DataObject) -> None:
    z = data.draw(
        st.lists(logits, min_size=2, max_size=5).filter(lambda v: max(v) > -INF).map(tuple)
    )
    y = data.draw(distributions(len(z)))
    got = reference_of(z, y)
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
    # Where a and y are all but equal, 60 digits of each leave fewer of their difference.
    assert got.gradient == pytest.approx(slopes, rel=1e-14, abs=10.0 ** (1 - DIGITS))


def test_the_reference_keeps_what_is_tiny() -> None:
    ahead = reference_of((200.0, 0.0), (1.0, 0.0))
    assert ahead.loss == pytest.approx(math.exp(-200), rel=1e-14)
    assert ahead.gradient == pytest.approx((-math.exp(-200), math.exp(-200)), rel=1e-14)
    assert reference_of((1000.0, 0.0), (0.0, 1.0)).loss == 1000


@pytest.mark.parametrize("name", EXTREMES)
def test_the_examples(name: str) -> None:
    state, dtype = EXTREMES[name]
    target = tuple(state.distribution.tolist())
    verdicts = tuple(outcome_of(form, dtype, state.logits, target).verdict for form in FORMS)
    assert verdicts == VERDICTS[name]


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
        outcome = outcome_of(form, dtype, logits, (1.0, 0.0))
        assert (outcome.loss, outcome.verdict) == (0, "lost")
        assert outcome.reference.loss == pytest.approx(math.exp(-logits[0]), rel=1e-6)
        assert tiny_text(outcome.reference.fine_loss) == written
    assert outcome_of("shifted", dtype, (2.0, 3.0), (1.0, 0.0)).verdict == "right"
