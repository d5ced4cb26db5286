"""A training under way: where it is, and how it got there."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from types import MappingProxyType

import numpy as np

from core import TrainingState, initial_layer, layer_loss, train
from pages.lessons.training.data_set import DataSet, generators
from pages.lessons.training.scale import Matrix
from pages.visit.training_plan import MOST_STEPS
from pages.visit.turns import hand_on

EVERY = 10  # steps from one look at the held-out samples to the next
LARGEST_WEIGHT = 1e100  # beyond it training has diverged; scores and squares stay finite below
SLICE = 0.02  # s of one learner's turn
MOST_STOPS = 256  # models of a run that are kept to be looked at
# Bytes of all that is sent of a course, at most; of digits the weights are images. In the rest of
# it are names and axes; a stop's numbers on the curves, and its model, are counted.
MOST_SENT: Mapping[str, int] = MappingProxyType(
    {"digits": 500_000, "csv": 100_000, "spiral": 100_000}
)
_NAMES, _CURVES, _IN_LETTERS = 10_000, 130, 4 / 3
_SAMPLE, _ON_PLANE = 5, 12  # bytes of a sample on the plane, and there of a class at a stop


@dataclass(frozen=True, eq=False)
class Model:
    """What was learnt: weights (n, D), bias (n,), and the data that it was learnt from."""

    data: DataSet
    weights: Matrix
    bias: Matrix

    def scores(self, inputs: Matrix) -> Matrix:
        """Return the scores z of inputs as the model sees them, (N, n)."""
        return np.asarray(inputs @ self.weights.T + self.bias)


@dataclass(frozen=True)
class Settings:
    """How a run is trained, beside its data."""

    rate: float
    l2: float
    seed: int
    loss: str = "cross_entropy"


@dataclass(eq=False)
class Run:
    """States from the start on; the last one is kept, of the others loss and accuracy.

    start                the weights and the bias it begins with, if not those of the seed
    losses, accuracies   on the training samples, the L2 part included, from step 0 on
    held_out             accuracy on the samples to judge by, at every tenth step and every stop
    kept                 the model at every stop: each step, or of many every 2nd, every 4th, ...
    every                steps from one stop to the next
    owner                who may train it: of a session's two script runs the newer one
    overflow             whether the next step leads beyond the largest weight
    """

    data: DataSet
    settings: Settings
    start: tuple[Matrix, Matrix] | None = None
    losses: list[float] = field(default_factory=list)
    accuracies: list[float] = field(default_factory=list)
    held_out: dict[int, float] = field(default_factory=dict)
    kept: dict[int, Model] = field(default_factory=dict)
    every: int = 1
    overflow: bool = False
    owner: object = None

    def __post_init__(self) -> None:
        self._at_work = Lock()
        settings, part = self.settings, self.data.train
        loss, l2 = settings.loss, settings.l2
        _, rng = generators(settings.seed)
        start = self.start or initial_layer(len(self.data.classes), len(self.data.features), rng)
        result = layer_loss(start[0], start[1], part.inputs, part.labels, loss=loss, l2=l2)
        right = result.probabilities.argmax(axis=1) == part.labels
        self._take(TrainingState(0, float(result.value), float(right.mean()), *start))
        self._states = train(
            part.inputs,
            part.labels,
            loss=loss,
            learning_rate=settings.rate,
            l2=l2,
            steps=MOST_STEPS,
            rng=rng,
            start=start,
        )

    @property
    def steps(self) -> int:
        """Number of steps taken."""
        return self.state.step

    @property
    def model(self) -> Model:
        """The model as it is now."""
        return Model(self.data, self.state.weights, self.state.bias)

    def stop_at(self, step: int) -> int:
        """Return the stop at a step, or the last one before it; the last step is one, too."""
        return self.steps if step >= self.steps else step - step % self.every

    def model_at(self, step: int) -> Model:
        """Return the model at the stop of a step."""
        stop = self.stop_at(step)
        return self.kept.get(stop, self.model)

    def ended(self, goal: int) -> bool:
        """Whether there is nothing to do until `goal` steps are taken."""
        return self.overflow or self.steps >= goal

    def advance(self, goal: int, seconds: float = SLICE) -> None:
        """Take steps until the goal is reached or the time is up."""
        end = time.perf_counter() + seconds
        with self._at_work:  # a script run that is replaced may still be within its last slice
            while not self.ended(goal) and time.perf_counter() < end:
                state = next(self._states)
                if max(np.abs(state.weights).max(), np.abs(state.bias).max()) > LARGEST_WEIGHT:
                    self.overflow = True
                else:
                    self._take(state)

    def _take(self, state: TrainingState) -> None:
        self.state = state
        self.losses.append(state.loss)
        self.accuracies.append(state.accuracy)
        if state.step % self.every == 0:
            self._keep(state)
        looks = state.step in self.kept or state.step % EVERY == 0
        if looks and len(self.data.test):
            self.held_out[state.step] = self.held_out_now()

    def _keep(self, state: TrainingState) -> None:
        self.kept[state.step] = self.model
        if len(self.kept) > most_stops(self.data):
            self.every *= 2
            self.kept = {s: model for s, model in self.kept.items() if s % self.every == 0}

    def held_out_at(self, stop: int) -> float | None:
        """Return the accuracy on the samples to judge by at a stop; None if there are none."""
        if not len(self.data.test):
            return None
        return self.held_out[stop] if stop in self.held_out else self.held_out_now()

    def held_out_now(self) -> float:
        """Return the accuracy on the samples to judge by, of which there must be some."""
        test = self.data.test
        return float((self.model.scores(test.inputs).argmax(axis=1) == test.labels).mean())


def most_stops(data: DataSet, runs: int = 1) -> int:
    """Return at how many stops the models of so many runs may be sent, to be played together."""
    classes, width = len(data.classes), len(data.features)
    room = MOST_SENT[data.kind] - _NAMES
    model = classes * width
    if width == 2:
        room -= round(_IN_LETTERS * _SAMPLE * len(data.train))
        model = classes * _ON_PLANE
    return min(MOST_STOPS, room // round(_CURVES + runs * _IN_LETTERS * model))


def finished(run: Run, goal: int) -> Run:
    """Take steps up to the goal, in turns."""
    while not run.ended(goal):
        run.advance(goal)
        hand_on()
    return run
