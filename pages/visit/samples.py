"""A small batch: for each sample the target P and what a model says, Q. The first is the pair.

All samples have the same number of classes, which need not be that of the logits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from pages.visit.distribution import Distribution, shares_of, with_share
from pages.visit.parameters import Parameter
from pages.visit.state import MAX_CLASSES, MIN_CLASSES, checked_target
from pages.writing.numerals import numbers_text, parse_numbers
from pages.writing.refusal import Refused

ROUNDING = 1e-12
FEWEST_SAMPLES, MOST_SAMPLES = 2, 3
_BETWEEN_SAMPLES = "_"


@dataclass(frozen=True)
class Sample:
    """One sample of a batch: the target P and what a model says, Q, over the same classes."""

    p: Distribution
    q: Distribution


Samples: TypeAlias = tuple[Sample, ...]
START_SAMPLES: Samples = (
    Sample((0.5, 0.3, 0.2), (0.2, 0.5, 0.3)),
    Sample((0.0, 1.0, 0.0), (0.1, 0.8, 0.1)),
)


def with_distribution(samples: Samples, place: int, side: str, values: Sequence[float]) -> Samples:
    """Replace the `p` or `q` of one sample, or raise Refused: 2 to 10 numbers that sum to 1.

    Another number of classes is taken up by all the others: a new class has share 0 there, and
    what a lost class had goes to those that remain.
    """
    try:
        if not MIN_CLASSES <= len(values) <= MAX_CLASSES:
            raise Refused(side, "count", count=len(values))
        taken = checked_distribution(values, side)
    except Refused as refused:
        raise _said_of(refused, place, side) from None
    resized = [Sample(_resized(s.p, len(taken)), _resized(s.q, len(taken))) for s in samples]
    resized[place] = replace(resized[place], **{side: taken})
    return tuple(resized)


def with_text(samples: Samples, place: int, side: str, text: str) -> Samples:
    """Replace the `p` or `q` of one sample by what a text says, or raise Refused."""
    try:
        values = parse_numbers(text, side)
    except Refused as refused:
        raise _said_of(refused, place, side) from None
    return with_distribution(samples, place, side, values)


def _said_of(refused: Refused, place: int, side: str) -> Refused:
    """Return a refusal, said of the field of that sample: the first has a field of its own."""
    return refused.about(f"batch_{side}", number=place + 1) if place else refused.about(side)


def with_sample_count(samples: Samples, count: int) -> Samples:
    """Make the batch two or three samples; a new one asks for class 1 and gets equal shares."""
    samples = samples[:count]
    classes = len(samples[0].p)
    while len(samples) < count:
        one_hot = tuple(float(k == 0) for k in range(classes))
        samples = (*samples, Sample(one_hot, tuple([1 / classes] * classes)))
    return samples


def with_pair(samples: Samples, pair: Sample) -> Samples:
    """Replace P and Q; the other samples take up the number of classes."""
    return with_distribution(with_distribution(samples, 0, "p", pair.p), 0, "q", pair.q)


def swapped(samples: Samples) -> Samples:
    """Exchange P and Q of the pair."""
    first, *others = samples
    return (Sample(first.q, first.p), *others)


def with_pair_share(
    samples: Samples, side: str, index: int, share: float, start: Sequence[float] | None = None
) -> Samples:
    """Set one share of the pair's `p` or `q`; the others of that side keep their proportions.

    start   the side's shares before, where they are not those of the pair: a drag keeps the
            proportions that it began with
    """
    own: Distribution = getattr(samples[0], side)
    before = own if start is None else checked_distribution(start, side)
    return with_distribution(samples, 0, side, with_share(before, index, share, side))


def checked_distribution(values: Sequence[float], side: str) -> Distribution:
    """Return a distribution, or raise Refused: numbers in 0..1 that sum to 1.

    What the sum was allowed to be off is divided out: KL of shares that do not sum to 1 may fall
    below 0.
    """
    try:
        taken = checked_target(values, len(values))
    except Refused as refused:
        raise refused.about(side) from None
    return taken if abs(sum(taken) - 1) <= ROUNDING else shares_of(taken)


def _side(side: str) -> Parameter[Samples]:
    def write(samples: Samples) -> str | None:
        # Both sides or none: either alone would be read beside the other's default.
        if samples == START_SAMPLES:
            return None
        return _BETWEEN_SAMPLES.join(numbers_text(getattr(s, side), ",") for s in samples)

    def read(samples: Samples, text: str, _classes: int) -> Samples:
        texts = text.split(_BETWEEN_SAMPLES)
        if len(texts) > MOST_SAMPLES:
            raise Refused(side, "samples", count=len(texts))
        vectors = [parse_numbers(part, side) for part in texts]
        counts = {len(vector) for vector in vectors}
        if samples != START_SAMPLES:  # the other side of the same link
            counts.add(len(samples[0].p))
        if len(counts) > 1:
            raise Refused(side, "classes")
        samples = with_sample_count(samples, max(len(texts), len(samples)))
        for place, vector in enumerate(vectors):
            samples = with_distribution(samples, place, side, vector)
        return samples

    return Parameter(side, write, read)


PARAMETERS = (_side("p"), _side("q"))


def _resized(values: Distribution, classes: int) -> Distribution:
    if classes >= len(values):
        return (*values, *[0.0] * (classes - len(values)))
    return shares_of(values[:classes])
