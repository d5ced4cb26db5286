"""The shades of the matrix: one colour a sign, the stronger the larger an entry is."""

from __future__ import annotations

import numpy as np

from core import softmax, softmax_jacobian
from pages.lessons.jacobian.cells import shades
from pages.writing.palette import fill


def test_an_entry_has_the_colour_of_its_sign_by_its_size() -> None:
    matrix = softmax_jacobian(softmax([2.0, 3.0, 4.0]))
    above, below = (fill(f"gradient_{side}", "light") for side in ("above", "below"))
    largest = matrix.max()
    for value, shade in zip(matrix.ravel(), shades(matrix, "light"), strict=True):
        assert (above in shade, below in shade) == (value > 0, value < 0)
        assert f" {75 * abs(value) / largest:.1f}%" in shade


def test_a_matrix_of_zeros_is_faint() -> None:
    assert {shade.split("%")[0].split()[-1] for shade in shades(np.zeros((2, 2)), "dark")} == {
        "0.0"
    }
