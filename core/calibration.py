"""What a model's confidence is worth: confidence beside accuracy, and a temperature to mend it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.kernel import QUIET, to_rows
from core.scalars import check_whole_from
from core.softmax import softmax
from core.validation import (
    FloatArray,
    IntArray,
    InvalidInput,
    check_labels,
    check_probabilities,
    refuse,
)

MOST_BINS = 10**6
NEWTON_STEPS = 100
EPS = float(np.finfo(np.float64).eps)
LARGEST = float(np.finfo(np.float64).max)
LOWEST_POWER, HIGHEST_POWER = -1075, 1024  # every double above 0 is from 2^-1074 to below 2^1024


class NoBestTemperature(InvalidInput):
    """Logits and labels for which no temperature is the best; `reason` says why.

    "flat"      each row's logits are all equal: the likelihood is the same at every T
    "zero"      every label has its row's largest logit: the smaller T, the better
    "infinite"  the labels' logits are no larger than the average: the larger T, the better
    """

    WORDS: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "flat": "logits: those of a row are equal, so that the likelihood is the same at "
            "every T; accepted: logits that differ within a row",
            "zero": "labels: each has its row's largest logit, so that the smaller T, the better; "
            "accepted: labels of which the logits get at least one wrong",
            "infinite": "labels: their logits are no larger than the others, so that the larger T, "
            "the better; accepted: labels that the logits know something of",
        }
    )

    def __init__(self, reason: str) -> None:
        super().__init__(self.WORDS[reason])
        self.reason = reason


@dataclass(frozen=True, eq=False, slots=True)
class Reliability:
    """How often a model was right, by how sure it was; one entry a bin of confidence.

    edges       (bins + 1,) from 0 to 1: bin b holds the confidences in (edges[b], edges[b + 1]]
    count       (bins,) samples in the bin
    confidence  (bins,) their mean confidence, the largest probability; 0 where there are none
    accuracy    (bins,) the share of them whose most probable class is their label; 0 likewise
    """

    edges: NDArray[np.float64]
    count: IntArray
    confidence: NDArray[np.float64]
    accuracy: NDArray[np.float64]

    @property
    def error(self) -> float:
        """Expected calibration error: sum_b (count_b / N) |accuracy_b - confidence_b|, 0 to 1."""
        gaps = np.abs(self.accuracy - self.confidence)
        return float(self.count @ gaps / self.count.sum())


def reliability(probabilities: ArrayLike, labels: ArrayLike, *, bins: int = 15) -> Reliability:
    """Sort predictions by confidence into bins of equal width, and ask how many were right.

    Shapes: probabilities (..., n) in [0, 1], labels (...). Of equal probabilities the lower class
    is the prediction.
    The edges b / bins are rounded to the probabilities' dtype before anything is compared with
    them: a float32 of 0.6 lies in (0.5, 0.6], although it is 0.60000002 in float64.
    Raises InvalidInput for probabilities outside [0, 1], for labels that are no class, for shapes
    that do not match, and for fewer than one bin or more than a million.
    Source: Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks,
    https://arxiv.org/abs/1706.04599
    """
    a, labels = _predictions(probabilities, labels)
    bins = check_whole_from(1, bins, "bins", MOST_BINS)
    edges = np.arange(bins + 1) / bins
    top = a.argmax(axis=-1)
    sure = a[np.arange(len(a)), top]  # a third of the time of max(axis=-1)
    right = top == labels
    with np.errstate(**QUIET):  # the first edges of many may round to 0 in half precision
        place = np.searchsorted(edges.astype(a.dtype), sure) - 1
    place = np.clip(place, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    some = np.maximum(count, 1)
    return Reliability(
        edges,
        count,
        np.bincount(place, sure.astype(np.float64), bins) / some,
        np.bincount(place, right, bins) / some,
    )


def expected_calibration_error(
    probabilities: ArrayLike, labels: ArrayLike, *, bins: int = 15
) -> float:
    """Mean distance between confidence and accuracy, over the bins of `reliability`.

    ECE = sum_b (count_b / N) |accuracy_b - confidence_b|; 0 to 1.

    Raises InvalidInput as `reliability` does.
    """
    return reliability(probabilities, labels, bins=bins).error


@np.errstate(**QUIET)
def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> float:
    """T that minimises the mean negative log-likelihood of the labels under softmax(z / T).

    In b = 1/T it is convex: its slope is the mean of sum_k a_k z_k - z_t, and its curvature the
    mean variance of z under a. The sign of the slope at powers of 2 brackets the root, whatever
    the size of the logits, and Newton's method finds it within the bracket.

    Shapes: logits (..., n), labels (...).
    Invariant: scaling the logits by c scales T by c; no prediction changes. A class is masked by
    -inf alone: the lowest finite number is a logit like any other.
    Raises InvalidInput for what `softmax` and `reliability` refuse and for a label on a masked
    class; its subclass NoBestTemperature where no T is best: if each row's logits are all equal
    the loss is the same at every T, if every label has its row's largest logit it falls until T
    reaches 0, and if the labels' logits are, to within rounding, no larger than the average it
    falls until T is infinite.
    """
    z = to_rows(logits)
    wanted = check_labels(labels, z.shape[-1], "labels").reshape(-1)
    _match(np.shape(labels), z.shape[:-1])
    rows, places = z.rows.astype(np.float64), np.arange(len(wanted))
    if not np.isfinite(rows[places, wanted]).all():
        first = int(np.isinf(rows[places, wanted]).argmax())
        refuse("labels", f"[{first}] is a masked class", "labels of classes that are not masked")
    # Halved where the difference of two logits would overflow.
    half = 0.5 if np.abs(rows[np.isfinite(rows)]).max() > LARGEST / 4 else 1.0
    below: Any = half * rows - half * z.maxima.astype(np.float64)[:, np.newaxis]
    _refuse_where_none_is_best(below, below[places, wanted])

    def scaled(power: int) -> Callable[[float], tuple[float, float]]:
        """Slope and curvature in u, for T = 2^power / u; of size 1 near the root."""
        near = np.ldexp(below, -power)
        picked = near[places, wanted]

        def slope(u: float) -> tuple[float, float]:
            a = softmax(near * u)
            weighted = np.where(a > 0, near, 0)
            mean = (a * weighted).sum(axis=1)
            spread = (a * (weighted - mean[:, np.newaxis]) ** 2).sum(axis=1)
            return float(((mean - picked) / len(mean)).sum()), float((spread / len(mean)).sum())

        return slope

    low, high = LOWEST_POWER, HIGHEST_POWER
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if scaled(middle)(1.0)[0] > 0 else (low, middle)
    best = float(np.ldexp(1 / _root(scaled(high), 1.0, 2.0), high)) / half
    if best == 0 or math.isinf(best):  # beyond the doubles
        raise NoBestTemperature("zero" if best == 0 else "infinite")
    return best


def _refuse_where_none_is_best(below: FloatArray, picked: FloatArray) -> None:
    """`below` are the logits less their row's largest, (N, n); `picked` those of the labels."""
    free = np.isfinite(below)
    if not below[free].any():
        raise NoBestTemperature("flat")
    if not picked.any():
        raise NoBestTemperature("zero")
    size = -int(np.frexp(below[free].min())[1])  # so that no share of tiny logits underflows
    parts = np.ldexp(np.where(free, below, 0), size) / free.sum(axis=1, keepdims=True) / len(below)
    average, chosen = parts.sum(), (np.ldexp(picked, size) / len(picked)).sum()
    # Where the two are even but for rounding, it alone would decide on T.
    if average - chosen >= 64 * EPS * average:
        raise NoBestTemperature("infinite")


def _root(slope: Callable[[float], tuple[float, float]], low: float, high: float) -> float:
    """Find where a rising function is 0 between `low` and `high`, from its value and its slope."""
    b = (low + high) / 2
    for _ in range(NEWTON_STEPS):
        value, rise = slope(b)
        low, high = (b, high) if value < 0 else (low, b)
        following = b - value / rise if rise > 0 else math.nan
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - b) <= 4 * EPS * b:
            return following
        b = following
    return b


def _predictions(probabilities: ArrayLike, labels: ArrayLike) -> tuple[FloatArray, IntArray]:
    a = check_probabilities(probabilities)
    checked = check_labels(labels, a.shape[-1], "labels")
    _match(checked.shape, a.shape[:-1])
    return a.reshape(-1, a.shape[-1]), checked.reshape(-1)


def _match(shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    if shape != expected:
        refuse("labels", f"their shape is {shape}", f"shape {expected}, one label a sample")
