"""How a gradient is checked by differences: method, precision, the slip, and by how much wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, one_of
from pages.writing.numerals import number_text, parse_number
from pages.writing.refusal import Refused

METHODS = ("forward", "central", "complex")
PRECISIONS = ("float64", "float32")
SLIPS = (
    "diagonal_only",
    "sign_flipped",
    "missing_delta",
    "missing_delta_negative",
    "own_path_only",
    "cross_entropy_gradient_for_other_loss",
    "missing_class_mean",
    "missing_batch_mean",
    "double_softmax",
    "log_softmax_as_softmax",
    "missing_temperature",
    "transposed_weights",
    "probability_not_logit_gradient",
)
MOST_PERCENT = 100.0


@dataclass(frozen=True)
class DifferenceCheck:
    """The method, the precision of the picture, the slip, by how many percent a gradient is wrong.

    The slips are ids; what each of them gives is the lesson's.
    """

    method: str = "central"
    precision: str = "float64"
    slip: str = "diagonal_only"
    percent: float = 0.05


def with_percent(check: DifferenceCheck, value: float) -> DifferenceCheck:
    """Be wrong by so many percent, or raise Refused."""
    if not -MOST_PERCENT <= value <= MOST_PERCENT:
        raise Refused("percent", "range", value=value, most=MOST_PERCENT)
    return replace(check, percent=value + 0.0)


PARAMETERS: tuple[Parameter[DifferenceCheck], ...] = (
    one_of("method", METHODS),
    one_of("precision", PRECISIONS),
    one_of("slip", SLIPS),
    Parameter(
        "percent",
        lambda check: number_text(check.percent),
        lambda check, text, _: with_percent(check, parse_number(text, "percent")),
    ),
)
