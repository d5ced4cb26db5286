"""What is paid for expecting Q when P is true, class by class and in all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pages.blocks.figures.frame import LEGEND, Figure, Vector, axis, figure, short_name
from pages.blocks.numerals import fixed_text
from pages.blocks.palette import Theme, fill, ink, text
from pages.blocks.wording import Wording


def surprise(
    names: Sequence[str], least: Vector, paid: Vector, words: Wording, theme: Theme
) -> Figure:
    """Draw two bars a row: the least that could be paid, and what is paid beyond it.

    Where less than that is paid, the part saved is hatched; what is infinite runs to the edge.
    The last row is the total of the others.
    """
    rows = np.arange(1.0, len(names) + 1)
    finite = np.concatenate([least, paid[np.isfinite(paid)]])
    edge = 1.2 * float(finite.max()) or 1.0
    end = np.minimum(paid, edge)
    violet = ink("loss", theme)
    hatch = {"shape": "/", "fgcolor": violet, "bgcolor": fill("target", theme), "solidity": 0.35}
    traces = [
        _bars("least", rows, np.zeros(len(rows)), least, {"color": fill("target", theme)}, words),
        *(
            _bars(part, rows[where], base[where], size[where], marker, words)
            for part, where, base, size, marker in (
                ("extra", end > least, least, end - least, {"color": fill("loss", theme)}),
                (
                    "saved",
                    end < least,
                    end,
                    least - end,
                    {"pattern": hatch, "line": {"color": violet, "width": 1}},
                ),
            )
            if where.any()
        ),
        {
            "type": "scatter",
            "mode": "text",
            "x": np.maximum(least, end).tolist(),
            "y": rows.tolist(),
            "text": [f" {fixed_text(value)}" for value in paid],
            "textposition": "middle right",
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": False,
        },
    ]
    *parts, total = (short_name(name) for name in names)
    line = {"color": text(theme), "width": 1}
    return figure(
        traces,
        theme,
        height=150 + 34 * len(rows),
        xaxis=axis(words("cross_entropy.axis.paid"), range=[0, 1.25 * edge], nticks=6),
        yaxis=axis(
            "",
            tickvals=rows.tolist(),
            ticktext=[*parts, f"<b>{total}</b>"],
            range=[len(rows) + 0.5, 0.5],
            showgrid=False,
        ),
        shapes=[
            {
                "type": "line",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": len(parts) + 0.5,
                "y1": len(parts) + 0.5,
                "line": line,
            }
        ],
        barmode="overlay",
        bargap=0.35,
        legend=LEGEND,
        showlegend=True,
    )


def _bars(
    part: str, rows: Vector, base: Vector, size: Vector, marker: dict[str, Any], words: Wording
) -> Figure:
    return {
        "type": "bar",
        "orientation": "h",
        "name": words(f"cross_entropy.pair.{part}"),
        "x": size.tolist(),
        "y": rows.tolist(),
        "base": base.tolist(),
        "marker": marker,
        "hoverinfo": "skip",
    }
