"""The data in three parts: to train on, to choose by, and to judge by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core import digits, spiral
from pages.lessons.training.scale import FARTHEST, Matrix, Scale, divided_by, standard
from pages.visit.training_plan import Plan
from pages.writing.wording import Wording

Whole = NDArray[np.intp]
LARGEST_PIXEL = 16.0
SIDE = 8  # pixels of a digit's image
_HELD_OUT, _VALIDATION = 1 / 3, 1 / 6  # of each class
_REMEMBERED = 8  # data sets for all learners together, of at most 1.5 MB each


@dataclass(frozen=True, eq=False)
class Part:
    """Some of the samples.

    inputs   as the model sees them, (N, D)
    labels   from 0, (N,)
    numbers  which sample of the whole each is: the line in a file, or its place from 1, (N,)
    """

    inputs: Matrix
    labels: Whole
    numbers: Whole

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, eq=False)
class DataSet:
    """Three parts of the same data, and how its numbers were scaled.

    parts       to train on, to choose by, to judge by
    features    names of the inputs; of a column without one its number in the file, from 1
    classes     names of the classes; "" stands for the default name
    scale       how the model sees raw inputs
    raw         the inputs to judge by as they came, (M, D)
    """

    kind: str
    parts: tuple[Part, Part, Part]
    features: tuple[str | int, ...]
    classes: tuple[str, ...]
    scale: Scale
    raw: Matrix

    @property
    def train(self) -> Part:
        """What the model is trained on."""
        return self.parts[0]

    @property
    def validation(self) -> Part:
        """What a temperature is fitted on."""
        return self.parts[1]

    @property
    def test(self) -> Part:
        """Held out from everything: what the model is judged by."""
        return self.parts[2]

    @property
    def to_judge_by(self) -> Part:
        """What a model is judged by: the held-out part; of a tiny file what there is."""
        return self.test if len(self.test) else self.train

    @property
    def too_far(self) -> int:
        """How many scaled inputs lie further from the training samples than they are seen."""
        return sum(int((np.abs(part.inputs) >= FARTHEST).sum()) for part in self.parts)


def feature_names(data: DataSet, words: Wording) -> list[str]:
    """Return the names of the features; a column without one is called by its number."""
    if data.kind == "digits":
        places = [divmod(d, SIDE) for d in range(SIDE**2)]
        return [words("training.pixel", row=r + 1, column=c + 1) for r, c in places]
    return [
        words("training.feature", number=name) if isinstance(name, int) else name
        for name in data.features
    ]


def generators(seed: int) -> tuple[np.random.Generator, np.random.Generator]:
    """Return one generator for the data and one for the weights: neither depends on the other."""
    for_data, for_weights = np.random.default_rng(seed).spawn(2)
    return for_data, for_weights


def made_data(plan: Plan) -> DataSet:
    """Return the spiral or the digits of a plan."""
    if plan.data == "digits":
        return _digits(plan.seed, plan.features)
    return _spiral(plan.arms, plan.points, plan.noise, plan.seed)


@lru_cache(_REMEMBERED)
def _spiral(arms: int, points: int, noise: float, seed: int) -> DataSet:
    """Make three spirals: what can be made at will need not be parted."""
    rng, _ = generators(seed)
    parts = []
    for place in range(3):
        inputs, labels = spiral(classes=arms, points=points, noise=noise, rng=rng)
        numbers = 1 + place * len(labels) + np.arange(len(labels))
        parts.append(Part(inputs, labels, numbers))
    train, validation, test = parts
    axes, classes = ("o₁", "o₂"), ("",) * arms
    as_made = divided_by(1.0, len(axes))
    return DataSet("spiral", (train, validation, test), axes, classes, as_made, test.inputs)


@lru_cache(_REMEMBERED)
def _digits(seed: int, features: str) -> DataSet:
    inputs, labels = digits()
    parts = parted(inputs, labels, np.arange(1, len(labels) + 1), seed)
    scale = divided_by(LARGEST_PIXEL if features == "scaled" else 1.0, SIDE**2)
    pixels, classes = tuple(range(1, SIDE**2 + 1)), tuple(str(k) for k in range(10))
    return _scaled("digits", parts, (pixels, classes), scale)


def given_data(
    inputs: Matrix,
    labels: Whole,
    numbers: Whole,
    names: tuple[Sequence[str | int], Sequence[str]],
    seed: int,
    features: str,
) -> DataSet:
    """Return a learner's own data: scaled to mean 0 and standard deviation 1, or as they are.

    Mean and deviation are those of the training part: the others stay unseen.
    """
    parts = parted(inputs, labels, numbers, seed)
    as_they_are = divided_by(1.0, inputs.shape[1])
    scale = standard(parts[0].inputs) if features == "scaled" else as_they_are
    return _scaled("csv", parts, names, scale)


def _scaled(
    kind: str,
    parts: tuple[Part, Part, Part],
    names: tuple[Sequence[str | int], Sequence[str]],
    scale: Scale,
) -> DataSet:
    """Return raw parts as the model sees them."""
    train, validation, test = (replace(part, inputs=scale.apply(part.inputs)) for part in parts)
    features, classes = names
    return DataSet(
        kind, (train, validation, test), tuple(features), tuple(classes), scale, parts[2].inputs
    )


def parted(inputs: Matrix, labels: Whole, numbers: Whole, seed: int) -> tuple[Part, Part, Part]:
    """Part each class alike: half to train on, a sixth to choose by, a third to judge by.

    Of what cannot be divided so the training gets more: of two samples both, of three two.
    """
    rng, _ = generators(seed)
    places: tuple[list[Whole], ...] = ([], [], [])
    for k in range(int(labels.max()) + 1):
        members = rng.permutation(np.flatnonzero(labels == k))
        test, validation = int(len(members) * _HELD_OUT), int(len(members) * _VALIDATION)
        places[2].append(members[:test])
        places[1].append(members[test : test + validation])
        places[0].append(members[test + validation :])
    parts = [np.sort(np.concatenate(part)) for part in places]
    train, choose, judge = (Part(inputs[c], labels[c], numbers[c]) for c in parts)
    return train, choose, judge
