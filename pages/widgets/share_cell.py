"""A share in a table, made of the exponents of all classes."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pages.widgets.figure import Vector
from pages.widgets.tables import Number, fixed_cell
from pages.writing.numerals import short_text

LARGEST_EXPONENT = 700.0  # e to it is a double


def share_cell(
    share: float, index: int, exponents: Sequence[float] | Vector, logits: Sequence[Number] = ()
) -> Number:
    """Return a table's cell for a share, made of the exponents of all classes.

    logits   the cells of the table that the exponents come from, if they stand there
    Beyond the range of doubles e^x / sum cannot be followed with the numbers in.
    """
    cell = fixed_cell("probability", share, index)
    used = [z for z in logits if math.isfinite(z.value)]
    if abs(max(exponents)) > LARGEST_EXPONENT or not math.isfinite(exponents[index]):
        return cell
    powers = [f"e^({short_text(x)})" for x in exponents if math.isfinite(x)]
    own = f"e^({short_text(exponents[index])})"
    return cell.computed("", f"{own} / ({' + '.join(powers)})", *used)
