"""The steps of each form on the page, and a masked class."""

from __future__ import annotations

from tests.pages.lessons.stability.opening import opened, steps
from tests.pages.reading import clean, numbers, passages, visit_of


def test_another_format_shows_its_own_steps() -> None:
    at = opened(z="-1000,-1000")
    assert "**digits** of ln Σ are **lost**" in passages(at)
    at.segmented_control(key="dtype").set_value("float16").run()
    assert numbers(steps(clean(at), "log_sum_exp"), "loss") == [0.5]
    assert "the numbers of float16 lie 0.5000 apart" in passages(at)
    assert visit_of(at).choices.precision.dtype == "float16"


def test_a_masked_class_is_no_underflow() -> None:
    at = opened(z="-inf,0,1", label="3")
    assert "A masked class is no underflow" in passages(at)
    assert "Underflow" not in passages(at)
    asked = passages(opened(z="-inf,0,1", label="1"))
    assert "A masked class is no underflow" not in asked
    assert "the target asks for a masked class, so the loss is ∞" in asked
