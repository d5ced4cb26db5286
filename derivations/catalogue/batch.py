"""A batch: the mean over N samples, and the L2 term on the weights."""

from __future__ import annotations

from derivations.model import Derivation
from derivations.symbols import (
    D,
    N,
    Partial,
    b,
    d,
    delta,
    k,
    l2,
    loss,
    m,
    q,
    r,
    s,
    sample_losses,
    w,
)
from derivations.symbols import batch_a as a
from derivations.symbols import batch_o as o
from derivations.symbols import batch_y as y
from derivations.symbols import batch_z as z
from derivations.writing import add, e_to, equation, frac, ln, mul, neg, power, steps, sub, total

SAMPLE_SOFTMAX = equation(a[s, k], frac(e_to(z[s, k]), total(e_to(z[s, m]), m)))
SAMPLE_LOSS = equation(sample_losses[s], neg(total(mul(y[s, k], ln(a[s, k])), k)))
EACH_TARGET_SUMS_TO_ONE = equation(total(y[s, k], k), 1)
_mean = frac(1, N)

BATCH_MEAN_LOGIT_GRADIENT = Derivation(
    id="batch_mean_logit_gradient",
    start=Partial(loss, z[s, k]),
    indices=(s, k),
    definitions=(
        equation(loss, mul(_mean, total(sample_losses[q], q, N))),
        SAMPLE_LOSS,
        SAMPLE_SOFTMAX,
    ),
    assumptions=(EACH_TARGET_SUMS_TO_ONE,),
    steps=steps(
        ("definition", Partial(mul(_mean, total(sample_losses[q], q, N)), z[s, k])),
        ("derivative_of_sum", mul(_mean, total(Partial(sample_losses[q], z[s, k]), q, N))),
        (
            "other_samples",
            mul(_mean, total(mul(delta(q, s), Partial(sample_losses[s], z[s, k])), q, N)),
        ),
        ("sum_over_delta", mul(_mean, Partial(sample_losses[s], z[s, k]))),
        ("sample_gradient", mul(_mean, sub(a[s, k], y[s, k]))),
    ),
)


def _with_penalty(term: object, penalty: object) -> object:
    return add(mul(_mean, total(term, s, N)), penalty)


def _half(term: object) -> object:
    return mul(frac(l2, 2), total(total(term, r, D), m))


_all = _with_penalty(sample_losses[s], _half(power(w[m, r], 2)))
_by_weight = Partial(sample_losses[s], w[k, d])
_decay = mul(l2, w[k, d])

BATCH_MEAN_GRADIENT = Derivation(
    id="batch_mean_gradient",
    start=Partial(loss, w[k, d]),
    indices=(k, d),
    definitions=(
        equation(loss, _all),
        SAMPLE_LOSS,
        SAMPLE_SOFTMAX,
        equation(z[s, k], add(total(mul(w[k, d], o[s, d]), d, D), b[k])),
    ),
    assumptions=(EACH_TARGET_SUMS_TO_ONE,),
    steps=steps(
        ("definition", Partial(_all, w[k, d])),
        (
            "derivative_of_sum",
            _with_penalty(_by_weight, _half(Partial(power(w[m, r], 2), w[k, d]))),
        ),
        (
            "derivative_of_square",
            _with_penalty(_by_weight, _half(mul(2, w[m, r], delta(k, m), delta(d, r)))),
        ),
        ("sum_over_delta", _with_penalty(_by_weight, mul(frac(l2, 2), mul(2, w[k, d])))),
        ("cancel", _with_penalty(_by_weight, _decay)),
        ("layer_gradient", _with_penalty(mul(Partial(sample_losses[s], z[s, k]), o[s, d]), _decay)),
        (
            "sample_gradient",
            _with_penalty(mul(sub(a[s, k], y[s, k]), o[s, d]), _decay),
        ),
    ),
    companions=(BATCH_MEAN_LOGIT_GRADIENT,),
)

DERIVATIONS = (BATCH_MEAN_GRADIENT,)
