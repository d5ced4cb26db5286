"""What the lesson on stability computes: in which floating-point format, at which logit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pages.visit.parameters import Parameter, one_of
from pages.writing.numerals import number_text, parse_number
from pages.writing.refusal import Refused

DTYPES = ("float16", "float32", "float64")
LOGIT_RANGE = (1.0, 1e5)


@dataclass(frozen=True)
class Precision:
    """A dtype by its name, and the growing logit x, which opens where two forms have failed."""

    dtype: str = "float32"
    x: float = 89.0


def with_growing_logit(precision: Precision, value: float) -> Precision:
    """Take another x, or raise Refused."""
    low, high = LOGIT_RANGE
    if not low <= value <= high:
        raise Refused("x", "range", value=value)
    return replace(precision, x=value)


PARAMETERS: tuple[Parameter[Precision], ...] = (
    one_of("dtype", DTYPES),
    Parameter(
        "x",
        lambda precision: number_text(precision.x),
        lambda precision, text, _: with_growing_logit(precision, parse_number(text, "x")),
    ),
)
