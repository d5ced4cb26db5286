"""One sample on its way through a layer, and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import LayerResult, layer_loss
from pages.widgets.figure import Vector


@dataclass(frozen=True, eq=False)
class OneSample:
    """A layer's weights (n, D) and bias (n,), one sample's inputs (1, D) and targets (1, n)."""

    weights: Vector
    bias: Vector
    inputs: Vector
    targets: Vector

    @property
    def result(self) -> LayerResult:
        """The cross-entropy, without an L2 term, and its gradients."""
        return layer_loss(self.weights, self.bias, self.inputs, self.targets)

    @property
    def scores(self) -> Vector:
        """The scores z, (n,)."""
        return np.asarray(self.inputs[0] @ self.weights.T + self.bias)

    @property
    def width(self) -> int:
        """Number of inputs D; in the place of an input it stands for the bias."""
        return len(self.inputs[0])

    def node(self, k: int) -> int:
        """Return the node of a class: nodes are numbered through, the inputs come first."""
        return self.width + 1 + k
