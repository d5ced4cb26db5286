"""Four ways from logits to a cross-entropy and its gradient, step by step in one dtype.

Every step is computed by NumPy in the dtype that is asked for, so that what goes wrong here goes
wrong. (NumPy takes exp and sums of float16 in float32 and rounds the result: each entry of the
steps is what float16 holds after the step.) Shapes: (n,) for one sample, () for its sums and its
loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.floating[Any]]
Steps: TypeAlias = Mapping[str, Array]


def naive(z: Array, y: Array) -> Steps:
    """Go by the definition: exponentials, their sum, the quotient, its logarithm."""
    e = np.exp(z)
    return {"z": z, "exp": e} | _by_probability(e, y)


def shifted(z: Array, y: Array) -> Steps:
    """Do the same after subtracting the largest logit from all."""
    shift = z - z.max()
    e = np.exp(shift)
    return {"z": z, "shift": shift, "exp": e} | _by_probability(e, y)


def log_softmax(z: Array, y: Array) -> Steps:
    """Take the logarithm of the sum, never of a probability."""
    shift = z - z.max()
    e = np.exp(shift)
    total = e.sum()
    log_total = np.log(total)
    log_a = shift - log_total
    wanted = y > 0
    loss = -(y[wanted] * log_a[wanted]).sum()
    a = np.exp(log_a)
    return {
        "z": z,
        "shift": shift,
        "exp": e,
        "sum": total,
        "log_sum": log_total,
        "log_probability": log_a,
        "loss": loss,
        "probability": a,
        "gradient": a - y,
    }


def log_sum_exp(z: Array, y: Array) -> Steps:
    """Subtract the wanted logits from one number for all classes, log-sum-exp."""
    shift = z - z.max()
    e = np.exp(shift)
    total = e.sum()
    log_sum_exp = z.max() + np.log(total)
    wanted = y > 0
    loss = log_sum_exp - (y[wanted] * z[wanted]).sum()
    a = np.exp(z - log_sum_exp)
    return {
        "z": z,
        "shift": shift,
        "exp": e,
        "sum": total,
        "log_sum_exp": log_sum_exp,
        "loss": loss,
        "probability": a,
        "gradient": a - y,
    }


def _by_probability(e: Array, y: Array) -> dict[str, Array]:
    """Divide, take the logarithm, and go back through both: dL/da first, then the Jacobian."""
    total = e.sum()
    a = e / total
    log_a = np.log(a)
    wanted = y > 0
    loss = -(y[wanted] * log_a[wanted]).sum()
    slope = np.zeros_like(y)  # dL/da
    slope[wanted] = -y[wanted] / a[wanted]
    return {
        "sum": total,
        "probability": a,
        "log_probability": log_a,
        "loss": loss,
        "slope": slope,
        "gradient": a * (slope - (slope * a).sum()),
    }


FORMS: Mapping[str, Callable[[Array, Array], Steps]] = {
    "naive": naive,
    "shifted": shifted,
    "log_softmax": log_softmax,
    "log_sum_exp": log_sum_exp,
}
