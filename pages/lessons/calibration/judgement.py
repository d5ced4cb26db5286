"""A trained model, judged on the samples held out from it, with a temperature fitted for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from core import NoBestTemperature, fit_temperature
from pages.lessons.calibration.predictions import ROUNDING, Predictions
from pages.lessons.training.data_set import Whole
from pages.lessons.training.run import Model
from pages.lessons.training.scale import Matrix
from pages.visit.judging import DISTANCES
from pages.visit.state import MIN_TEMPERATURE

FOLLOWED = (0.05, 0.25, 0.5, 0.75, 0.95)  # samples, by their place in the order of confidence
PLACES = 60  # from the first stop to the last
SMALLEST_GAP = 1e-290  # between scores; for smaller ones T would be no normal number
SAME_LOSS = 1e-9


class ByDistance(NamedTuple):
    """What becomes of confidence and accuracy at m distances: how many times as far as it is.

    confidences      the mean, then those of single samples, (1 + k, m)
    accuracy, loss   loss is the negative log-likelihood; each (m,)
    """

    factors: Matrix
    confidences: Matrix
    accuracy: Matrix
    loss: Matrix


@dataclass(frozen=True, eq=False)
class Judgement:
    """A model on the samples held out from it, as it is and with a temperature of its own.

    temperature   fitted on the validation samples; None where none is best
    why_none      then: nothing to fit on, or what is wrong with each T
    """

    model: Model
    before: Predictions
    temperature: float | None
    why_none: str = ""

    @cached_property
    def after(self) -> Predictions | None:
        """The same scores at the fitted temperature."""
        if self.temperature is None:
            return None
        return Predictions(self.before.scores, self.before.labels, self.temperature)

    def at_distance(self, factor: float) -> Predictions:
        """Ask again for all held-out samples, each so many times as far from the origin."""
        test = self.model.data.test
        return Predictions(self.model.scores(factor * test.inputs), test.labels)

    @cached_property
    def by_distance(self) -> ByDistance:
        """Ask at distances up to a hundred times; followed are a few of all confidences."""
        order = np.argsort(self.before.confidences, kind="stable")
        single = order[[round(share * (len(order) - 1)) for share in FOLLOWED]]
        factors = np.unique([*np.geomspace(1, DISTANCES[-1], PLACES), *DISTANCES])
        rows = []
        for factor in factors:
            asked = self.at_distance(float(factor))
            whole = asked.accuracy, asked.loss, asked.mean_confidence
            rows.append([*whole, *asked.confidences[single]])
        accuracy, loss, *confidences = np.array(rows).T
        return ByDistance(factors, np.array(confidences), accuracy, loss)


def judge(model: Model) -> Judgement:
    """Judge a model from which samples are held out, and which has not diverged."""
    test, validation = model.data.test, model.data.validation
    before = Predictions(model.scores(test.inputs), test.labels)
    if not len(validation):
        return Judgement(model, before, None, "empty")
    fitted = fitted_temperature(model.scores(validation.inputs), validation.labels)
    if isinstance(fitted, str):
        return Judgement(model, before, None, fitted)
    return Judgement(model, before, fitted)


def fitted_temperature(scores: Matrix, labels: Whole) -> float | str:
    """Return the T that core fits to scores (N, n), or why none is best: flat, zero or infinite.

    flat: as far as can be told the loss is the same at every T that the bench takes.
    """
    rounding = ROUNDING * min(1.0, float(np.abs(scores).max()))
    if np.ptp(scores, axis=1).max() <= max(rounding, SMALLEST_GAP):
        return "flat"
    even = math.log(scores.shape[1])  # the loss at infinite T
    try:
        fitted = fit_temperature(scores, labels)
    except NoBestTemperature as none:
        why = none.reason
    else:
        # Where the labels' scores are even but for rounding, T is anything, infinity included.
        if fitted < math.inf and even - Predictions(scores, labels, fitted).loss > ROUNDING:
            return fitted
        why = "infinite"
    if why == "infinite" and Predictions(scores, labels, MIN_TEMPERATURE).loss - even < SAME_LOSS:
        return "flat"
    return why
