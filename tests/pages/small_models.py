"""Models whose scores are what a test says, for pages that ask a model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pages.lessons.training.data_set import DataSet, Part
from pages.lessons.training.run import Model
from pages.lessons.training.scale import divided_by

Samples = tuple[Sequence[Sequence[float]], Sequence[int]]


def model_of(test: Samples, validation: Samples) -> Model:
    """A model that hands its inputs on as scores: each part is scores, then labels from 0."""
    n = len((test[0] or validation[0])[0])
    parts = [
        Part(
            np.reshape(scores, (-1, n)).astype(float), np.array(labels, int), np.arange(len(labels))
        )
        for scores, labels in ((np.eye(n), range(n)), validation, test)
    ]
    train, choose, judge = parts
    names = tuple(range(1, n + 1)), ("",) * n
    data = DataSet("csv", (train, choose, judge), *names, divided_by(1.0, n), judge.inputs)
    return Model(data, np.eye(n), np.zeros(n))
