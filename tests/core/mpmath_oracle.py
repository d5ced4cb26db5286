"""Softmax, its derivatives and the losses from their definitions, in mpmath at 50 digits.

Nothing here is taken from the core: no shift by the maximum is needed (mpmath's exponents do not
overflow), and gradients of the losses are central differences at 120 digits with a step of 1e-40,
right to far more digits than a float64 has.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mpmath  # type: ignore[import-untyped]
from numpy.typing import NDArray

# Contexts of their own: the precision of mpmath.mp is left to others.
mp = mpmath.ctx_mp.MPContext()
mp.dps = 50
fine = mpmath.ctx_mp.MPContext()
fine.dps = 120

# Stands for a masked logit where a derivative is taken: exp(-1e6) is 1e-434294.
NEARLY_MASKED = -(10**6)


def exact(values: NDArray[Any]) -> list[Any]:
    """Every entry of a float array as the number that it is, with no rounding."""
    return [mp.mpf(float(v)) for v in values]


def softmax(z: Sequence[Any], temperature: float, ctx: Any = mp) -> list[Any]:
    e = [ctx.exp(v / ctx.mpf(temperature)) for v in z]
    total = ctx.fsum(e)
    return [v / total for v in e]


def log_softmax(z: Sequence[Any], temperature: float) -> list[Any]:
    log_total = mp.log(mp.fsum(mp.exp(v / mp.mpf(temperature)) for v in z))
    # log(1 + 1e-17) at 50 digits still has 33 right ones; at logits of 1e4 its true value is below
    # the smallest float64 in any case.
    return [v / mp.mpf(temperature) - log_total for v in z]


def logsumexp(z: Sequence[Any]) -> Any:
    return mp.log(mp.fsum(mp.exp(v) for v in z))


def jacobian(a: Sequence[Any], temperature: float) -> list[list[Any]]:
    t = mp.mpf(temperature)
    return [
        [(a[i] * (1 - a[i]) if i == j else -a[i] * a[j]) / t for j in range(len(a))]
        for i in range(len(a))
    ]


def vjp(a: Sequence[Any], g: Sequence[Any], temperature: float) -> list[Any]:
    matrix = jacobian(a, temperature)
    n = range(len(a))
    return [mp.fsum(g[i] * matrix[i][j] for i in n) for j in n]


def _cross_entropy(a: Sequence[Any], y: Sequence[Any], ctx: Any) -> Any:
    return -ctx.fsum(t * ctx.log(p) for p, t in zip(a, y, strict=True) if t)


def _smoothed(y: Sequence[Any], ctx: Any) -> list[Any]:
    return [(1 - ctx.mpf("0.1")) * t + ctx.mpf("0.1") / len(y) for t in y]


# From the definitions in the contract and in the papers that the core cites; one for each name in
# LOSSES, which a test requires.
LOSS_VALUES: dict[str, Callable[[Sequence[Any], Sequence[Any], Any], Any]] = {
    "cross_entropy": _cross_entropy,
    "mean_squared_error": lambda a, y, ctx: (
        ctx.fsum((p - t) ** 2 for p, t in zip(a, y, strict=True)) / len(a)
    ),
    "kl_divergence": lambda a, y, ctx: ctx.fsum(
        t * ctx.log(t / p) if p else ctx.inf for p, t in zip(a, y, strict=True) if t
    ),
    "focal": lambda a, y, ctx: (
        -ctx.fsum(t * (1 - p) ** 2 * ctx.log(p) for p, t in zip(a, y, strict=True) if t)
    ),
    "label_smoothed_cross_entropy": lambda a, y, ctx: _cross_entropy(a, _smoothed(y, ctx), ctx),
}


def _apart_size(p: Any, t: Any, gone: Any) -> Any:
    """Sizes of the two numbers whose difference is a - y, or (1 - y) - (1 - a) near 1."""
    return p + t if p < 0.5 else gone + abs(1 - t)


def weighted_slopes(
    name: str, a: Sequence[Any], y: Sequence[Any], ctx: Any
) -> list[tuple[Any, Any]]:
    """a_k dL/da_k of each loss in LOSS_VALUES, by hand, and the size of its terms."""

    def one(k: int) -> tuple[Any, Any]:
        p, t, gone = a[k], y[k], ctx.fsum(v for j, v in enumerate(a) if j != k)
        if name == "mean_squared_error":
            return p * 2 * (p - t) / len(a), p * 2 * _apart_size(p, t, gone) / len(a)
        slope = -t  # of cross-entropy, and of the divergence
        if name == "label_smoothed_cross_entropy":
            slope = -_smoothed(y, ctx)[k]
        if name == "focal":
            slope = t * (2 * gone * p * ctx.log(p) - gone**2) if t else ctx.zero
        return slope, abs(slope)

    return [one(k) for k in range(len(a))]


def value_and_terms(name: str, a: Sequence[Any], y: Sequence[Any], ctx: Any) -> tuple[Any, Any]:
    """A loss, and the sum of the sizes of the terms whose sum it is."""
    value = LOSS_VALUES[name](a, y, ctx)
    if name == "kl_divergence":
        pairs = [(p, t) for p, t in zip(a, y, strict=True) if t]
        return value, ctx.fsum(t * (abs(ctx.log(p)) + abs(ctx.log(t))) for p, t in pairs)
    if name == "mean_squared_error":
        total = ctx.fsum(a)
        sizes = [_apart_size(p, t, total - p) for p, t in zip(a, y, strict=True)]
        return value, ctx.fsum(size**2 for size in sizes) / len(a)
    return value, abs(value)


def loss_value(name: str, z: Sequence[Any], y: Sequence[Any], temperature: float) -> Any:
    return LOSS_VALUES[name](softmax(z, temperature), y, mp)


def loss_gradient(name: str, z: Sequence[Any], y: Sequence[Any], temperature: float) -> list[Any]:
    """dL/dz; a masked class counts as the limit of a logit that goes to -inf."""
    h = fine.mpf(10) ** -40
    point = [fine.mpf(v) if fine.isfinite(v) else fine.mpf(NEARLY_MASKED) for v in z]
    target = [fine.mpf(t) for t in y]

    def value(index: int, by: Any) -> Any:
        moved = [v + by if k == index else v for k, v in enumerate(point)]
        return LOSS_VALUES[name](softmax(moved, temperature, fine), target, fine)

    return [(value(k, h) - value(k, -h)) / (2 * h) for k in range(len(point))]
