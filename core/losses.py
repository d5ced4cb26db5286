"""Losses as records: a value next to its derivative, and a form that starts from log a.

Conventions: 0 * ln 0 = 0; a target of 0 contributes neither value nor gradient, whatever the
probability; a target above 0 on a probability of 0 gives the value +inf and the gradient -inf.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.checked_formula import LossFunction, checked
from core.scalars import check_from_0, check_function
from core.validation import (
    check_probabilities,
)

MOST_GAMMA = 1000.0  # (1 - a)^gamma is right to gamma times the rounding of a

# What the focal and the label-smoothed loss of LOSSES are made with.
FOCAL_GAMMA, SMOOTHING = 2.0, 0.1


@dataclass(frozen=True)
class Loss:
    """A loss of probabilities a and targets y, both free variables of shape (..., n).

    value(a, y) -> (...)               L
    gradient(a, y) -> (..., n)         g_k = dL/da_k
    log_value(log a, y) -> (...)       L again, from log a; also accepts complex log a
    log_gradient(log a, y) -> (..., n) dL/d(log a_k) = a_k g_k

    The two log forms are optional. They stay right where a underflows to 0, and give
    dL/dz_i = (a_i g_i - a_i sum_k a_k g_k) / T without ever dividing by a, nor losing 1 - a where
    a rounds to 1.

    Raises InvalidInput for a part that is no function.
    """

    value: LossFunction
    gradient: LossFunction
    log_value: LossFunction | None = None
    log_gradient: LossFunction | None = None

    def __post_init__(self) -> None:
        for part in fields(self):
            form = getattr(self, part.name)
            if form is not None or part.default is MISSING:
                check_function(form, f"loss ({part.name})")


def entropy(probabilities: ArrayLike) -> Any:
    """Entropy in nats: the lowest cross-entropy that any prediction can have against a.

    H(a) = -sum_k a_k ln a_k.

    Shapes: (..., n) -> (...). Invariant: 0 for a one-hot row, at most ln n.
    Raises InvalidInput for probabilities outside [0, 1].
    """
    a = check_probabilities(probabilities)
    return _cross_entropy.value(a, a)


def focal(gamma: float = FOCAL_GAMMA) -> Loss:
    """Cross-entropy that fades for samples that are already right.

    L = -sum_k y_k (1 - a_k)^gamma ln a_k; gamma = 0 is cross-entropy.

    Raises InvalidInput unless gamma is a number within [0, 1000].
    Source: Lin et al. (2017), Focal loss for dense object detection,
    https://doi.org/10.1109/ICCV.2017.324
    """
    power = check_from_0(gamma, "gamma", MOST_GAMMA)
    if power == 0:
        return _cross_entropy

    def value(a: Any, y: Any) -> Any:
        a = _where_target(y, a, 1)
        return 0.0 - _times(y, (1 - a) ** power * np.log(a)).sum(axis=-1)

    def gradient(a: Any, y: Any) -> Any:
        a = _where_target(y, a, 1)
        # ln a / (1 - a) tends to -1 at a = 1.
        ratio = np.divide(np.log(a), 1 - a, out=np.full_like(a, -1), where=a != 1)
        return y * (1 - a) ** power * (power * ratio - 1 / a)

    def log_value(log_a: Any, y: Any) -> Any:
        log_a = _where_target(y, log_a, 0)
        return 0.0 - _times(y, (-np.expm1(log_a)) ** power * log_a).sum(axis=-1)

    def log_gradient(log_a: Any, y: Any) -> Any:
        log_a = _where_target(y, log_a, 0)
        # a ln a / (1 - a) = log_a / expm1(-log_a): -1 where a is 1, 0 where it is 0.
        ratio = np.where(log_a == 0, -1, 0).astype(log_a.dtype)
        np.divide(log_a, np.expm1(-log_a), out=ratio, where=(log_a != 0) & np.isfinite(log_a))
        return y * (-np.expm1(log_a)) ** power * (power * ratio - 1)

    # A power that is not whole has no real value for a above 1.
    highest = np.inf if power.is_integer() else 1.0
    return Loss(checked(value, 0, highest), checked(gradient, 0, highest), log_value, log_gradient)


def label_smoothed(epsilon: float = SMOOTHING) -> Loss:
    """Cross-entropy against targets that are mixed with the uniform distribution.

    L = -sum_k y'_k ln a_k, with y' = (1 - epsilon) y + epsilon / n.

    Every class has a target above 0 then, so the loss of a row with a masked class is +inf.
    Raises InvalidInput unless epsilon is a number within [0, 1].
    Source: Szegedy et al. (2016), Rethinking the Inception architecture for computer vision,
    https://doi.org/10.1109/CVPR.2016.308
    """
    share = check_from_0(epsilon, "epsilon", 1)

    def smoothed(form: LossFunction) -> LossFunction:
        return lambda a, y: form(a, (1 - share) * y + share / y.shape[-1])

    return Loss(
        checked(smoothed(_cross_entropy_value), 0),
        checked(smoothed(_minus_y_over_a), 0),
        smoothed(_cross_entropy_log_value),
        smoothed(_minus_y),
    )


def _cross_entropy_value(a: Any, y: Any) -> Any:
    return _cross_entropy_log_value(np.log(_where_target(y, a, 1)), y)


def _cross_entropy_log_value(log_a: Any, y: Any) -> Any:
    # 0.0 - sum rather than -sum: no loss is shown as -0.
    return 0.0 - _times(y, _where_target(y, log_a, 0)).sum(axis=-1)


def _minus_y_over_a(a: Any, y: Any) -> Any:
    return np.divide(-y, a, out=np.zeros_like(a), where=y != 0)


def _minus_y(_log_a: Any, y: Any) -> Any:
    return -y


def _kl_value(a: Any, y: Any) -> Any:
    return _kl_log_value(np.log(_where_target(y, a, 1)), y)


def _kl_log_value(log_a: Any, y: Any) -> Any:
    log_y = np.log(_where_target(y, y, 1))
    return _times(y, log_y - _where_target(y, log_a, 0)).sum(axis=-1)


def _squared_value(a: Any, y: Any) -> Any:
    return ((a - y) ** 2).mean(axis=-1)


def _squared_gradient(a: Any, y: Any) -> Any:
    return 2 * (a - y) / y.shape[-1]


def _squared_log_value(log_a: Any, y: Any) -> Any:
    return (_apart(log_a, y) ** 2).mean(axis=-1)


def _squared_log_gradient(log_a: Any, y: Any) -> Any:
    return np.exp(log_a) * (2 * _apart(log_a, y) / y.shape[-1])


def _apart(log_a: Any, y: Any) -> Any:
    """Return a - y; as (1 - y) - (1 - a) where a is near 1 and rounds it away."""
    apart = np.exp(log_a) - y
    near = log_a.real > -np.log(2)
    apart[near] = np.expm1(log_a[near]) + (1 - y[near])
    return apart


def _where_target(y: Any, a: Any, otherwise: float) -> Any:
    """Take `a` only where the target is not 0: that 0 * ln 0 = 0, said in one place."""
    return np.where(y != 0, a, np.asarray(otherwise, dtype=a.dtype))


def _times(y: Any, values: Any) -> Any:
    """Multiply part by part: a complex product would turn y * (-inf + 0j) into NaN."""
    if values.dtype.kind != "c":
        return y * values
    product = np.empty_like(values)
    product.real, product.imag = y * values.real, y * values.imag
    return product


_cross_entropy = Loss(
    checked(_cross_entropy_value, 0),
    checked(_minus_y_over_a, 0),
    _cross_entropy_log_value,
    _minus_y,
)

LOSSES: Mapping[str, Loss] = MappingProxyType(
    {
        "cross_entropy": _cross_entropy,
        "mean_squared_error": Loss(
            checked(_squared_value),
            checked(_squared_gradient),
            _squared_log_value,
            _squared_log_gradient,
        ),
        "kl_divergence": Loss(
            checked(_kl_value, 0), checked(_minus_y_over_a, 0), _kl_log_value, _minus_y
        ),
        "focal": focal(),
        "label_smoothed_cross_entropy": label_smoothed(),
    }
)
