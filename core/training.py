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
from core.scalars import check_positive, check_room, check_whole_from
from core.validation import (
    FloatArray,
    IntArray,
    as_finite,
    as_numbers,
    check_labels,
    refuse,
    refuse_where,
    shown,
)

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
    Raises InvalidInput for fewer than 2 classes, no inputs, more of them than there is room for,
    or an rng that is no Generator.
    """
    shape = check_whole_from(2, classes, "classes"), check_whole_from(1, inputs, "inputs")
    check_room("classes and inputs", *shape)
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
    Each state's arrays are its own, and the run works on copies: whoever changes what was given or
    what was yielded does not change it. The arguments are checked at the call, not at the first
    step.
    Invariant: the same `rng` state gives the same states, whatever the loss or learning rate the
    same initial weights.
    Raises InvalidInput for what `layer_loss` refuses, for a learning rate that is not a finite
    number above 0, for fewer than 1 step, for targets that all name one class, whichever it is, for
    a start that is no pair, and, from the iterator, when a step leads to weights or scores that
    are no longer finite.
    Source: the setting of https://cs231n.github.io/neural-networks-case-study/
    """
    rate = check_positive(learning_rate, "learning_rate")
    count = check_whole_from(1, steps, "steps")
    check_rng(rng)
    o = as_finite(inputs, "inputs").copy()
    if o.ndim != 2:
        refuse("inputs", f"shape {o.shape} has {o.ndim} axes", "shape (N, D), one row a sample")
    y, labels, classes = _classes(targets, o.shape[1])
    if start is None:
        weights, bias = (x.astype(o.dtype) for x in initial_layer(classes, o.shape[1], rng))
    else:
        weights, bias = _pair(start)
    objective = partial(layer_loss, inputs=o, targets=y, loss=loss, l2=l2)
    found = objective(weights, bias)
    return _descend(
        objective, (found.grad_weights, found.grad_bias), weights, bias, labels, rate, count
    )


def _pair(start: tuple[ArrayLike, ArrayLike]) -> tuple[FloatArray, FloatArray]:
    """Return the weights and the bias to start from, as copies."""
    try:
        weights, bias = start if isinstance(start, tuple | list) else ()
    except Exception:  # too many, too few, or an object that cannot be gone through
        refuse("start", f"it is {shown(start)}", "a pair: weights (n, D) and a bias (n,)")
    return as_numbers(weights, "weights").copy(), as_numbers(bias, "bias").copy()


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
        weights, bias = _moved(weights, slopes[0], rate), _moved(bias, slopes[1], rate)
        found = objective(weights, bias)
        slopes = found.grad_weights, found.grad_bias
        loss = float(found.value)
        accuracy = float((found.probabilities.argmax(axis=1) == labels).mean())
        del found  # as large as the samples, and a training may rest for long
        yield TrainingState(step, loss, accuracy, weights.copy(), bias.copy())


@np.errstate(**QUIET)
def _moved(array: FloatArray, slope: FloatArray, rate: float) -> FloatArray:
    # In float64, and back: a rate of 1e39 is infinite in float32, and infinity times 0 is NaN.
    return (array - rate * slope.astype(np.float64, copy=False)).astype(slope.dtype, copy=False)


def _classes(targets: ArrayLike, inputs: int) -> tuple[FloatArray | IntArray, IntArray, int]:
    """Return the targets, the class of each, and the number of classes; `layer_loss` checks."""
    y = as_numbers(targets, "targets").copy()
    if y.ndim == 2:
        labels, classes = y.argmax(axis=1), y.shape[1]
        one = np.array_equal(y, np.eye(1, classes, labels[0]).repeat(len(y), axis=0))
    else:
        largest = y.max()
        if not np.isfinite(largest):
            refuse_where(~np.isfinite(y), y, "targets", "whole numbers from 0")
        classes = max(int(largest) + 1, 1)
        check_room("targets (largest class) and inputs", classes, inputs)
        y = labels = check_labels(y, classes, "targets")
        one = bool((labels == labels.flat[0]).all())
    if one:
        accepted = "targets that name two classes or more"
        refuse("targets", f"all name class {labels.flat[0]} alone", accepted)
    return y, labels, classes
