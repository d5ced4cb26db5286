"""The forms side by side on the page: examples, formats, targets."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from core import LossResult, naive_softmax, softmax_loss
from pages.lessons.stability.four_forms import FORMS
from pages.visit.precision import DTYPES
from pages.visit.presets import EXTREMES
from pages.writing.wording import LANGUAGES, wording
from tests.pages.lessons.stability.opening import column, opened, overview, steps, verdicts
from tests.pages.reading import CELL, clean, no_nan, numbers, passages, tables, visit_of

UNDEFINED = re.compile(r'data-quantity="(\w+)"(?: data-index="\d+")? data-undefined>([^<]*)<')
EN = wording("en")


def take(at: AppTest, name: str) -> AppTest:
    at.pills(key="extreme").set_value(name).run()
    return clean(at)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EXTREMES)
def test_an_example_sets_the_logits_and_the_format_and_is_undone(language: str, name: str) -> None:
    at = take(opened(language, z="5,6,7"), name)
    example, dtype = EXTREMES[name]
    current = visit_of(at)
    assert current.state == example
    assert current.choices.precision.dtype == dtype
    assert at.pills(key="extreme").value == name
    assert at.segmented_control(key="dtype").value == dtype
    current.undo()
    assert current.state.logits == (5, 6, 7)
    no_nan(at)
    assert "inf" not in "".join(text for *_, text in CELL.findall("".join(tables(at))))
    assert not re.search(r"(?<![\w}^])\{[a-z_]{2,}\}", passages(at)), "a place was not filled"


def test_a_thousand_ahead_in_float64() -> None:
    at = take(opened(), "far_apart")
    whole = overview(at, "float64")
    assert numbers(whole, "loss") == [math.inf, math.inf, 1000, 1000, 1000]
    assert "✗ exp overflows" in column(whole, "naive")[0]
    assert "✗ exp underflows" in column(whole, "shifted")[0]
    assert "✓" in column(whole, "log_softmax")[0]
    naive = steps(at, "naive")
    assert numbers(naive, "exponential") == [math.inf, 1]
    assert UNDEFINED.findall(naive)[0] == ("probability", EN("stability.nan"))
    assert numbers(naive, "loss") == [math.inf]
    shown = passages(at)
    assert "e to the power 1000 is beyond 1.80·10³⁰⁸, the largest number of float64" in shown
    assert "the quotient ∞ / ∞ is **not a number**" in shown
    assert "e to the power −1000 is too small for float64" in shown
    assert "e^(−1000)" in shown


def test_the_twelve_in_float16_costs_the_shifted_form_its_gradient_only() -> None:
    at = take(opened(), "half")
    shifted = steps(at, "shifted")
    assert numbers(shifted, "loss") == [12]
    assert numbers(shifted, "probability") == [1, float(np.exp(np.float16(-12)))]
    assert UNDEFINED.findall(shifted) == [("gradient", EN("stability.nan"))]
    assert "✗ ∂L/∂a overflows" in verdicts(at, "shifted")[0]
    assert "✓" in verdicts(at, "shifted")[1]
    assert "**✗ The gradient fails:** it is not finite. The loss is 12;" in passages(at)


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_numbers_are_those_of_the_format(dtype: str) -> None:
    at = opened(z="2,3,4", label="2", dtype=dtype)
    z = np.array([2, 3, 4], dtype)
    assert numbers(steps(at, "naive"), "probability") == naive_softmax(z).tolist()
    right: LossResult = softmax_loss([2.0, 3.0, 4.0], 1)
    for name in DTYPES:
        near = 8 * float(np.finfo(name).eps)
        losses = numbers(overview(at, name), "loss")
        assert losses[-1] == pytest.approx(right.value, rel=1e-15)
        assert losses == pytest.approx([right.value] * 5, abs=near)
        slopes = numbers(overview(at, name), "gradient_below")
        assert slopes == pytest.approx([right.grad_logits[1]] * 5, abs=near)
    assert len(set(numbers(overview(at, "float16"), "loss"))) > 1, "nothing was rounded"


def test_how_each_form_did_in_each_format() -> None:
    at = opened(screen="forms", z="89,0", label="2")
    said = {form: [re.sub(r"<[^>]*>", "", one) for one in verdicts(at, form)] for form in FORMS}
    assert said["naive"] == ["✗ exp overflows", "✗ exp overflows", "✓"]
    assert said["shifted"] == ["✗ exp underflows", "✗ ∂L/∂a overflows", "✓"]
    assert said["log_softmax"] == said["log_sum_exp"] == ["✓"] * 3
    assert EN("stability.forms.all_right") not in passages(at)
    assert EN("stability.forms.all_right") in passages(opened(screen="forms", z="2,3,4"))


def test_a_soft_target() -> None:
    at = opened(z="1,2,3", target="0.1,0.2,0.7")
    right = softmax_loss([1.0, 2.0, 3.0], [0.1, 0.2, 0.7])
    assert numbers(overview(at, "float64"), "loss") == pytest.approx([float(right.value)] * 5)
    assert EN("stability.forms.table", number=3) in "".join(tables(at))
