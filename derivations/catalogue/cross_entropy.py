"""Cross-entropy after softmax: any target that sums to 1, and a target that is one class."""

from __future__ import annotations

from sympy import Eq, Ne, Piecewise

from derivations.catalogue.common import SOFTMAX
from derivations.model import Derivation
from derivations.symbols import Partial, a, delta, i, j, k, loss, t, y, z
from derivations.writing import add, equation, frac, ln, mul, neg, steps, sub, total, total_except

CROSS_ENTROPY = neg(total(mul(y[j], ln(a[j])), j))
TARGETS_SUM_TO_ONE = equation(total(y[k], k), 1)

_over_k = neg(total(mul(y[k], ln(a[k])), k))
_ratio = neg(frac(y[j], a[j]))

CROSS_ENTROPY_GRADIENT = Derivation(
    id="cross_entropy_gradient",
    start=Partial(loss, z[i]),
    indices=(i,),
    definitions=(equation(loss, CROSS_ENTROPY), SOFTMAX),
    assumptions=(TARGETS_SUM_TO_ONE,),
    steps=steps(
        ("chain_rule", total(mul(Partial(loss, a[j]), Partial(a[j], z[i])), j)),
        ("definition", total(mul(Partial(_over_k, a[j]), Partial(a[j], z[i])), j)),
        (
            "derivative_of_log",
            total(mul(neg(total(mul(frac(y[k], a[k]), delta(j, k)), k)), Partial(a[j], z[i])), j),
        ),
        ("sum_over_delta", total(mul(_ratio, Partial(a[j], z[i])), j)),
        ("softmax_jacobian", total(mul(_ratio, a[j], sub(delta(i, j), a[i])), j)),
        (
            "split_sum",
            add(
                mul(neg(frac(y[i], a[i])), a[i], sub(1, a[i])),
                total_except(mul(_ratio, neg(mul(a[j], a[i]))), j, i),
            ),
        ),
        (
            "cancel",
            add(neg(mul(y[i], sub(1, a[i]))), total_except(mul(y[j], a[i]), j, i)),
        ),
        (
            "distribute",
            add(neg(y[i]), mul(y[i], a[i]), total_except(mul(y[j], a[i]), j, i)),
        ),
        ("recombine_sum", add(neg(y[i]), total(mul(y[j], a[i]), j))),
        ("factor_out", sub(mul(a[i], total(y[j], j)), y[i])),
        ("targets_sum_to_one", sub(a[i], y[i])),
    ),
)

_one_class = neg(ln(a[t]))
_minus_one_over = neg(frac(1, a[t]))

CROSS_ENTROPY_ONE_HOT = Derivation(
    id="cross_entropy_one_hot",
    start=Partial(loss, z[i]),
    indices=(t, i),
    definitions=(equation(loss, CROSS_ENTROPY), SOFTMAX),
    assumptions=(equation(y[k], delta(k, t)),),
    steps=steps(
        ("definition", Partial(CROSS_ENTROPY, z[i])),
        ("one_hot_target", Partial(neg(total(mul(delta(j, t), ln(a[j])), j)), z[i])),
        ("sum_over_delta", Partial(_one_class, z[i])),
        ("chain_rule", mul(Partial(_one_class, a[t]), Partial(a[t], z[i]))),
        ("derivative_of_log", mul(_minus_one_over, Partial(a[t], z[i]))),
        ("softmax_jacobian", mul(_minus_one_over, a[t], sub(delta(i, t), a[i]))),
        ("cancel", neg(sub(delta(i, t), a[i]))),
        (
            "two_cases",
            Piecewise((sub(a[t], 1), Eq(i, t)), (a[i], Ne(i, t)), evaluate=False),
        ),
        ("kronecker_form", sub(a[i], delta(i, t))),
    ),
)

DERIVATIONS = (CROSS_ENTROPY_GRADIENT, CROSS_ENTROPY_ONE_HOT)
