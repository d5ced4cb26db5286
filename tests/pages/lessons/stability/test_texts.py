"""How numbers are written that float64 cannot hold, or that are none."""

from __future__ import annotations

import math

from pages.lessons.stability.numbers import reference_of
from pages.lessons.stability.texts import tiny_text
from pages.widgets.tables import Number

INF = math.inf


def test_what_is_too_small_for_a_double_is_written_as_a_power() -> None:
    right = reference_of((1000.0, 0.0), (1.0, 0.0))
    assert right.gradient == (0, 0)
    assert [tiny_text(x) for x in right.fine_gradient] == ["−e^(−1000)", "e^(−1000)"]
    assert [tiny_text(x) for x in right.fine_probabilities] == ["", "e^(−1000)"]
    for written in reference_of((700.0, 0.0), (1.0, 0.0)).fine_gradient:
        assert tiny_text(written) == ""
    assert tiny_text(reference_of((-INF, 0.0), (0.0, 1.0)).fine_loss) == ""


def test_no_number_is_a_cell_without_a_value() -> None:
    cell = Number("loss", math.nan, "not a number").cell()
    assert cell == '<td class="number" data-quantity="loss" data-undefined>not a number</td>'
