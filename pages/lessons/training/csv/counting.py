"""Columns that only count the rows: what is learnt from them says nothing of new samples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pages.lessons.training.csv.file import CsvFile
from pages.lessons.training.csv.header import is_id_word

_FEWEST = 4  # rows: fewer numbers go up evenly by chance
_FEWEST_SHUFFLED = 6


def counting_columns(file: CsvFile) -> tuple[int, ...]:
    """Return the places in the file of the number columns that count its rows.

    Each goes up or down by the same step from row to row, or is a shuffled count; one that is
    called as numbers of rows are need only be whole and never the same twice.
    """
    if len(file.rows) < _FEWEST:
        return ()
    return tuple(
        place
        for j, place in enumerate(file.feature_columns)
        if _goes_evenly(file.inputs[:, j], file.places)
        or _is_a_count(file.inputs[:, j], file.features[j], len(file.rows) + file.left_out)
    )


def _goes_evenly(values: NDArray[np.float64], places: NDArray[np.intp]) -> bool:
    # Halves, so that no difference overflows.
    step = (values[-1] / 2 - values[0] / 2) / (places[-1] - places[0]) * 2
    line = values[0] + step * (places - places[0])
    return bool(step != 0 and np.allclose(values, line, rtol=1e-9, atol=1e-6 * abs(step)))


def _is_a_count(values: NDArray[np.float64], name: str, rows: int) -> bool:
    if (values % 1).any() or len(np.unique(values)) < len(values):
        return False
    dense = values.max() - values.min() < rows and len(values) >= _FEWEST_SHUFFLED
    return bool(dense or (name and is_id_word(name)))
