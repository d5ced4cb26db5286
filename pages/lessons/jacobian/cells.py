"""The Jacobian as a table whose cells are shaded by sign and size, to choose an entry in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from pages.browser.assets import component
from pages.visit.messages import is_place, message_of
from pages.widgets.figure import Vector
from pages.widgets.tables import Table, table_html
from pages.writing.palette import Theme, fill

_KEY = "matrix-cells"
_STRONGEST = (
    75  # per cent of its colour that the largest entry has: its number is read on top of it
)
_cells = component("matrix")


def matrix_cells(
    table: Table,
    matrix: Vector,
    entry: tuple[int, int],
    theme: Theme,
    on_choice: Callable[[], None],
) -> None:
    """Show the table of a Jacobian (n, n), with the entry (row, column), from 0, in a frame."""
    row, column = entry
    data = {
        "html": table_html(*table),
        "shades": shades(matrix, theme),
        "entry": row * len(matrix) + column,
    }
    _cells(key=_KEY, data=data, on_entry_change=on_choice)


def chosen_entry(classes: int) -> tuple[int, int] | None:
    """Return row and column, from 0, of the entry that was chosen in the table."""
    place = message_of(_KEY, "entry")
    return (
        divmod(place, classes) if isinstance(place, int) and is_place(place, classes**2) else None
    )


def shades(matrix: Vector, theme: Theme) -> Sequence[str]:
    """Return the colour of each entry, row by row: faint at 0, that of its sign at the largest."""
    largest = float(np.max(np.abs(matrix))) or 1.0
    below, above = (fill(f"gradient_{side}", theme) for side in ("below", "above"))
    return [
        f"color-mix(in srgb, {above if x > 0 else below} {_STRONGEST * abs(x) / largest:.1f}%, "
        "rgba(128, 128, 128, 0.08))"
        for x in matrix.ravel().tolist()
    ]
