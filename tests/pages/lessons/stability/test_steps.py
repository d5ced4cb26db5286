"""The steps of each form on the page, and a masked class."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest

from pages.lessons.stability.four_forms import FORMS
from pages.visit.precision import DTYPES
from pages.writing.numerals import number_text
from tests.pages.figures import WORDS
from tests.pages.lessons.stability.opening import column, opened, outcome_at, steps, verdicts
from tests.pages.reading import clean, numbers, passages, table_of, visit_of


def test_another_format_shows_its_own_steps() -> None:
    at = opened(z="-1000,-1000")
    assert "**digits** of ln Σ are **lost**" in passages(at)
    at.segmented_control(key="dtype").set_value("float16").run()
    assert numbers(steps(clean(at), "log_sum_exp"), "loss") == [0.5]
    assert "the numbers of float16 are 0.5000 apart" in passages(at)
    assert visit_of(at).choices.precision.dtype == "float16"


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("z", ["2,3,4", "1000,0", "12,0", "-inf,0,1"])
def test_side_by_side_stand_the_numbers_of_each_forms_own_steps(z: str, dtype: str) -> None:
    at = opened(z=z, label="2", dtype=dtype)
    logits = [float(value) for value in z.split(",")]
    compared = table_of(at, WORDS("stability.steps.compared", dtype=dtype, number=2))
    for form in FORMS:
        expected = outcome_at(form, dtype, logits, 1)
        cells = column(compared, form)
        assert verdicts(at, form)[DTYPES.index(dtype)] == cells[-1]
        of_class = [
            float(np.atleast_1d(values)[-1 if values.ndim == 0 else 1])
            for values in expected.steps.values()
        ]
        assert sorted(values_of(cells[:-1]), key=str) == sorted(map(written, of_class), key=str)
        every = [value for values in expected.steps.values() for value in np.atleast_1d(values)]
        shown = values_of(re.findall(r"<td[^>]*>.*?</td>", steps(at, form)))
        assert sorted(shown, key=str) == sorted(map(written, every), key=str)


def values_of(cells: Sequence[str]) -> list[str]:
    return [
        found[1] if (found := re.search(r'data-value="([^"]+)"', cell)) else "nan"
        for cell in cells
        if 'class="number"' in cell
    ]


def written(value: float) -> str:
    return number_text(float(value) + 0.0).replace("inf", "Infinity")


def test_a_masked_class_is_no_underflow() -> None:
    at = opened(z="-inf,0,1", label="3")
    assert "A masked class is no underflow" in passages(at)
    assert "**Underflow:**" not in passages(at)
    asked = passages(opened(z="-inf,0,1", label="1"))
    assert "A masked class is no underflow" not in asked
    assert "the target asks for a masked class, so the loss is ∞" in asked
