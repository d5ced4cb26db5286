"""Predictions of a confidence and an accuracy, made for tests."""

from __future__ import annotations

import numpy as np

from pages.lessons.calibration.predictions import Predictions

BINS = 15


def drawn(sure: float, right: float, count: int = 1000) -> Predictions:
    """Predictions of one confidence, of two classes, so many of them right."""
    hits = round(right * count)
    scores = np.tile(np.log([sure, 1 - sure]), (count, 1))
    return Predictions(scores, np.array([0] * hits + [1] * (count - hits)))


def joined(*parts: Predictions) -> Predictions:
    return Predictions(
        np.concatenate([p.scores for p in parts]), np.concatenate([p.labels for p in parts])
    )
