"""Softmax and a loss in one step: the value and both gradients, from the logits.

Taking the two together is what keeps the numbers right: the loss is formed from log-probabilities,
and its gradient with respect to the logits never divides by a probability.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from core.jacobian import product
from core.kernel import QUIET, Rows, cast, exponentiate, log1p, shift, to_rows, with_each_row
from core.loss_result import LossResult, Maker
from core.losses import LOSSES, Loss
from core.scalars import check_positive
from core.softmax import one_hot
from core.validation import (
    FloatArray,
    IntArray,
    NumberArray,
    as_numbers,
    check_targets,
    refuse,
    refuse_where,
    shown,
)

REDUCTIONS = ("mean", "sum", "none")
# Values and dL/dz, and what makes a and dL/da.
Parts: TypeAlias = tuple[NumberArray, NumberArray, Maker, Maker]


def softmax_loss(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    loss: str | Loss = "cross_entropy",
    temperature: float = 1.0,
    reduction: str = "mean",
) -> LossResult:
    """Loss of softmax(z / T), with its gradients with respect to probabilities and logits.

    dL/dz_i = a_i (g_i - sum_k g_k a_k) / T with g = dL/da; for cross-entropy (a_i - y_i) / T.

    Shapes: logits (..., n); targets are labels (...) or distributions (..., n). `loss` is a name
    from LOSSES or a Loss; `reduction` is "mean", "sum" or "none". Dtype of the logits.
    Invariant: grad_logits sums to 0 over the classes; a label on a masked class gives the value
    +inf and still a finite grad_logits, a - y for cross-entropy.
    Raises InvalidInput for what `softmax` refuses, for targets that are negative, do not sum to 1
    or are no class, for shapes that do not match, and for an unknown loss or reduction.
    """
    rule = find_loss(loss)
    temperature = check_positive(temperature, "temperature")
    _check_reduction(reduction)
    z = to_rows(logits)
    y = check_targets(targets, z.shape)
    return _result(z, y, rule, temperature, reduction)


def analytic_loss(
    targets: ArrayLike, loss: str | Loss, *, temperature: float = 1.0, reduction: str = "mean"
) -> Callable[[ArrayLike], Any]:
    """Loss as a function of the logits alone, real or complex: what `complex_step` needs.

    f(z) = L(softmax(z / T), y), the mean over samples for a batch.

    Shapes: z (..., n) -> a NumPy scalar, complex where z is, or (...) for the reduction "none";
    targets as for `softmax_loss`.
    Invariant: f(z) of real z is softmax_loss(z, targets).value; Im f(z + i h e_k) / h = dL/dz_k.
    Raises InvalidInput as `softmax_loss` does: here for loss, temperature, reduction and targets
    that are no numbers; when f is called for logits, and for targets that do not fit them.
    """
    rule = find_loss(loss)
    temperature = check_positive(temperature, "temperature")
    _check_reduction(reduction)
    # A copy, so that f stays the same function when the caller's targets change.
    kept = as_numbers(targets, "targets").copy()

    def f(logits: ArrayLike) -> Any:
        z = to_rows(logits, allow_complex=True)
        y = check_targets(kept, z.shape)
        with np.errstate(**QUIET):
            a, log_a = _probabilities(z, temperature)
            values = _values(rule, a, log_a, _distributions(y, z.shape, a))
            if reduction == "none":
                return z.reduced(values)
            return cast(values.mean() if reduction == "mean" else values.sum(), z.rows.dtype)

    return f


def find_loss(loss: str | Loss) -> Loss:
    """Look up a name in LOSSES, or pass a Loss through; InvalidInput for anything else."""
    if isinstance(loss, Loss):
        return loss
    if isinstance(loss, str) and loss in LOSSES:
        return LOSSES[loss]
    return refuse("loss", f"{shown(loss)} is unknown", f"{', '.join(LOSSES)}, or a Loss")


def _check_reduction(reduction: str) -> None:
    if not (isinstance(reduction, str) and reduction in REDUCTIONS):
        refuse("reduction", f"it is {shown(reduction)}", ", ".join(map(repr, REDUCTIONS)))


@np.errstate(**QUIET)
def _result(
    z: Rows, y: IntArray | FloatArray, rule: Loss, temperature: float, reduction: str
) -> LossResult:
    samples = len(z.rows) if reduction == "mean" else 1
    if rule is LOSSES["cross_entropy"] and y.ndim < len(z.shape):
        labels: IntArray = y.reshape(-1).astype(np.intp, copy=False)
        parts = _label_cross_entropy(z, labels, temperature, samples)
    else:
        parts = _any_loss(z, y, rule, temperature, samples)
    values, grad_logits, *makers = parts
    each = reduction == "none"
    value = z.reduced(values) if each else z.rows.dtype.type(values.sum(dtype=np.float64) / samples)
    return LossResult(value, z.restore(grad_logits), *makers)


def _label_cross_entropy(z: Rows, labels: IntArray, temperature: float, samples: int) -> Parts:
    """Cross-entropy for labels, with no dense one-hot targets: one class a row is special."""
    at = z.starts + labels
    shifted = shift(z, temperature)
    picked = shifted.take(at)
    exps, rest = exponentiate(shifted, z, out=shifted)
    divisors = (1 + rest) * (temperature * samples)
    grad_logits = with_each_row(np.divide, exps, divisors, exps.dtype)
    # a_t - 1 as (e_t - 1 - rest) / total: itself it is 0 once a_t rounds to 1. (+ 0.0: no -0.)
    grad_logits.reshape(-1)[at] = (np.expm1(picked) - rest) / divisors + 0.0
    return (
        np.log1p(rest) - picked,
        grad_logits,
        partial(_label_probabilities, exps, rest),
        partial(_label_slopes, exps, rest, at, samples),
    )


def _label_probabilities(exps: NumberArray, rest: NumberArray) -> NumberArray:
    return with_each_row(np.divide, exps, 1 + rest, exps.dtype)  # type: ignore[no-any-return]


def _label_slopes(exps: NumberArray, rest: NumberArray, at: IntArray, samples: int) -> NumberArray:
    """dL/da: -1 / (N a_t) at each label, 0 elsewhere."""
    slopes = np.zeros_like(exps)
    slopes.reshape(-1)[at] = -1 / (exps.take(at) / (1 + rest)) / samples
    return slopes


def _any_loss(
    z: Rows, targets: IntArray | FloatArray, rule: Loss, temperature: float, samples: int
) -> Parts:
    """Any loss: through its log forms where it has them, else through its gradient in a."""
    a, log_a = _probabilities(z, temperature)
    y = _distributions(targets, z.shape, a)
    values = _values(rule, a, log_a, y)
    g = _promised(rule.gradient(a, y), a, a.shape, "gradient")
    # + 0.0 turns -0.0, which reads as a sign where there is none, into 0.0.
    slopes = g / samples + 0.0
    if rule.log_gradient is None:
        if not np.isfinite(g).all():
            accepted = "a gradient that is finite, or a Loss that has a log_gradient"
            refuse("loss", "its gradient in the probabilities is not finite", accepted)
        grad_logits: NumberArray = product(a, g, a.dtype)
        late = partial(np.asarray, slopes)
    else:
        h = _promised(rule.log_gradient(log_a, y), a, a.shape, "log_gradient")
        grad_logits = _from_log_gradient(h, a, log_a, z.top)
        late = partial(_slopes, a, slopes, h / samples)
    grad_logits = grad_logits / (temperature * samples) + 0.0
    return values, grad_logits, partial(np.asarray, a), late


def _slopes(a: Any, g: NumberArray, h: NumberArray) -> NumberArray:
    """dL/da; where a is near 1 as h / a, which knows 1 - a where a rounds to 1."""
    return np.where(a > 0.5, h / np.maximum(a, 0.5) + 0.0, g)


def _from_log_gradient(h: NumberArray, a: Any, log_a: Any, top: IntArray) -> NumberArray:
    """dL/d(z/T)_i = h_i (1 - a_i) - a_i (the sum of all other h), with h_k = a_k g_k.

    Written so for the largest a of each row, where h_i - a_i sum_k h_k cancels. (No other a is
    above 1/2.) Its 1 - a comes from log a, and the sum of the others' h leaves its own out.
    """
    others = h.reshape(-1).copy()
    own, others[top] = others.take(top), 0
    rest = others.reshape(-1, h.shape[-1]).sum(axis=1)
    slopes: NumberArray = h - a * (own + rest).reshape(*h.shape[:-1], 1)
    slopes.reshape(-1)[top] = -np.expm1(log_a.take(top)) * own - a.take(top) * rest
    return slopes


def _probabilities(z: Rows, temperature: float) -> tuple[Any, Any]:
    """Return a and log a in the logits' shape and the working dtype; real or complex."""
    shifted = shift(z, temperature)
    a, rest = exponentiate(shifted, z)
    shifted -= log1p(rest)[:, np.newaxis]
    a /= 1 + rest[:, np.newaxis]
    return a.reshape(z.shape), shifted.reshape(z.shape)


def _distributions(targets: IntArray | FloatArray, shape: tuple[int, ...], like: Any) -> Any:
    """Targets as distributions, in the real dtype in which `like` is computed."""
    y = one_hot(targets, shape[-1]) if targets.ndim < len(shape) else targets
    return y.astype(np.finfo(like.dtype).dtype, copy=False)


def _values(rule: Loss, a: Any, log_a: Any, y: Any) -> NumberArray:
    """One value a sample, as (N,)."""
    form = rule.value(a, y) if rule.log_value is None else rule.log_value(log_a, y)
    return _promised(form, a, a.shape[:-1], "value").reshape(-1)


def _promised(result: Any, a: NumberArray, shape: tuple[int, ...], part: str) -> NumberArray:
    """Pass on what a Loss returned for `a`; refused if it is not what a Loss promises."""
    name = f"loss ({part})"
    array: NumberArray = as_numbers(result, name, allow_complex=a.dtype.kind == "c")
    if array.shape != shape:
        refuse("loss", f"its {part} has shape {array.shape}", f"shape {shape} for these logits")
    # An infinite loss, and slope, are what a masked class may have; a log_gradient is finite.
    bad = ~np.isfinite(array) if part == "log_gradient" else np.isnan(array)
    refuse_where(
        bad, array, name, "functions that return no NaN, and a log_gradient that is finite"
    )
    return array
