"""What a model's confidence is worth: confidence beside accuracy, and a temperature to mend it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.kernel import QUIET, to_rows
from core.scalars import check_whole_from
from core.softmax import softmax
from core.validation import FloatArray, IntArray, check_labels, check_probabilities, refuse

MOST_DOUBLINGS = 64
NEWTON_STEPS = 100


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


def reliability(probabilities: ArrayLike, labels: ArrayLike, *, bins: int = 15) -> Reliability:
    """Sort predictions by confidence into bins of equal width, and ask how many were right.

    Shapes: probabilities (..., n) in [0, 1], labels (...). Of equal probabilities the lower class
    is the prediction.
    Raises InvalidInput for probabilities outside [0, 1], for labels that are no class, for shapes
    that do not match, and for fewer than one bin.
    Source: Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks,
    https://arxiv.org/abs/1706.04599
    """
    a, labels = _predictions(probabilities, labels)
    bins = check_whole_from(1, bins, "bins")
    edges = np.linspace(0, 1, bins + 1)
    sure = a.max(axis=-1).astype(np.float64)
    right = a.argmax(axis=-1) == labels
    place = np.clip(np.searchsorted(edges, sure) - 1, 0, bins - 1)
    count = np.bincount(place, minlength=bins)
    some = np.maximum(count, 1)
    return Reliability(
        edges,
        count,
        np.bincount(place, sure, bins) / some,
        np.bincount(place, right, bins) / some,
    )


def expected_calibration_error(
    probabilities: ArrayLike, labels: ArrayLike, *, bins: int = 15
) -> float:
    """Mean distance between confidence and accuracy, over the bins of `reliability`.

    ECE = sum_b (count_b / N) |accuracy_b - confidence_b|; 0 to 1.

    Raises InvalidInput as `reliability` does.
    """
    found = reliability(probabilities, labels, bins=bins)
    gaps = np.abs(found.accuracy - found.confidence)
    return float(found.count @ gaps / found.count.sum())


@np.errstate(**QUIET)
def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> float:
    """T that minimises the mean negative log-likelihood of the labels under softmax(z / T).

    In b = 1/T it is convex: its slope is the mean of sum_k a_k z_k - z_t, and its curvature the
    mean variance of z under a. The root of the slope is found by Newton's method, kept within a
    bracket.

    Shapes: logits (..., n), labels (...).
    Invariant: scaling the logits by c scales T by c; no prediction changes.
    Raises InvalidInput for what `softmax` and `reliability` refuse, for a label on a masked class,
    and where no T is best: if every label has its row's largest logit the loss falls until T
    reaches 0, and if the labels' logits are no larger than the average it falls until T is
    infinite.
    """
    z = to_rows(logits)
    wanted = check_labels(labels, z.shape[-1], "labels").reshape(-1)
    _match(np.shape(labels), z.shape[:-1])
    below: Any = z.rows.astype(np.float64)
    below -= z.maxima[:, np.newaxis]  # at most 0; -inf where masked
    picked = below[np.arange(len(below)), wanted]
    accepted = "labels of classes that are not masked"
    if not np.isfinite(picked).all():
        refuse("labels", f"[{int(picked.argmin())}] is a masked class", accepted)
    if not picked.any():
        wrong = "each has its row's largest logit, so that the smaller T, the better"
        refuse("labels", wrong, "labels of which the logits get at least one wrong")
    unit = float(-below[np.isfinite(below)].min())
    below /= unit
    target = picked.mean() / unit

    def slope(b: float) -> tuple[float, float]:
        a = softmax(below * b) if b else _uniform(below)
        weighted = np.where(a > 0, below, 0)
        mean = (a * weighted).sum(axis=1)
        curve = (a * (weighted - mean[:, np.newaxis]) ** 2).sum(axis=1).mean()
        return float(mean.mean() - target), float(curve)

    if slope(0.0)[0] >= 0:
        wrong = "their logits are no larger than the others, so that the larger T, the better"
        refuse("labels", wrong, "labels that the logits know something of")
    low, high = 0.0, 1.0
    for _ in range(MOST_DOUBLINGS):
        if slope(high)[0] >= 0:
            break
        low, high = high, 2 * high
    return unit / _root(slope, low, high)


def _root(slope: Any, low: float, high: float) -> float:
    """Find where a rising function is 0 between `low` and `high`, from its value and its slope."""
    b = (low + high) / 2
    for _ in range(NEWTON_STEPS):
        value, rise = slope(b)
        low, high = (b, high) if value < 0 else (low, b)
        following = b - value / rise if rise > 0 else math.nan
        if not low < following < high:
            following = (low + high) / 2
        if abs(following - b) <= 4 * np.finfo(np.float64).eps * b:
            return following
        b = following
    return b


def _uniform(rows: FloatArray) -> FloatArray:
    free = np.isfinite(rows)
    return np.asarray(free / free.sum(axis=1, keepdims=True))


def _predictions(probabilities: ArrayLike, labels: ArrayLike) -> tuple[FloatArray, IntArray]:
    a = check_probabilities(probabilities)
    checked = check_labels(labels, a.shape[-1], "labels")
    _match(checked.shape, a.shape[:-1])
    return a.reshape(-1, a.shape[-1]), checked.reshape(-1)


def _match(shape: tuple[int, ...], expected: tuple[int, ...]) -> None:
    if shape != expected:
        refuse("labels", f"their shape is {shape}", f"shape {expected}, one label a sample")
