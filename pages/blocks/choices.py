"""What lessons let a learner choose beside the state: a batch, a gradient, a loss, a training.

A value of its own: undo and the worked examples are about the state, and leave these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pages.blocks.calibration.judged import JUDGED_READERS, Judged, judged_query
from pages.blocks.gradient_check.slips import SLIPS
from pages.blocks.gradient_check.sweep import METHODS, PRECISIONS
from pages.blocks.layer.value import LAYER_READERS, Layer, layer_query
from pages.blocks.numerals import number_text, numbers_text, parse_number, parse_numbers
from pages.blocks.refusal import Refused
from pages.blocks.samples import SAMPLE_READERS, START_SAMPLES, Samples, samples_query
from pages.blocks.state import LARGEST_LOGIT
from pages.blocks.training.plan import PLAN_READERS, Plan, plan_query

MOST_PERCENT = 100.0
MOST_GAMMA, MOST_SMOOTHING = 10.0, 1.0
LONGEST_FORMULA = 500  # characters; of a longer one a link has as much as shows that it is too long
DTYPES = ("float16", "float32", "float64")


@dataclass(frozen=True)
class Choices:
    """The Jacobian's entry (row, column), from 0; a batch, its first sample the pair P, Q; a layer.

    Of the gradient check: the method, the precision of the picture, the slip, and by how many
    percent a gradient is wrong. Of the lesson on stability: the dtype that it computes in. Of
    any loss:

    upstream   dL/da as the learner sets it; empty where it is that of the loss
    gamma      of the focal loss
    smoothing  of the targets of the label-smoothed cross-entropy
    formula    a loss as the learner types it, right or not

    Of training: the plan. Of calibration: the model that is judged.
    """

    entry: tuple[int, int] = (0, 1)
    samples: Samples = START_SAMPLES
    method: str = "central"
    precision: str = "float64"
    slip: str = "diagonal_only"
    percent: float = 0.05
    layer: Layer = field(default_factory=Layer)
    dtype: str = "float32"
    upstream: tuple[float, ...] = ()
    gamma: float = 2.0
    smoothing: float = 0.1
    formula: str = "sum((a_k - y_k)**2, k)/n"
    plan: Plan = field(default_factory=Plan)
    judged: Judged = field(default_factory=Judged)

    def entry_within(self, classes: int) -> tuple[int, int]:
        """Return the entry, moved to the last class where there are fewer now."""
        row, column = self.entry
        return min(row, classes - 1), min(column, classes - 1)

    def upstream_within(self, classes: int) -> tuple[float, ...]:
        """Return dL/da for as many classes as there are now: 0 for a new one."""
        if not self.upstream:
            return ()
        return (*self.upstream, *[0.0] * classes)[:classes]


def choices_query(choices: Choices, classes: int) -> dict[str, str]:
    """Return the parameters of a link; what equals its default is left out."""
    plain = Choices()
    query: dict[str, str] = {}
    if choices == plain:  # on the bench, at every edit
        return query
    entry = choices.entry_within(classes)
    if entry != plain.entry:
        query["i"], query["j"] = (str(place + 1) for place in entry)
    query |= samples_query(choices.samples)
    for name in ONE_OF:
        if getattr(choices, name) != getattr(plain, name):
            query[name] = getattr(choices, name)
    if choices.percent != plain.percent:
        query["percent"] = number_text(choices.percent)
    if choices.upstream:
        query["g"] = numbers_text(choices.upstream_within(classes), ",")
    for name in ("gamma", "smoothing"):
        if getattr(choices, name) != getattr(plain, name):
            query[name] = number_text(getattr(choices, name))
    if choices.formula != plain.formula:
        query["formula"] = choices.formula[: LONGEST_FORMULA + 1]
    query |= layer_query(choices.layer, classes) | plan_query(choices.plan)
    return query | judged_query(choices.judged)


def read_choices(
    query: Mapping[str, Sequence[str]], classes: int
) -> tuple[Choices, list[tuple[str, Refused]]]:
    """Read the choices; a parameter that is refused stays at its default and is reported."""
    choices = Choices()
    refusals: list[tuple[str, Refused]] = []
    for parameter, read in READERS.items():
        if values := query.get(parameter):
            try:
                choices = read(choices, values[0], classes)
            except Refused as refused:
                refusals.append((parameter, refused))
    return choices, refusals


def _read_row(choices: Choices, text: str, classes: int) -> Choices:
    return replace(choices, entry=(_place(text, classes), choices.entry[1]))


def _read_column(choices: Choices, text: str, classes: int) -> Choices:
    return replace(choices, entry=(choices.entry[0], _place(text, classes)))


def _place(text: str, classes: int) -> int:
    number = parse_number(text, "entry")
    if not 1 <= number <= classes or number != int(number):
        raise Refused("entry", "range", classes=classes)
    return int(number) - 1


def checked_percent(value: float) -> float:
    """Return by how many percent a gradient is wrong, or raise Refused."""
    if not -MOST_PERCENT <= value <= MOST_PERCENT:
        raise Refused("percent", "range", value=value, most=MOST_PERCENT)
    return value + 0.0


def _read_percent(choices: Choices, text: str, _classes: int) -> Choices:
    return replace(choices, percent=checked_percent(parse_number(text, "percent")))


def _read_one_of(name: str) -> Callable[[Choices, str, int], Choices]:
    def read(choices: Choices, text: str, _classes: int) -> Choices:
        if text not in ONE_OF[name]:
            accepted = ", ".join(ONE_OF[name])
            raise Refused("choice", "unknown", value=text[:40], accepted=accepted)
        chosen: dict[str, Any] = {name: text}
        return replace(choices, **chosen)

    return read


def checked_upstream(values: Sequence[float], classes: int) -> tuple[float, ...]:
    """Return dL/da, or raise Refused: a number within +-1e6 for each class."""
    if len(values) != classes:
        raise Refused("upstream", "length", count=len(values), classes=classes)
    for value in values:
        if not abs(value) <= LARGEST_LOGIT:
            raise Refused("upstream", "range", value=value, limit=LARGEST_LOGIT)
    return tuple(value + 0.0 for value in values)


def _read_upstream(choices: Choices, text: str, classes: int) -> Choices:
    return replace(choices, upstream=checked_upstream(parse_numbers(text, "upstream"), classes))


def _read_amount(name: str, most: float) -> Callable[[Choices, str, int], Choices]:
    def read(choices: Choices, text: str, _classes: int) -> Choices:
        value = parse_number(text, "amount")
        if not 0 <= value <= most:
            raise Refused("amount", "range", value=value, most=most)
        amount: dict[str, Any] = {name: value + 0.0}
        return replace(choices, **amount)

    return read


ONE_OF: Mapping[str, Sequence[str]] = {
    "method": METHODS,
    "precision": PRECISIONS,
    "slip": tuple(SLIPS),
    "dtype": DTYPES,
}


def _into(
    name: str,
    read: Callable[[Any, str], object],
    fit: Callable[[Any, int], object] = lambda part, _classes: part,
) -> Callable[[Choices, str, int], Choices]:
    """Let `read` replace one part of the choices, first made to `fit` the number of classes."""

    def into(choices: Choices, text: str, classes: int) -> Choices:
        part: dict[str, Any] = {name: read(fit(getattr(choices, name), classes), text)}
        return replace(choices, **part)

    return into


def _read_formula(choices: Choices, text: str, _classes: int) -> Choices:
    return replace(choices, formula=text)


READERS: Mapping[str, Callable[[Choices, str, int], Choices]] = {
    "i": _read_row,
    "j": _read_column,
    **{name: _into("samples", read) for name, read in SAMPLE_READERS.items()},
    **{name: _read_one_of(name) for name in ONE_OF},
    "percent": _read_percent,
    **{name: _into("layer", read, Layer.for_classes) for name, read in LAYER_READERS.items()},
    **{name: _into("plan", read) for name, read in PLAN_READERS.items()},
    **{name: _into("judged", read) for name, read in JUDGED_READERS.items()},
    "g": _read_upstream,
    "gamma": _read_amount("gamma", MOST_GAMMA),
    "smoothing": _read_amount("smoothing", MOST_SMOOTHING),
    "formula": _read_formula,
}
