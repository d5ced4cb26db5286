"""One linear layer below softmax and a loss: the value, and the gradient of all that it is made of.

Shapes, beside those of the package: `D` is the number of inputs. Weights are (n, D), row k holds
the weights into class k; the bias is (n,), the inputs are (N, D), one row a sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.kernel import QUIET, cast
from core.losses import Loss
from core.scalars import check_from_0
from core.softmax_loss import softmax_loss
from core.validation import FloatArray, as_finite, as_numbers, refuse, refuse_where

BIAS = "finite numbers, or -inf for a masked class where another class is not masked"


@dataclass(frozen=True, eq=False, slots=True)
class LayerResult:
    """What `layer_loss` found, in the widest dtype of weights, bias and inputs.

    value          L: the mean loss of the samples, and 0.5 l2 sum(W^2)
    probabilities  a = softmax(z) of each sample, (N, n)
    grad_scores    dL/dz, (N, n)
    grad_weights   dL/dW, (n, D)
    grad_bias      dL/db, (n,)
    grad_inputs    dL/do, (N, D)

    L is the mean over the samples, so each row of grad_scores and grad_inputs holds 1/N of what
    its sample alone would give.
    """

    value: Any
    probabilities: FloatArray
    grad_scores: FloatArray
    grad_weights: FloatArray
    grad_bias: FloatArray
    grad_inputs: FloatArray


def layer_loss(
    weights: ArrayLike,
    bias: ArrayLike,
    inputs: ArrayLike,
    targets: ArrayLike,
    *,
    loss: str | Loss = "cross_entropy",
    l2: float = 0.0,
) -> LayerResult:
    """Mean loss of a linear layer and softmax on a batch, with its gradients.

    z = o W^T + b;  dL/dW_kd = sum_s dL/dz_sk o_sd + l2 W_kd;  dL/db_k = sum_s dL/dz_sk;
    dL/do_sd = sum_k dL/dz_sk W_kd.

    Shapes: weights (n, D), bias (n,), inputs (N, D), targets labels (N,) or distributions (N, n);
    a single sample is a batch of one, `inputs[np.newaxis]`. The bias is not part of the L2 term.
    Dtype: the widest of weights, bias and inputs.
    Invariant: grad_bias and each row of grad_scores sum to 0 over the classes; each entry of
    grad_weights, less its L2 part, is the sum over the batch of a score's gradient times an input.
    A bias of -inf masks its class; a label on it gives the value +inf and still finite gradients.
    Raises InvalidInput for weights or inputs that are not finite, for a bias that is NaN, +inf or
    -inf throughout, for shapes that do not match, for scores that overflow, for an l2 that is not
    a finite number of at least 0, and for targets and loss as `softmax_loss` does.
    """
    w, b, o = _arrays(weights, bias, inputs)
    strength = check_from_0(l2, "l2")
    kept = np.result_type(w, b, o)
    dtype = np.promote_types(kept, np.float32)
    w, b, o = (array.astype(dtype, copy=False) for array in (w, b, o))
    with np.errstate(**QUIET):
        scores = _scores(w, b, o)
        result = softmax_loss(scores, targets, loss=loss)
        slopes = result.grad_logits
        value, grad_weights = result.value, slopes.T @ o
        if strength:
            wide = w.astype(np.float64, copy=False)  # an l2 of 1e39 is infinite in float32
            value = value + np.vdot(0.5 * strength * wide, wide)  # sum(W^2) alone may overflow
            grad_weights = grad_weights + strength * wide
        grad_bias, grad_inputs = slopes.sum(axis=0), slopes @ w
        grad_weights += 0.0  # -0.0 would read as a sign where there is none
        grad_bias += 0.0
        grad_inputs += 0.0
        found = (result.probabilities, slopes, grad_weights, grad_bias, grad_inputs)
        value, *arrays = (cast(np.asarray(part), kept) for part in (value, *found))
    return LayerResult(value[()], *arrays)


def _arrays(
    weights: ArrayLike, bias: ArrayLike, inputs: ArrayLike
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Check the three arrays and that they fit together."""
    w, o = as_finite(weights, "weights"), as_finite(inputs, "inputs")
    b = as_numbers(bias, "bias")
    refuse_where(np.isnan(b) | (b == np.inf), b, "bias", BIAS)
    refuse_where(np.isinf(b) & np.isinf(b).all(), b, "bias", BIAS)
    if w.ndim != 2:
        refuse("weights", f"shape {w.shape} has {w.ndim} axes", "shape (n, D), one row a class")
    if b.shape != w.shape[:1]:
        refuse("bias", f"shape {b.shape} does not match weights of shape {w.shape}", "shape (n,)")
    if o.ndim != 2 or o.shape[1] != w.shape[1]:
        refuse(
            "inputs",
            f"shape {o.shape} does not match weights of shape {w.shape}",
            f"shape (N, {w.shape[1]}), one row a sample",
        )
    return w, b, o


def _scores(w: NDArray[Any], b: NDArray[Any], o: NDArray[Any]) -> NDArray[Any]:
    """Return z, (N, n), refused where it overflows: softmax would take an infinity for a mask."""
    scores: NDArray[Any] = o @ w.T
    scores += b
    scores[:, np.isinf(b)] = -np.inf  # whatever overflowed there
    if not np.isfinite(scores).all():
        accepted = f"weights, bias and inputs whose scores are finite in {scores.dtype}"
        refuse_where(~np.isfinite(scores) & np.isfinite(b), scores, "weights (scores)", accepted)
    return scores
