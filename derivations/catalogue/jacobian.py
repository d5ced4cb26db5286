"""The derivative of each probability by each logit."""

from __future__ import annotations

from sympy import Eq, Ne, Piecewise, Symbol

from derivations.catalogue.common import EXPONENTIALS, SOFTMAX
from derivations.model import Derivation
from derivations.symbols import Partial, a, delta, i, j, k, z
from derivations.writing import e_to, equation, frac, mul, neg, power, steps, sub, total

_g, _h = Symbol("g", real=True), Symbol("h", real=True)
_top = e_to(z[i])
_square = power(EXPONENTIALS, 2)
_d_top = Partial(_top, z[j])


def _quotient(d_top: object, d_sum: object) -> object:
    return frac(sub(mul(d_top, EXPONENTIALS), mul(_top, d_sum)), _square)


SOFTMAX_JACOBIAN = Derivation(
    id="softmax_jacobian",
    start=Partial(a[i], z[j]),
    indices=(i, j),
    definitions=(SOFTMAX, equation(_g, _top), equation(_h, EXPONENTIALS)),
    steps=steps(
        ("definition", Partial(frac(_top, EXPONENTIALS), z[j])),
        ("name_parts", Partial(frac(_g, _h), z[j])),
        (
            "quotient_rule",
            frac(sub(mul(Partial(_g, z[j]), _h), mul(_g, Partial(_h, z[j]))), power(_h, 2)),
        ),
        ("put_back", _quotient(_d_top, Partial(EXPONENTIALS, z[j]))),
        ("derivative_of_sum", _quotient(_d_top, total(Partial(e_to(z[k]), z[j]), k))),
        ("derivative_of_exp", _quotient(_d_top, total(mul(delta(j, k), e_to(z[k])), k))),
        ("sum_over_delta", _quotient(_d_top, e_to(z[j]))),
        ("derivative_of_exp", _quotient(mul(delta(i, j), _top), e_to(z[j]))),
        (
            "split_fraction",
            sub(
                frac(mul(delta(i, j), _top, EXPONENTIALS), _square),
                frac(mul(_top, e_to(z[j])), _square),
            ),
        ),
        (
            "cancel",
            sub(
                mul(delta(i, j), frac(_top, EXPONENTIALS)),
                mul(frac(_top, EXPONENTIALS), frac(e_to(z[j]), EXPONENTIALS)),
            ),
        ),
        ("as_probability", sub(mul(delta(i, j), a[i]), mul(a[i], a[j]))),
        (
            "two_cases",
            Piecewise(
                (mul(a[i], sub(1, a[i])), Eq(i, j)),
                (neg(mul(a[i], a[j])), Ne(i, j)),
                evaluate=False,
            ),
        ),
        ("kronecker_form", mul(a[i], sub(delta(i, j), a[j]))),
    ),
)

DERIVATIONS = (SOFTMAX_JACOBIAN,)
