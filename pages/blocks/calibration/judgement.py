"""A trained model, judged on the samples held out from it, with a temperature fitted for it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from core import InvalidInput, fit_temperature
from pages.blocks.calibration.predictions import ROUNDING, Predictions
from pages.blocks.figures import STOPS
from pages.blocks.training.data_set import Whole
from pages.blocks.training.run import Model
from pages.blocks.training.scale import Matrix

FOLLOWED = (0.05, 0.25, 0.5, 0.75, 0.95)  # samples, by their place in the order of confidence
PLACES = 60  # along a course
LARGEST_SCORE = 1e300  # a hundred times as far away it is a double still


class Course(NamedTuple):
    """What becomes of confidence and accuracy at m distances: how many times as far as it is.

    sure   mean confidence, then that of single samples, (1 + k, m)
    right, loss   accuracy and negative log-likelihood, each (m,)
    """

    factors: Matrix
    sure: Matrix
    right: Matrix
    loss: Matrix


@dataclass(frozen=True, eq=False)
class Judgement:
    """A model on the samples held out from it, as it is and with a temperature of its own.

    temperature   fitted on the validation samples; None where none is best
    why_none      then: nothing to fit on, or what `none_is_best` found
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
    def course(self) -> Course:
        """Ask at distances up to a hundred times; followed are a few of all confidences."""
        order = np.argsort(self.before.sure, kind="stable")
        single = order[[round(share * (len(order) - 1)) for share in FOLLOWED]]
        factors = np.unique([*np.geomspace(1, STOPS[-1], PLACES), *STOPS])
        rows = []
        for factor in factors:
            asked = self.at_distance(float(factor))
            rows.append([asked.accuracy, asked.loss, asked.confidence, *asked.sure[single]])
        right, loss, *sure = np.array(rows).T
        return Course(factors, np.array(sure), right, loss)


def judgement(model: Model) -> Judgement:
    """Judge a model that `fault` finds nothing wrong with."""
    test, validation = model.data.test, model.data.validation
    before = Predictions(model.scores(test.inputs), test.labels)
    if not len(validation):
        return Judgement(model, before, None, "empty")
    scores = model.scores(validation.inputs)
    try:
        fitted = fit_temperature(scores, validation.labels)
    except InvalidInput:
        why = none_is_best(scores, validation.labels)
        if not why:
            raise
        return Judgement(model, before, None, why)
    if math.isinf(fitted):  # of scores near the largest double: to all digits, the labels' are even
        return Judgement(model, before, None, "infinite")
    return Judgement(model, before, fitted)


def none_is_best(scores: Matrix, labels: Whole) -> str:
    """Say why no T is the best for scores (N, n): all equal, or as T goes to 0, to infinity; or ''.

    The negative log-likelihood falls all the way to T = 0 where no score is above its label's, and
    to infinity where the labels' are on average no larger than all.
    """
    own = scores[np.arange(len(scores)), labels]
    if (scores == own[:, np.newaxis]).all():
        return "flat"
    if (scores <= own[:, np.newaxis]).all():
        return "zero"
    ahead = float((own - scores.mean(axis=1)).mean())
    return "infinite" if ahead <= ROUNDING * float(np.ptp(scores, axis=1).max()) else ""


def fault(model: Model) -> str:
    """Say why a model cannot be judged: nothing held out, or scores too large; or ''."""
    if not len(model.data.test):
        return "few"
    with np.errstate(all="ignore"):
        parts = (model.data.test, model.data.validation)
        sizes = [np.abs(model.scores(part.inputs)).max(initial=0) for part in parts]
    return "" if max(sizes) < LARGEST_SCORE else "huge"  # a NaN is not below it, either


def base_rate(found: Judgement) -> Predictions:
    """Return what a model would say that gives each class its share in training, always."""
    data = found.model.data
    shares = np.bincount(data.train.labels, minlength=len(data.classes)) / len(data.train)
    return Predictions(np.tile(np.log(shares), (len(found.before), 1)), found.before.labels)
