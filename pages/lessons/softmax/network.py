"""The screen of the whole network, and where softmax sits in it.

The diagram is real text in boxes, which turn from a row into a column.
"""

from __future__ import annotations

from html import escape

from core import softmax
from pages.visit.choices import Choices
from pages.visit.session import visit
from pages.visit.state import LabState
from pages.widgets import lesson
from pages.widgets.prediction import Prediction
from pages.writing.numerals import fixed_text
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
    lesson.section("softmax", "network", _PREDICTION)
    lesson.diagram("softmax", "network", network_html(visit().words, theme()))
    lesson.prose("softmax", "network_seen")


def _largest(state: LabState) -> tuple[float, float]:
    """Return the learner's largest probability, and that after softmax was applied once more."""
    once = softmax(state.logits, temperature=state.temperature)
    return float(once.max()), float(softmax(once).max())


def _change(state: LabState, _choices: Choices) -> str:
    once, twice = _largest(state)
    return "fall" if twice < once else "stay"


def _numbers(state: LabState, _choices: Choices) -> dict[str, str]:
    once, twice = map(fixed_text, _largest(state))
    return {"once": once, "twice": twice}


_PREDICTION = Prediction(
    "softmax.network",
    ("rise", "stay", "fall"),
    right=_change,
    # No move: the diagram has nothing to move; why says what becomes of the numbers
    numbers=_numbers,
)


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
