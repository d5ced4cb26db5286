"""How the benchmarks print what they measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np


def percentile(times: Sequence[float], percent: float) -> str:
    """Return a percentile of times in seconds as milliseconds."""
    return f"{np.percentile(times, percent) * 1e3:.1f} ms" if times else "none"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table, in columns for those who read it as it is."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in cells)
