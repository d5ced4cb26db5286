"""What a learner makes of a loss: its gradient, its amount, a formula, an answer to a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from core import FOCAL_GAMMA, SMOOTHING
from pages.visit.parameters import Parameter, checked_word
from pages.visit.state import LARGEST_LOGIT
from pages.writing.numerals import number_text, numbers_text, parse_number, parse_numbers
from pages.writing.refusal import Refused

# Between which the amounts may be set.
AMOUNTS = {"gamma": (0.0, 10.0), "smoothing": (0.0, 1.0), "added": (-10.0, 10.0)}
# What the gradient of squared error may be taken for: a - y, 2(a - y)/n, or by the rule.
ANSWERS = ("difference", "scaled", "rule")
LONGEST_FORMULA = 500  # characters; of a longer one a link has as much as shows that it is too long


@dataclass(frozen=True)
class OwnLoss:
    """A gradient, its amounts, a formula and an answer.

    upstream   dL/da as the learner sets it; empty where it is that of the loss
    gamma      of the focal loss
    smoothing  of the targets of the label-smoothed cross-entropy
    added      to every entry of dL/da
    formula    a loss as the learner types it, right or not
    answer     which gradient the learner says is squared error's; "" before they say
    """

    upstream: tuple[float, ...] = ()
    gamma: float = FOCAL_GAMMA
    smoothing: float = SMOOTHING
    added: float = 0.0
    formula: str = "sum((a_k - y_k)**2, k)/n"
    answer: str = ""

    def for_classes(self, classes: int) -> OwnLoss:
        """Return it with dL/da for as many classes as there are now: 0 for a new one."""
        if not self.upstream:
            return self
        return replace(self, upstream=(*self.upstream, *[0.0] * classes)[:classes])


def with_upstream(own: OwnLoss, values: Sequence[float], classes: int) -> OwnLoss:
    """Set dL/da, or raise Refused: a number within +-1e6 for each class."""
    if len(values) != classes:
        raise Refused("upstream", "length", count=len(values), classes=classes)
    for value in values:
        if not abs(value) <= LARGEST_LOGIT:
            raise Refused("upstream", "range", value=value)
    return replace(own, upstream=tuple(value + 0.0 for value in values))


def with_amount(own: OwnLoss, name: str, value: float) -> OwnLoss:
    """Set gamma, the smoothing or what is added, or raise Refused."""
    least, most = AMOUNTS[name]
    if not least <= value <= most:
        raise Refused(name, "range", value=value)
    amount: dict[str, Any] = {name: value + 0.0}
    return replace(own, **amount)


def _amount(name: str) -> Parameter[OwnLoss]:
    return Parameter(
        name,
        lambda own: number_text(getattr(own, name)),
        lambda own, text, _: with_amount(own, name, parse_number(text, name)),
    )


PARAMETERS: tuple[Parameter[OwnLoss], ...] = (
    Parameter(
        "g",
        lambda own: numbers_text(own.upstream, ",") or None,
        lambda own, text, classes: with_upstream(own, parse_numbers(text, "upstream"), classes),
    ),
    _amount("gamma"),
    _amount("smoothing"),
    _amount("added"),
    Parameter(
        "formula",
        lambda own: own.formula[: LONGEST_FORMULA + 1],
        lambda own, text, _: replace(own, formula=text),
    ),
    Parameter(
        "answer",
        lambda own: own.answer or None,
        lambda own, text, _: replace(own, answer=checked_word(text, ANSWERS, "answer")),
    ),
)
