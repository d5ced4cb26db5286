"""The derivative of softmax: the whole matrix, and its product with a gradient.

Both are given probabilities, which are rounded: of [1 - 5e-17, 5e-17] the first is 1, and 1 - a
would be 0. So where a row sums to 1 as well as rounding lets it, 1 - a of its largest entry is
taken as the sum of the others. Any other row is a free variable, and 1 - a is what it says.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.kernel import QUIET, cast, working_dtype
from core.scalars import check_positive
from core.validation import (
    FloatArray,
    IntArray,
    as_numbers,
    check_probabilities,
    refuse,
    refuse_where,
)

BLOCK = 2**16  # classes at a time: so many stay in the processor's cache from pass to pass
ROUNDED = 8  # eps of the dtype: by so much a row may miss the sum 1 through rounding


@np.errstate(**QUIET)
def softmax_jacobian(probabilities: ArrayLike, *, temperature: float = 1.0) -> FloatArray:
    """Matrix of all derivatives of the probabilities with respect to the logits.

    J_ij = d a_i / d z_j = a_i (delta_ij - a_j) / T.

    Shapes: (..., n) -> (..., n, n), row i for the output, column j for the input; dtype kept.
    Invariant: symmetric, positive semidefinite, rows and columns sum to 0 when a sums to 1.
    Raises InvalidInput for probabilities outside [0, 1] (their sum is not checked: a is a free
    variable here), for more classes than a matrix has room for, and for a temperature that is not
    a finite number above 0.
    """
    given = check_probabilities(probabilities)
    scale = check_positive(temperature, "temperature")
    a = given.astype(working_dtype(given.dtype, scale), copy=False)
    try:
        jacobian: NDArray[Any] = -a[..., :, np.newaxis] * a[..., np.newaxis, :]
    except (MemoryError, ValueError):
        wrong = f"the matrix of {a.shape[-1]} classes does not fit into memory"
        refuse("probabilities", wrong, "fewer classes, or softmax_vjp, which needs no matrix")
    diagonal = np.arange(a.shape[-1])
    jacobian[..., diagonal, diagonal] = a * _complement(a, given.dtype)
    if scale != 1:
        jacobian /= scale
    jacobian += 0.0  # -0.0 would read as a sign where there is none
    return cast(jacobian, given.dtype)  # type: ignore[no-any-return]


@np.errstate(**QUIET)
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
    given = check_probabilities(probabilities)
    scale = check_positive(temperature, "temperature")
    g = as_numbers(upstream, "upstream")
    if g.shape != given.shape:
        refuse("upstream", f"its shape is {g.shape}", f"the probabilities' shape {given.shape}")
    a = given.astype(working_dtype(given.dtype, scale), copy=False)
    result = product(a, g, given.dtype)
    if scale != 1:
        result = result / scale
    return cast(result, given.dtype)  # type: ignore[no-any-return]


def product(a: Any, g: Any, kept: np.dtype[Any]) -> NDArray[Any]:
    """a_i (g_i - sum_k g_k a_k), as a_i (d_i - sum_k d_k a_k) with d = g - g_t, t the largest a.

    The two are equal where a sums to 1, and the second cancels nothing where a_t rounds to 1;
    g_t times what the sum lacks makes up for it elsewhere.
    """
    classes = a.shape[-1]
    level = g.reshape(-1).take(_places_of_largest(a)).reshape(*a.shape[:-1], 1)
    result = np.empty(a.shape, np.result_type(g, a))
    parts = [(result[..., k : k + BLOCK], a[..., k : k + BLOCK]) for k in range(0, classes, BLOCK)]
    mean = missing = np.zeros(1, result.dtype)
    for k, (apart, share) in enumerate(parts):
        np.subtract(g[..., k * BLOCK : (k + 1) * BLOCK], level, out=apart)
        mean = mean + (apart * share).sum(axis=-1, keepdims=True)
        missing = missing - share.sum(axis=-1, keepdims=True)
    missing = missing + 1
    real = np.abs(missing) > ROUNDED * np.finfo(kept).eps
    if real.any():
        mean = mean - np.where(real, missing * level, 0)
    if not np.isfinite(mean).all():
        refuse_where(~np.isfinite(g), g, "upstream", "finite numbers")
        scale = 4 * classes  # so near the end of the range that a difference or sum overflows
        return np.asarray(scale * product(a, g / scale, kept))
    for apart, share in parts:
        np.subtract(apart, mean, out=apart)
        np.multiply(apart, share, out=apart)
        np.add(apart, 0.0, out=apart)  # -0.0 would read as a sign where there is none
    return result


def _complement(a: FloatArray, kept: np.dtype[Any]) -> FloatArray:
    """1 - a, at the largest entry of each row as the sum of the others where that fits."""
    complement: FloatArray = 1 - a
    top, others = _places_of_largest(a), a.reshape(-1).copy()
    others[top] = 0
    rest = others.reshape(-1, a.shape[-1]).sum(axis=1)
    plain = complement.reshape(-1).take(top)
    fits = np.abs(plain - rest) <= ROUNDED * np.finfo(kept).eps
    complement.reshape(-1)[top] = np.where(fits, rest, plain)
    return complement


def _places_of_largest(a: FloatArray) -> IntArray:
    """Place of each row's largest entry, counted through the rows laid end to end."""
    rows = a.reshape(-1, a.shape[-1])
    return np.asarray(np.arange(0, rows.size, rows.shape[1]) + rows.argmax(axis=1))
