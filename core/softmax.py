"""Softmax, its logarithm, the unstable form for comparison, and picking classes."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.kernel import QUIET, exponentiate, shift, to_rows
from core.scalars import check_positive, check_whole_from
from core.validation import (
    FloatArray,
    IntArray,
    as_classes,
    check_labels,
    refuse,
    refuse_where,
    shown,
)


def softmax(logits: ArrayLike, *, temperature: float = 1.0, axis: int = -1) -> FloatArray:
    """Turn logits into probabilities.

    a_i = exp((z_i - m) / T) / sum_k exp((z_k - m) / T), with m = max_k z_k.

    Shapes: (..., n) -> (..., n), classes on `axis`; dtype kept.
    Invariant: each a_i lies within [0, 1], they sum to 1, and softmax(z + c) = softmax(z).
    Raises InvalidInput for logits that are NaN, +inf, empty or -inf in a whole row, for a
    temperature that is not a finite number above 0, and for an axis out of range.
    Source: Blanchard, Higham, Higham (2021), Accurately computing the log-sum-exp and softmax
    functions, https://doi.org/10.1093/imanum/draa038

    >>> softmax([2.0, 3.0, 4.0]).round(5)
    array([0.09003, 0.24473, 0.66524])
    """
    temperature = check_positive(temperature, "temperature")
    z = to_rows(logits, axis)
    with np.errstate(**QUIET):
        shifted = shift(z, temperature)
        a, rest = exponentiate(shifted, z, out=shifted)
        a /= 1 + rest[:, np.newaxis]
        return z.restore(a)  # type: ignore[no-any-return]


def log_softmax(logits: ArrayLike, *, temperature: float = 1.0, axis: int = -1) -> FloatArray:
    """Logarithm of softmax, taken without forming softmax first.

    log a_i = (z_i - m) / T - log(sum_k exp((z_k - m) / T)), with m = max_k z_k.

    Shapes: (..., n) -> (..., n), classes on `axis`; dtype kept.
    Invariant: at most 0, and finite wherever z_i is, also where a_i itself underflows to 0.
    Raises InvalidInput as `softmax` does. Source: as for `softmax`.
    """
    temperature = check_positive(temperature, "temperature")
    z = to_rows(logits, axis)
    with np.errstate(**QUIET):
        shifted = shift(z, temperature)
        _, rest = exponentiate(shifted, z)
        shifted -= np.log1p(rest)[:, np.newaxis]
        return z.restore(shifted)  # type: ignore[no-any-return]


def logsumexp(logits: ArrayLike, *, axis: int = -1) -> Any:
    """Logarithm of the sum of exponentials.

    log sum_k exp(z_k) = m + log1p(sum over all k but one maximum of exp(z_k - m)).

    Shapes: (..., n) -> (...), a NumPy scalar for a single row; dtype kept.
    Invariant: max_k z_k <= logsumexp(z) <= max_k z_k + log n; its gradient is softmax(z).
    Raises InvalidInput for the logits and the axis that `softmax` refuses. Source: as there.
    """
    z = to_rows(logits, axis)
    with np.errstate(**QUIET):
        _, rest = exponentiate(shift(z, 1.0), z)
        return z.reduced(z.maxima + np.log1p(rest))


def exponentials(logits: ArrayLike, *, temperature: float = 1.0, axis: int = -1) -> FloatArray:
    """Exponentials with no shift: the stage at which the naive softmax overflows.

    e_i = exp(z_i / T), computed in the logits' own dtype.

    Shapes: (..., n) -> (..., n); `axis` only says along which axis a row is wholly masked.
    Invariant: above 0 until it underflows; inf from z/T = 12 in float16, 89 in float32 and 710 in
    float64.
    Raises InvalidInput as `softmax` does.
    """
    temperature = check_positive(temperature, "temperature")
    z = to_rows(logits, axis)
    with np.errstate(**QUIET):
        scaled: NDArray[Any] = z.rows
        if temperature != 1:
            scaled = (scaled.astype(np.float64) / temperature).astype(z.rows.dtype)
        return z.restore(np.exp(scaled))  # type: ignore[no-any-return]


def naive_softmax(logits: ArrayLike, *, temperature: float = 1.0, axis: int = -1) -> FloatArray:
    """Softmax as its definition reads, with no shift: to see where and how it fails.

    a_i = exp(z_i / T) / sum_k exp(z_k / T), in the logits' own dtype.

    Shapes: (..., n) -> (..., n), classes on `axis`; dtype kept.
    Invariant: equals `softmax` while no exp overflows and not all underflow; NaN or 0 beyond.
    Raises InvalidInput as `softmax` does.
    """
    e = exponentials(logits, temperature=temperature, axis=axis)
    with np.errstate(**QUIET):
        return e / e.sum(axis=axis, keepdims=True)  # type: ignore[no-any-return]


def top_k(probabilities: ArrayLike, k: int) -> IntArray:
    """Find the k largest entries, largest first; of equal ones the lower index first.

    Shapes: (..., n) -> (..., k); indices count from 0.
    Invariant: top_k(p, n) sorts; top_k(p, 1) is argmax.
    Raises InvalidInput for NaN and +inf, and for k that is not a whole number from 1 to n.
    """
    p = as_classes(probabilities, "probabilities")
    refuse_where(np.isnan(p) | (p == np.inf), p, "probabilities", "numbers below +inf")
    count = check_whole_from(1, k, "k", p.shape[-1])
    return np.argsort(-p, axis=-1, kind="stable")[..., :count]


def one_hot(labels: ArrayLike, classes: int) -> NDArray[np.float64]:
    """Distributions that put everything on one class.

    y_k = 1 where k is the label, else 0.

    Shapes: (...) -> (..., classes), float64.
    Invariant: sums to 1; its argmax is the label.
    Raises InvalidInput for labels that are not whole or outside 0..classes-1, for classes < 1, and
    for more classes than there is memory for.
    """
    count = check_whole_from(1, classes, "classes", sys.maxsize)
    indices = check_labels(labels, count, "labels")
    try:
        y = np.zeros((indices.size, count))
    except (MemoryError, ValueError, OverflowError):
        wrong = f"{indices.size} labels of {shown(count)} classes do not fit into memory"
        refuse("classes", wrong, "fewer classes")
    y[np.arange(indices.size), indices.ravel()] = 1
    return y.reshape(*indices.shape, count)
