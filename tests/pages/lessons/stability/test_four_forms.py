"""Four forms in three precisions, against core."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core import log_softmax, logsumexp, naive_softmax, softmax, softmax_loss
from pages.lessons.stability.four_forms import FORMS
from pages.visit.precision import DTYPES
from tests.pages.lessons.stability.opening import outcome_at

INF = math.inf
MODERATE = ((2.0, 3.0, 4.0), (3.0, 1.0, -3.0), (-INF, 0.0, 1.0), (0.5, 0.25, 0.125, -2.0))


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_forms_are_those_of_core(dtype: str, subtests: pytest.Subtests) -> None:
    for z in MODERATE:
        with subtests.test(z=z):
            the_forms_are_those_of_core(dtype, z)


def the_forms_are_those_of_core(dtype: str, z: tuple[float, ...]) -> None:
    taken = np.array(z, dtype)
    label = len(z) - 1
    near = 8 * float(np.finfo(dtype).eps)
    steps = {form: outcome_at(form, dtype, z, label).steps for form in FORMS}
    assert steps["naive"]["probability"].tolist() == naive_softmax(taken).tolist()
    right = softmax_loss(taken.astype(float), label)
    for form, values in steps.items():
        assert {v.dtype for v in values.values()} == {np.dtype(dtype)}, form
        assert values["probability"] == pytest.approx(right.probabilities, abs=near)
        assert float(values["loss"]) == pytest.approx(right.value, abs=near)
        assert values["gradient"] == pytest.approx(right.grad_logits, abs=near)
        assert outcome_at(form, dtype, z, label).verdict == "right"
    if dtype != "float16":  # which core computes in float32
        assert steps["shifted"]["probability"] == pytest.approx(softmax(taken), rel=near)
        log_a = steps["log_softmax"]["log_probability"]
        assert log_a == pytest.approx(log_softmax(taken), rel=near)
        assert float(steps["log_sum_exp"]["log_sum_exp"]) == pytest.approx(
            float(logsumexp(taken)), rel=near
        )


def test_log_sum_exp_loses_digits_where_log_softmax_keeps_them() -> None:
    kept, lost = (
        outcome_at(form, "float16", (-1000, -1000), 0) for form in ("log_softmax", "log_sum_exp")
    )
    assert kept.loss == pytest.approx(math.log(2), abs=5e-4)
    assert lost.loss == 0.5
    assert lost.loss_error == pytest.approx(math.log(2) - 0.5)
    assert float(np.spacing(np.float16(1000))) == 0.5
