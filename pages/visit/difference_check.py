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
STEP_RANGE = (1e-16, 0.1)


@dataclass(frozen=True)
class DifferenceCheck:
    """How a gradient is checked, and what is wrong with it.

    method     of the differences
    precision  of the picture of their errors
    slip       in the gradient, an id: what it gives is the lesson's
    percent    by how many the gradient is wrong
    h          the step at which the picture of the errors stands
    """

    method: str = "central"
    precision: str = "float64"
    slip: str = "diagonal_only"
    percent: float = 0.05
    h: float = STEP_RANGE[1]


def with_percent(check: DifferenceCheck, value: float) -> DifferenceCheck:
    """Be wrong by so many percent, or raise Refused."""
    if not -MOST_PERCENT <= value <= MOST_PERCENT:
        raise Refused("percent", "range", value=value)
    return replace(check, percent=value + 0.0)


def with_step(check: DifferenceCheck, value: float) -> DifferenceCheck:
    """Stand at another step h, or raise Refused."""
    low, high = STEP_RANGE
    if not low <= value <= high:
        raise Refused("h", "range", value=value)
    return replace(check, h=value)


PARAMETERS: tuple[Parameter[DifferenceCheck], ...] = (
    one_of("method", METHODS),
    one_of("precision", PRECISIONS),
    one_of("slip", SLIPS),
    Parameter(
        "percent",
        lambda check: number_text(check.percent),
        lambda check, text, _: with_percent(check, parse_number(text, "percent")),
    ),
    Parameter(
        "h",
        lambda check: number_text(check.h),
        lambda check, text, _: with_step(check, parse_number(text, "h")),
    ),
)
