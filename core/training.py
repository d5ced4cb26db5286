"""Softmax regression: a linear layer trained by gradient descent on all samples at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.datasets import check_rng
from core.kernel import QUIET
from core.layer import LayerResult, layer_loss
from core.losses import Loss
from core.scalars import check_positive, check_whole_from
from core.validation import FloatArray, IntArray, as_numbers, check_labels, refuse

INITIAL_SCALE = 0.01


@dataclass(frozen=True, eq=False, slots=True)
class TrainingState:
    """A model after `step` updates, and what it makes of the samples it is trained on.

    step      updates so far, from 1
    loss      mean loss of all samples with the L2 part, at these weights
    accuracy  share of samples whose most probable class is the target's
    weights   (n, D)
    bias      (n,)
    """

    step: int
    loss: float
    accuracy: float
    weights: FloatArray
    bias: FloatArray


def initial_layer(
    classes: int, inputs: int, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weights (classes, inputs) and the bias (classes,) that training begins with.

    W = 0.01 N(0, 1), so that all classes are about equally probable; b = 0.
    Raises InvalidInput for fewer than 2 classes, no inputs, or an rng that is no Generator.
    """
    shape = check_whole_from(2, classes, "classes"), check_whole_from(1, inputs, "inputs")
    check_rng(rng)
    return INITIAL_SCALE * rng.standard_normal(shape), np.zeros(classes)


def train(  # noqa: PLR0913 (each is part of the setting)
    inputs: ArrayLike,
    targets: ArrayLike,
    *,
    loss: str | Loss = "cross_entropy",
    learning_rate: float = 1.0,
    l2: float = 1e-3,
    steps: int = 200,
    rng: np.random.Generator,
    start: tuple[ArrayLike, ArrayLike] | None = None,
) -> Iterator[TrainingState]:
    """Descend from small random weights, or from a start; one state a step, after its update.

    W <- W - r dL/dW,  b <- b - r dL/db;  from `initial_layer`, unless `start` gives the weights
    (n, D) and the bias (n,).

    Shapes: inputs (N, D); targets labels (N,), the classes 0 .. largest, or distributions (N, n).
    Each state's arrays are its own. The arguments are checked at the call, not at the first step.
    Invariant: the same `rng` state gives the same states, whatever the loss or learning rate the
    same initial weights.
    Raises InvalidInput for what `layer_loss` refuses, for a learning rate that is not a finite
    number above 0, for fewer than 1 step, for labels of a single class, and, from the iterator,
    when a step leads to weights or scores that are no longer finite.
    Source: the setting of https://cs231n.github.io/neural-networks-case-study/
    """
    rate = check_positive(learning_rate, "learning_rate")
    count = check_whole_from(1, steps, "steps")
    check_rng(rng)
    o = as_numbers(inputs, "inputs")
    if o.ndim != 2:
        refuse("inputs", f"shape {o.shape} has {o.ndim} axes", "shape (N, D), one row a sample")
    y, labels, classes = _classes(targets)
    if start is None:
        weights, bias = (x.astype(o.dtype) for x in initial_layer(classes, o.shape[1], rng))
    else:
        weights, bias = as_numbers(start[0], "weights"), as_numbers(start[1], "bias")
    objective = partial(layer_loss, inputs=o, targets=y, loss=loss, l2=l2)
    found = objective(weights, bias)
    return _descend(
        objective, (found.grad_weights, found.grad_bias), weights, bias, labels, rate, count
    )


def _descend(
    objective: Callable[[FloatArray, FloatArray], LayerResult],
    slopes: tuple[FloatArray, FloatArray],
    weights: FloatArray,
    bias: FloatArray,
    labels: IntArray,
    rate: float,
    count: int,
) -> Iterator[TrainingState]:
    for step in range(1, count + 1):
        with np.errstate(**QUIET):
            weights = weights - rate * slopes[0]
            bias = bias - rate * slopes[1]
        found = objective(weights, bias)
        slopes = found.grad_weights, found.grad_bias
        loss = float(found.value)
        accuracy = float((found.probabilities.argmax(axis=1) == labels).mean())
        del found  # as large as the samples, and a training may rest for long
        yield TrainingState(step, loss, accuracy, weights, bias)


def _classes(targets: ArrayLike) -> tuple[FloatArray | IntArray, IntArray, int]:
    """Return the targets, the class of each, and the number of classes; `layer_loss` checks."""
    y = as_numbers(targets, "targets")
    if y.ndim == 2:
        return y, y.argmax(axis=1), y.shape[1]
    classes = int(np.nanmax(y)) + 1 if np.isfinite(y).any() else 0
    if classes < 2:
        refuse("targets", "they name a single class", "labels of two classes or more")
    labels = check_labels(y, classes, "targets")
    return labels, labels, classes
