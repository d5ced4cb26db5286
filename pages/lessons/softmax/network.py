"""The screen of the whole network, and where softmax sits in it.

The diagram is real text in boxes, which turn from a row into a column.
"""

from __future__ import annotations

from html import escape

from pages.visit.session import visit
from pages.widgets import lesson
from pages.writing.palette import Theme, ink, theme
from pages.writing.wording import Wording

# A symbol and the label of what it names; an operation has none of its own colour.
_Step = tuple[str, str, str | None]
_TRUNK: tuple[_Step, ...] = (
    ("<i>o</i>", "features", None),
    ("<i>Wo</i> + <i>b</i>", "layer", "operation"),
    ("<i>z</i>", "logits", "logit"),
    ("", "softmax", "operation"),
    ("<i>a</i>", "probabilities", "probability"),
)
_BRANCHES: tuple[tuple[str, _Step], ...] = (
    ("training", ("<i>L</i>", "loss", "loss")),
    ("use", ("", "decision", "operation")),
)


def show() -> None:
    """Show the diagram between its two passages."""
    lesson.section("softmax", "network")
    lesson.diagram("softmax", "network", network_html(visit().words, theme()))
    lesson.prose("softmax", "network_seen")


def network_html(words: Wording, theme: Theme) -> str:
    """Write the diagram: from features to probabilities, then to a loss or to a decision."""
    trunk = "".join(f"<li>{_step(step, words, theme)}</li>" for step in _TRUNK)
    branches = "".join(
        f"<li><small>{escape(words(f'softmax.network.{when}'))}</small>"
        f"{_step(step, words, theme)}</li>"
        for when, step in _BRANCHES
    )
    return f'<div class="lab-flow"><ol>{trunk}</ol><ul>{branches}</ul></div>'


def _step(step: _Step, words: Wording, theme: Theme) -> str:
    symbol, label, quantity = step
    text = escape(words(f"softmax.network.{label}"))
    if quantity == "operation":
        return f'<span class="operation">{text}{f"<span>{symbol}</span>" if symbol else ""}</span>'
    colour = f' style="color: {ink(quantity, theme)}"' if quantity else ""
    return f'<span class="value"{colour}><b>{symbol}</b>{text}</span>'
