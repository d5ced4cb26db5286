"""Bars: which share each class gets, and which are the k largest."""

from __future__ import annotations

from collections.abc import Sequence

from core import top_k
from pages.widgets.figure import QUARTERS, Figure, axis, figure, short_name
from pages.writing.numerals import fixed_text
from pages.writing.palette import Theme, fill
from pages.writing.wording import Wording


def shares_figure(
    names: Sequence[str], probabilities: Sequence[float], words: Wording, theme: Theme
) -> Figure:
    """Draw the probabilities of all classes as bars, the first class at the top."""
    rows = list(range(1, len(names) + 1))
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": [float(a) for a in probabilities],
        "y": rows,
        "text": [fixed_text(a) for a in probabilities],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": fill("probability", theme)},
        "hoverinfo": "skip",
    }
    return figure(
        [bars],
        theme,
        height=90 + 34 * len(rows),
        xaxis=axis(words("softmax.axis.probability"), range=[0, 1.3], tickvals=QUARTERS),
        yaxis=axis(
            "",
            tickvals=rows,
            ticktext=[short_name(name) for name in names],
            range=[len(rows) + 0.5, 0.5],
            showgrid=False,
            automargin=True,
        ),
        bargap=0.35,
    )


def largest_figure(probabilities: Sequence[float], k: int, words: Wording, theme: Theme) -> Figure:
    """Draw the probabilities of numbered actions, the k largest filled and ranked."""
    ranks = {int(index): rank for rank, index in enumerate(top_k(probabilities, k), start=1)}
    blue = fill("probability", theme)
    bars = {
        "type": "bar",
        "x": list(range(1, len(probabilities) + 1)),
        "y": list(probabilities),
        "text": [
            f"<b>{rank}</b>" if (rank := ranks.get(i)) else "" for i in range(len(probabilities))
        ],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [blue if i in ranks else "rgba(0,0,0,0)" for i in range(len(probabilities))],
            "line": {"color": blue, "width": 1.5},
        },
        "hovertemplate": "%{x}: %{y}<extra></extra>",
    }
    return figure(
        [bars],
        theme,
        height=280,
        xaxis=axis(words("softmax.axis.action"), tickvals=bars["x"], showgrid=False),
        yaxis=axis(words("softmax.axis.probability"), range=[0, 1.15 * max(probabilities)]),
        bargap=0.3,
    )
