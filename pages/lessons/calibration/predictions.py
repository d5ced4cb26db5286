"""What a model predicts, how confident it is, how often it is right, and what chance does."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core import LossResult, Reliability, reliability, softmax_loss
from pages.lessons.training.data_set import Whole
from pages.lessons.training.scale import Matrix

Z95 = 1.959963984540054  # a normal number lies within +- this in 95 of 100 cases
ROUNDING = 1e-12
DRAWS = 400  # of right and wrong, to see what chance does


@dataclass(frozen=True, eq=False)
class Predictions:
    """What a model predicts for some samples, at a temperature; N samples of n classes.

    scores       z, (N, n)
    labels       from 0, (N,)
    """

    scores: Matrix
    labels: Whole
    temperature: float = 1.0
    _chance: dict[int, float] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def _result(self) -> LossResult:
        # Loss and probabilities share their exponentials: a film asks for both at each stop.
        return softmax_loss(self.scores, self.labels, temperature=self.temperature)

    @property
    def probabilities(self) -> Matrix:
        """Softmax of z / T, (N, n)."""
        return self._result.probabilities

    @cached_property
    def predicted(self) -> Whole:
        """The most probable class of each, (N,)."""
        return np.asarray(self.probabilities.argmax(axis=1))

    @cached_property
    def confidences(self) -> Matrix:
        """The confidence of each, its largest probability, (N,)."""
        return np.asarray(self.probabilities[np.arange(len(self)), self.predicted])

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Whether the most probable class is the label, (N,)."""
        return np.asarray(self.predicted == self.labels)

    @cached_property
    def accuracy(self) -> float:
        """Share of the samples that it gets right."""
        return float(self.right.mean())

    @cached_property
    def mean_confidence(self) -> float:
        """Mean confidence."""
        return float(self.confidences.mean())

    @cached_property
    def loss(self) -> float:
        """Mean negative log-likelihood of the labels: cross-entropy."""
        return float(self._result.value)

    def reliability(self, bins: int) -> Reliability:
        """Count, confidence and accuracy by bins of confidence."""
        return reliability(self.probabilities, self.labels, bins=bins)

    def error(self, bins: int) -> float:
        """Return the expected calibration error."""
        return self.reliability(bins).error

    def chance(self, bins: int) -> float:
        """Return the calibration error that a calibrated model stays below in 95 of 100 cases.

        It is as sure of each sample as this one, and right just as often as that says.
        """
        if bins not in self._chance:
            self._chance[bins] = chance_error(self.confidences, bins)
        return self._chance[bins]

    def is_chance(self, bins: int) -> bool:
        """Whether the calibration error is no more than chance gives."""
        # Of few samples the two are often the same number, summed in another order.
        return self.error(bins) <= self.chance(bins) + ROUNDING


def chance_error(confidences: Matrix, bins: int) -> float:
    """Draw right or wrong by the confidences (N,), and return the 95 % quantile of the errors."""
    rng = np.random.default_rng(0)
    place = np.clip(np.searchsorted(np.linspace(0, 1, bins + 1), confidences) - 1, 0, bins - 1)
    member = np.zeros((len(confidences), bins))
    member[np.arange(len(confidences)), place] = 1
    surplus = (rng.random((DRAWS, len(confidences))) < confidences) - confidences
    return float(np.quantile(np.abs(surplus @ member).sum(axis=1) / len(confidences), 0.95))


def wilson(right: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of Wilson (1927) for a share: `right` of `count` samples.

    Unlike share +- 1.96 standard errors it stays within 0..1, and is no point where all are right.
    """
    share, spread = right / count, Z95**2 / count
    middle = (share + spread / 2) / (1 + spread)
    reach = Z95 * math.sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    # At the ends rounding may leave it a little inside.
    low = 0.0 if right == 0 else middle - reach
    return low, 1.0 if right == count else middle + reach


def intervals(bins: Reliability) -> tuple[list[float], list[float]]:
    """Return where the accuracy of each bin may lie, from and to; from 0 to 1 if it is empty."""
    ends = [
        wilson(round(float(share) * int(count)), int(count)) if count else (0.0, 1.0)
        for share, count in zip(bins.accuracy, bins.count, strict=True)
    ]
    return [low for low, _ in ends], [high for _, high in ends]


class Signs(NamedTuple):
    """The two parts of the calibration error: bins that are too sure, and not sure enough."""

    over: float
    under: float


def signs(bins: Reliability) -> Signs:
    """Part the calibration error by its sign; the parts sum to it."""
    gaps = bins.count * (bins.confidence - bins.accuracy) / bins.count.sum()
    return Signs(float(gaps[gaps > 0].sum()), float(np.abs(gaps[gaps < 0]).sum()))


def verdict(predictions: Predictions, bins: int) -> str:
    """Name what the bins show: over, under, both, or nothing beyond chance."""
    if predictions.is_chance(bins):
        return "chance"
    over, under = signs(predictions.reliability(bins))
    if min(over, under) > max(over, under) / 4:
        return "both"
    return "over" if over > under else "under"


class Half(NamedTuple):
    """The less sure or the surer half of the samples: mean confidence, share that is right."""

    confidence: float
    accuracy: float
    noise: float  # the standard error of their difference, if the model were calibrated

    @property
    def gap(self) -> float:
        """How much too sure."""
        return self.confidence - self.accuracy

    @property
    def is_off(self) -> bool:
        """Whether the gap is more than chance explains."""
        return abs(self.gap) > 3 * self.noise


def halves(predictions: Predictions) -> tuple[Half, Half]:
    """Part at least two samples into a less sure half and a surer one."""
    order = np.argsort(predictions.confidences, kind="stable")
    parts = order[: len(order) // 2], order[len(order) // 2 :]
    less, more = (_half(predictions.confidences[p], predictions.right[p]) for p in parts)
    return less, more


def _half(confidences: Matrix, right: Any) -> Half:
    noise = math.sqrt(float((confidences * (1 - confidences)).sum())) / len(confidences)
    return Half(float(confidences.mean()), float(right.mean()), noise)
