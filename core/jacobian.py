"""The derivative of softmax: the whole matrix, and its product with a gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.kernel import QUIET, working_dtype
from core.validation import (
    FloatArray,
    as_numbers,
    check_positive,
    check_probabilities,
    refuse,
    refuse_where,
)


def softmax_jacobian(probabilities: ArrayLike, *, temperature: float = 1.0) -> FloatArray:
    """Matrix of all derivatives of the probabilities with respect to the logits.

    J_ij = d a_i / d z_j = a_i (delta_ij - a_j) / T.

    Shapes: (..., n) -> (..., n, n), row i for the output, column j for the input; dtype kept.
    Invariant: symmetric, positive semidefinite, rows and columns sum to 0 when a sums to 1.
    Raises InvalidInput for probabilities outside [0, 1] (their sum is not checked: a is a free
    variable here) and for a temperature that is not a finite number above 0.
    """
    a, dtype = _prepare(probabilities, temperature)
    with np.errstate(**QUIET):
        jacobian: NDArray[Any] = -a[..., :, np.newaxis] * a[..., np.newaxis, :]
        # a (1 - a) rather than a - a^2, which cancels where a is near 1.
        diagonal = np.arange(a.shape[-1])
        jacobian[..., diagonal, diagonal] = a * (1 - a)
        if temperature != 1:
            jacobian /= temperature
        return jacobian.astype(dtype, copy=False)


def softmax_vjp(
    probabilities: ArrayLike, upstream: ArrayLike, *, temperature: float = 1.0
) -> FloatArray:
    """Gradient with respect to the logits, from that with respect to the probabilities.

    dL/dz_i = a_i (g_i - sum_k g_k a_k) / T, with g = dL/da: the Jacobian's product with g.

    Shapes: (..., n), (..., n) -> (..., n); dtype of the probabilities. O(n) time and memory.
    Invariant: equals softmax_jacobian(a) @ g, and sums to 0 when a sums to 1.
    Raises InvalidInput for probabilities outside [0, 1], for an upstream gradient that is not
    finite or of another shape, and for a temperature that is not a finite number above 0.
    """
    a, dtype = _prepare(probabilities, temperature)
    g = as_numbers(upstream, "upstream")
    if g.shape != a.shape:
        refuse("upstream", f"its shape is {g.shape}", f"the probabilities' shape {a.shape}")
    if not np.isfinite(g).all():
        refuse_where(~np.isfinite(g), g, "upstream", "finite numbers")
    with np.errstate(**QUIET):
        weighted = np.multiply(g, a, dtype=np.result_type(g, a))
        result = g - weighted.sum(axis=-1, keepdims=True)
        result *= a
        if temperature != 1:
            result = result / temperature
        return result.astype(dtype, copy=False)  # type: ignore[no-any-return]


def _prepare(probabilities: ArrayLike, temperature: float) -> tuple[FloatArray, np.dtype[Any]]:
    """Return checked probabilities in the working dtype, and the dtype of the result."""
    a = check_probabilities(probabilities)
    dtype = working_dtype(a.dtype, check_positive(temperature, "temperature"))
    return a.astype(dtype, copy=False), a.dtype
