"""The second derivative of cross-entropy, and why the loss is convex in the logits."""

from __future__ import annotations

from sympy import Ge, Symbol

from derivations.catalogue.common import SOFTMAX
from derivations.catalogue.cross_entropy import CROSS_ENTROPY, TARGETS_SUM_TO_ONE
from derivations.model import Derivation
from derivations.symbols import Partial, a, delta, i, j, k, loss, v, y, z
from derivations.writing import add, equation, mul, neg, power, steps, sub, total

_hessian = Partial(Partial(loss, z[i]), z[j])
_loss_and_softmax = (equation(loss, CROSS_ENTROPY), SOFTMAX)
_mu = Symbol("mu", real=True)


def _double(term: object) -> object:
    return total(total(term, j), i)


_squares = total(mul(a[i], power(v[i], 2)), i)
_mean = total(mul(a[i], v[i]), i)
_convex = total(mul(a[i], power(sub(v[i], _mu), 2)), i)

CROSS_ENTROPY_CONVEXITY = Derivation(
    id="cross_entropy_convexity",
    start=_double(mul(v[i], _hessian, v[j])),
    definitions=(*_loss_and_softmax, equation(_mu, total(mul(a[k], v[k]), k))),
    assumptions=(TARGETS_SUM_TO_ONE,),
    steps=steps(
        ("cross_entropy_hessian", _double(mul(v[i], a[i], sub(delta(i, j), a[j]), v[j]))),
        (
            "sum_of_terms",
            sub(
                _double(mul(v[i], a[i], delta(i, j), v[j])),
                _double(mul(v[i], a[i], a[j], v[j])),
            ),
        ),
        ("sum_over_delta", sub(_squares, _double(mul(v[i], a[i], a[j], v[j])))),
        ("product_of_sums", sub(_squares, power(_mean, 2))),
        ("name_mean", sub(_squares, power(_mu, 2))),
        (
            "complete_square",
            add(_squares, neg(mul(2, _mu, _mean)), mul(power(_mu, 2), total(a[i], i))),
        ),
        (
            "join_sums",
            total(
                mul(
                    a[i],
                    add(power(v[i], 2), neg(mul(2, _mu, v[i])), power(_mu, 2)),
                ),
                i,
            ),
        ),
        ("square_of_difference", _convex),
    ),
    conclusion=Ge(_convex, 0, evaluate=False),
)

CROSS_ENTROPY_HESSIAN = Derivation(
    id="cross_entropy_hessian",
    start=_hessian,
    indices=(i, j),
    definitions=_loss_and_softmax,
    assumptions=(TARGETS_SUM_TO_ONE,),
    steps=steps(
        ("cross_entropy_gradient", Partial(sub(a[i], y[i]), z[j])),
        ("derivative_of_sum", sub(Partial(a[i], z[j]), Partial(y[i], z[j]))),
        ("constant_derivative", Partial(a[i], z[j])),
        ("softmax_jacobian", mul(a[i], sub(delta(i, j), a[j]))),
    ),
    companions=(CROSS_ENTROPY_CONVEXITY,),
)

DERIVATIONS = (CROSS_ENTROPY_HESSIAN,)
