"""How the checker's answer is read: the bands of relative error, and kinks."""

from __future__ import annotations

import numpy as np
import pytest

from pages.lessons.gradient_check.recipe import kink_table
from pages.writing.wording import wording
from tests.pages.lessons.gradient_check.opening import BANDS, opened
from tests.pages.reading import numbers, tables


def test_the_learners_right_gradient_stands_in_its_band() -> None:
    bands = tables(opened())[BANDS]
    (error,) = numbers(bands, "own_error")
    assert error < 1e-9
    assert "own_error" in bands.split("<tr>")[2]


def test_a_difference_across_a_kink() -> None:
    rows = kink_table(wording("en")).rows
    cells = [[cell.value for cell in row if not isinstance(cell, str)] for row in rows]
    h = float(np.finfo(float).eps) ** (1 / 3)
    assert cells[0] == pytest.approx([h, (1e-6 + h) / (2 * h), 1])
    assert cells[1] == pytest.approx([1e-7, 1, 1])
    assert cells[2] == pytest.approx([h, 0.5])
