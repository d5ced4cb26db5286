"""The steps of each form on the page, and a masked class."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from pages.lessons.stability.four_forms import FORMS
from pages.visit.precision import DTYPES
from pages.writing.wording import wording
from tests.pages.lessons.stability.opening import opened, steps
from tests.pages.reading import clean, numbers, passages, table_of, tables, visit_of

NAMES = {form: wording("en")(f"stability.form.{form}") for form in FORMS}


def test_another_format_shows_its_own_steps() -> None:
    at = opened(z="-1000,-1000")
    assert "**digits** of ln Σ are **lost**" in passages(at)
    at.segmented_control(key="dtype").set_value("float16").run()
    assert numbers(steps(clean(at), "log_sum_exp"), "loss") == [0.5]
    assert "the numbers of float16 lie 0.5000 apart" in passages(at)
    assert visit_of(at).choices.precision.dtype == "float16"


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("z", ["2,3,4", "1000,0", "12,0", "-inf,0,1"])
def test_side_by_side_stand_the_numbers_of_each_forms_own_steps(z: str, dtype: str) -> None:
    at = opened(z=z, label="2", dtype=dtype)
    words = wording("en")
    compared = table_of(at, words("stability.steps.compared", dtype=dtype, number=2))
    rows = [re.findall(r"<t[dh][^>]*>.*?</t[dh]>", row) for row in compared.split("<tr>")[2:]]
    for column, form in enumerate(FORMS, 1):
        shown = [cells[column] for cells in rows[:-1] if cells[column] != "<td>–</td>"]
        own = [re.findall(r"<t[dh][^>]*>.*?</t[dh]>", row) for row in steps(at, form).split("<tr>")]
        of_class = [cells[1 if cells[2] == "<td></td>" else 2] for cells in own[2:]]
        assert sorted(shown) == sorted(of_class)
        assert verdict_of(at, form, dtype) in rows[-1][column]


def verdict_of(at: AppTest, form: str, dtype: str) -> str:
    """What the first screen says of a form in a format."""
    (row,) = [row for row in tables(at)[0].split("<tr>") if f"<bdi>{NAMES[form]}</bdi>" in row]
    return str(re.findall(r"<td>(.*?)</td>", row)[DTYPES.index(dtype)])


def test_a_masked_class_is_no_underflow() -> None:
    at = opened(z="-inf,0,1", label="3")
    assert "A masked class is no underflow" in passages(at)
    assert "Underflow" not in passages(at)
    asked = passages(opened(z="-inf,0,1", label="1"))
    assert "A masked class is no underflow" not in asked
    assert "the target asks for a masked class, so the loss is ∞" in asked
