"""A trained model, judged on the samples held out from it, with a temperature fitted for it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core import NoBestTemperature, fit_temperature
from pages.lessons.calibration.courses import (
    FOLLOWED,
    ByDistance,
    ByTemperature,
    by_distance,
    by_temperature,
    distances,
    temperatures,
    with_stop,
)
from pages.lessons.calibration.predictions import ROUNDING, Predictions
from pages.lessons.training.data_set import Whole
from pages.lessons.training.run import Model
from pages.lessons.training.scale import Matrix
from pages.visit.state import MIN_TEMPERATURE

SMALLEST_GAP = 1e-290  # between scores; for smaller ones T would be no normal number
SAME_LOSS = 1e-9


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
    _by_bins: dict[int, ByTemperature] = field(default_factory=dict)

    @cached_property
    def after(self) -> Predictions | None:
        """The same scores at the fitted temperature."""
        return None if self.temperature is None else self.at_temperature(self.temperature)

    @property
    def fitted(self) -> float:
        """The fitted temperature; ValueError where none is best."""
        if self.temperature is None:
            raise ValueError(f"no temperature is the best: {self.why_none}")
        return self.temperature

    def at_distance(self, factor: float) -> Predictions:
        """Ask again for all held-out samples, each so many times as far from the origin."""
        test = self.model.data.test
        return Predictions(self.model.scores(factor * test.inputs), test.labels)

    def at_temperature(self, temperature: float) -> Predictions:
        """Divide the same scores by another temperature."""
        return Predictions(self.before.scores, self.before.labels, temperature)

    def by_distance(self, own: float) -> ByDistance:
        """Ask at distances up to a hundred times, and at the learner's own.

        Followed are a few of all confidences.
        """
        return with_stop(self._by_distance, own, self._at_distances)

    @cached_property
    def _by_distance(self) -> ByDistance:
        return self._at_distances(distances())

    def _at_distances(self, stops: Matrix) -> ByDistance:
        order = np.argsort(self.before.confidences, kind="stable")
        followed = order[[round(share * (len(order) - 1)) for share in FOLLOWED]]
        return by_distance(stops, self.at_distance, followed)

    @cached_property
    def _validation_scores(self) -> Matrix:
        return self.model.scores(self.model.data.validation.inputs)

    def by_temperature(self, bins: int, own: float) -> ByTemperature:
        """Ask at temperatures around the fitted one, which there is, and at the learner's own."""

        def at(stops: Matrix) -> ByTemperature:
            return by_temperature(
                stops,
                self.at_temperature,
                (self._validation_scores, self.model.data.validation.labels),
                bins,
            )

        if bins not in self._by_bins:
            self._by_bins[bins] = at(temperatures(self.fitted, bins))
        return with_stop(self._by_bins[bins], own, at)


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
