"""What lessons let a learner choose beside the state: a small batch, a gradient, a typed loss.

A value of its own: undo and the worked examples are about the state, and leave these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pages.blocks.distribution import Distribution, shares_of
from pages.blocks.gradient_check.slips import SLIPS
from pages.blocks.gradient_check.sweep import METHODS, PRECISIONS
from pages.blocks.layer import LAYER_READERS, Layer, layer_query
from pages.blocks.numerals import number_text, numbers_text, parse_number, parse_numbers
from pages.blocks.refusal import Refused
from pages.blocks.state import LARGEST_LOGIT, MAX_CLASSES, MIN_CLASSES, checked_target

ROUNDING = 1e-12
FEWEST_SAMPLES, MOST_SAMPLES = 2, 3
MOST_PERCENT = 100.0
MOST_GAMMA, MOST_SMOOTHING = 10.0, 1.0
LONGEST_FORMULA = 500  # characters; of a longer one a link has as much as shows that it is too long
_BETWEEN_SAMPLES = "_"
DTYPES = ("float16", "float32", "float64")


@dataclass(frozen=True)
class Sample:
    """One sample of a batch: the target P and what a model says, Q, over the same classes."""

    p: Distribution
    q: Distribution


@dataclass(frozen=True)
class Choices:
    """The Jacobian's entry (row, column), from 0; a batch, its first sample the pair P, Q; a layer.

    All samples have the same number of classes, which need not be that of the logits. Of the
    gradient check: the method, the precision of the picture, the slip, and by how many percent
    a gradient is wrong. Of the lesson on stability: the dtype that it computes in. Of any loss:

    upstream   dL/da as the learner sets it; empty where it is that of the loss
    gamma      of the focal loss
    smoothing  of the targets of the label-smoothed cross-entropy
    formula    a loss as the learner types it, right or not
    """

    entry: tuple[int, int] = (0, 1)
    samples: tuple[Sample, ...] = (
        Sample((0.5, 0.3, 0.2), (0.2, 0.5, 0.3)),
        Sample((0.0, 1.0, 0.0), (0.1, 0.8, 0.1)),
    )
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

    def entry_within(self, classes: int) -> tuple[int, int]:
        """Return the entry, moved to the last class where there are fewer now."""
        row, column = self.entry
        return min(row, classes - 1), min(column, classes - 1)

    def upstream_within(self, classes: int) -> tuple[float, ...]:
        """Return dL/da for as many classes as there are now: 0 for a new one."""
        if not self.upstream:
            return ()
        return (*self.upstream, *[0.0] * classes)[:classes]


def with_distribution(choices: Choices, sample: int, side: str, values: Sequence[float]) -> Choices:
    """Replace the `p` or `q` of one sample, or raise Refused: 2 to 10 numbers that sum to 1.

    Another number of classes is taken up by all the others: a new class has share 0 there, and
    what a lost class had goes to those that remain.
    """
    if not MIN_CLASSES <= len(values) <= MAX_CLASSES:
        raise Refused("pair", "count", count=len(values), least=MIN_CLASSES, most=MAX_CLASSES)
    taken = checked_distribution(values)
    resized = [
        Sample(_resized(s.p, len(taken)), _resized(s.q, len(taken))) for s in choices.samples
    ]
    resized[sample] = replace(resized[sample], **{side: taken})
    return replace(choices, samples=tuple(resized))


def with_sample_count(choices: Choices, count: int) -> Choices:
    """Make the batch two or three samples; a new one asks for class 1 and gets equal shares."""
    samples = choices.samples[:count]
    classes = len(samples[0].p)
    while len(samples) < count:
        one_hot = tuple(float(k == 0) for k in range(classes))
        samples = (*samples, Sample(one_hot, tuple([1 / classes] * classes)))
    return replace(choices, samples=samples)


def checked_distribution(values: Sequence[float]) -> Distribution:
    """Return a distribution, or raise Refused: numbers in 0..1 that sum to 1.

    What the sum was allowed to be off is divided out: KL of shares that do not sum to 1 may fall
    below 0.
    """
    try:
        taken = checked_target(values, len(values))
    except Refused as refused:
        raise refused.about("pair") from None
    return taken if abs(sum(taken) - 1) <= ROUNDING else shares_of(taken)


def choices_query(choices: Choices, classes: int) -> dict[str, str]:
    """Return the parameters of a link; what equals its default is left out."""
    plain = Choices()
    query: dict[str, str] = {}
    if choices == plain:  # on the bench, at every edit
        return query
    entry = choices.entry_within(classes)
    if entry != plain.entry:
        query["i"], query["j"] = (str(place + 1) for place in entry)
    if choices.samples != plain.samples:
        for side in ("p", "q"):
            texts = (numbers_text(getattr(s, side), ",") for s in choices.samples)
            query[side] = _BETWEEN_SAMPLES.join(texts)
    for name in _ONE_OF:
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
    return query | layer_query(choices.layer, classes)


def read_choices(
    query: Mapping[str, Sequence[str]], classes: int
) -> tuple[Choices, list[tuple[str, Refused]]]:
    """Read the choices; a parameter that is refused stays at its default and is reported."""
    choices = Choices()
    refusals: list[tuple[str, Refused]] = []
    for parameter, read in _READERS.items():
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


def _read_side(side: str) -> Callable[[Choices, str, int], Choices]:
    def read(choices: Choices, text: str, classes: int) -> Choices:
        texts = text.split(_BETWEEN_SAMPLES)
        if len(texts) > MOST_SAMPLES:
            raise Refused("pair", "samples", count=len(texts))
        vectors = [parse_numbers(part, "pair") for part in texts]
        counts = {len(vector) for vector in vectors}
        if choices.samples != Choices().samples:  # the other side of the same link
            counts.add(len(choices.samples[0].p))
        if len(counts) > 1:
            raise Refused("pair", "classes")
        choices = with_sample_count(choices, max(len(texts), len(choices.samples)))
        for place, vector in enumerate(vectors):
            choices = with_distribution(choices, place, side, vector)
        return choices

    return read


def checked_percent(value: float) -> float:
    """Return by how many percent a gradient is wrong, or raise Refused."""
    if not -MOST_PERCENT <= value <= MOST_PERCENT:
        raise Refused("percent", "range", value=value, most=MOST_PERCENT)
    return value + 0.0


def _read_percent(choices: Choices, text: str, _classes: int) -> Choices:
    return replace(choices, percent=checked_percent(parse_number(text, "percent")))


def _read_one_of(name: str) -> Callable[[Choices, str, int], Choices]:
    def read(choices: Choices, text: str, _classes: int) -> Choices:
        if text not in _ONE_OF[name]:
            accepted = ", ".join(_ONE_OF[name])
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


_ONE_OF: Mapping[str, Sequence[str]] = {
    "method": METHODS,
    "precision": PRECISIONS,
    "slip": tuple(SLIPS),
    "dtype": DTYPES,
}


def _into_layer(read: Callable[[Layer, str], Layer]) -> Callable[[Choices, str, int], Choices]:
    return lambda choices, text, classes: replace(
        choices, layer=read(choices.layer.for_classes(classes), text)
    )


def _read_formula(choices: Choices, text: str, _classes: int) -> Choices:
    return replace(choices, formula=text)


_READERS: Mapping[str, Callable[[Choices, str, int], Choices]] = {
    "i": _read_row,
    "j": _read_column,
    "p": _read_side("p"),
    "q": _read_side("q"),
    **{name: _read_one_of(name) for name in _ONE_OF},
    "percent": _read_percent,
    **{name: _into_layer(read) for name, read in LAYER_READERS.items()},
    "g": _read_upstream,
    "gamma": _read_amount("gamma", MOST_GAMMA),
    "smoothing": _read_amount("smoothing", MOST_SMOOTHING),
    "formula": _read_formula,
}


def _resized(values: Distribution, classes: int) -> Distribution:
    if classes >= len(values):
        return (*values, *[0.0] * (classes - len(values)))
    return shares_of(values[:classes])
