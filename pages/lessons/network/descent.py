"""The network lesson's layer after some gradient steps: its numbers, and how it got there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from core import InvalidInput, layer_loss
from pages.lessons.network.one_sample import OneSample
from pages.visit.layer import Layer
from pages.visit.state import LabState

_REMEMBERED = 128  # runs, of at most a thousand losses each


@dataclass(frozen=True, eq=False)
class Descent(OneSample):
    """Where the steps led: the last state whose numbers and loss are finite.

    losses    of every state from the start to this one, L2 term included
    overflow  whether the next step leads beyond the largest double
    factor    what the L2 term alone makes of the weights in each step: 1 - step size * l2
    """

    losses: tuple[float, ...]
    overflow: bool
    factor: float

    @property
    def steps(self) -> int:
        """Number of steps taken."""
        return len(self.losses) - 1

    @property
    def course(self) -> str:
        """What became of the loss, as the id of a sentence."""
        start, now = self.losses[0], self.losses[-1]
        if self.overflow:
            return "overflow"
        if self.steps == 0:
            return "start"
        if now > start:
            return "runaway" if abs(self.factor) > 1 else "grew"
        return "bumpy" if self.rises else "fell"

    @property
    def rises(self) -> int:
        """In how many steps the loss rose."""
        return int(np.count_nonzero(np.diff(self.losses) > 0))


def descend(state: LabState, layer: Layer) -> Descent:
    """Take the layer's steps from its start, towards the learner's target."""
    start = replace(layer.for_classes(state.classes), edge=(0, 0))
    return _descend(start, tuple(state.distribution.tolist()))


@lru_cache(maxsize=_REMEMBERED)
def _descend(layer: Layer, target: tuple[float, ...]) -> Descent:
    """Take the same steps from the same start: an address need only say how many."""
    weights, bias = np.array(layer.weights), np.array(layer.bias)
    inputs, targets = np.array([layer.inputs]), np.array([target])
    losses: list[float] = []
    overflow = False
    new_weights, new_bias = weights, bias
    for _ in range(layer.steps + 1):
        try:
            result = layer_loss(new_weights, new_bias, inputs, targets, l2=layer.l2)
        except InvalidInput:  # the numbers of this step, or their scores, are beyond a double
            overflow = True
            break
        if not np.isfinite(result.value):
            overflow = True
            break
        weights, bias = new_weights, new_bias
        losses.append(float(result.value))
        with np.errstate(over="ignore"):
            new_weights = weights - layer.step_size * result.grad_weights
            new_bias = bias - layer.step_size * result.grad_bias
    factor = 1 - layer.step_size * layer.l2
    return Descent(weights, bias, inputs, targets, tuple(losses), overflow, factor)
