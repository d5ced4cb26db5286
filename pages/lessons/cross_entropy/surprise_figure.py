"""What is paid for expecting Q when P is true, class by class and in all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.widgets.figure import LEGEND, Figure, Vector, axis, figure, short_name
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, fill, text
from pages.writing.wording import Wording


def surprise_figure(
    names: Sequence[str], least: Vector, paid: Vector, words: Wording, theme: Theme
) -> Figure:
    """Draw what is paid in each row, in two parts: up to the least possible, and on top of it.

    Where less is paid than the row's part of the least, the rest is hatched; what is infinite is
    cut. The last row is the total of the others.
    """
    rows = np.arange(1.0, len(names) + 1)
    edge = 1.2 * float(np.max([*least, *paid[np.isfinite(paid)]])) or 1.0
    end = np.minimum(paid, edge)
    amber, violet = fill("target", theme), fill("loss", theme)
    hatch = {"shape": "/", "fgcolor": amber, "bgcolor": "rgba(0,0,0,0)", "solidity": 0.3}
    bars = (
        ("least", np.zeros(len(rows)), np.minimum(least, end), {"color": amber}),
        ("saved", end, least - end, {"pattern": hatch, "line": {"color": amber, "width": 1.5}}),
        ("extra", least, end - least, {"color": violet}),
    )
    traces: list[Figure] = [
        {
            "type": "bar",
            "orientation": "h",
            "name": words(f"cross_entropy.pair.{part}"),
            "x": size[size > 0].tolist(),
            "y": rows[size > 0].tolist(),
            "base": base[size > 0].tolist(),
            "width": 0.65,  # each trace would choose its own, by how many rows it has
            "marker": marker,
            "hoverinfo": "skip",
        }
        for part, base, size, marker in bars
    ]
    traces.append(
        {
            "type": "scatter",
            "mode": "text",
            "x": np.maximum(least, end).tolist(),
            "y": rows.tolist(),
            "text": [f" {fixed_text(c)}" if np.isfinite(c) else " → ∞" for c in paid],
            "textposition": "middle right",
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": False,
        }
    )
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
        legend=LEGEND | {"y": 1, "yanchor": "bottom"},  # above: a picture of ten classes is tall
        showlegend=True,
    )
