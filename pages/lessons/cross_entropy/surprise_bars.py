"""What is paid for expecting Q when P is true, class by class and in all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.film.stops import round_ticks
from pages.widgets.bar_rows import Bar, BarRow, BarRows
from pages.widgets.figure import Vector
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, fill
from pages.writing.wording import Wording

_ROOM = 1.25  # for the number behind the longest bar


def surprise_bars(
    names: Sequence[str], least: Vector, paid: Vector, words: Wording, theme: Theme
) -> BarRows:
    """Draw what is paid in each row, in two parts: up to the least possible, and on top of it.

    Where less is paid than the row's part of the least, the rest is hatched; what is infinite is
    cut. The last row is the total of the others.
    """
    edge = 1.2 * float(np.max([*least, *paid[np.isfinite(paid)]])) or 1.0
    amber, violet = fill("target", theme), fill("loss", theme)

    def bars(least: float, paid: float) -> list[Bar]:
        end = min(paid, edge)
        return [
            Bar(0.0, min(least, end), amber),
            Bar(end, least, amber, hatched=True),
            Bar(least, end, violet),
        ]

    numbers = list(zip(least.tolist(), paid.tolist(), strict=True))
    kinds = {
        "least": Bar(0.0, 1.0, amber),
        "saved": Bar(0.0, 1.0, amber, hatched=True),
        "extra": Bar(0.0, 1.0, violet),
    }
    return BarRows(
        [
            BarRow(
                name,
                bars(*both),
                fixed_text(both[1]) if np.isfinite(both[1]) else "→ ∞",
                is_total=k == len(names),
            )
            for k, (name, both) in enumerate(zip(names, numbers, strict=True), start=1)
        ],
        words("cross_entropy.axis.paid"),
        _ROOM * edge,
        round_ticks(0.0, _ROOM * edge),
        [(words(f"cross_entropy.pair.{kind}"), bar) for kind, bar in kinds.items()],
    )
