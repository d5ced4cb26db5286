"""Log-softmax and log-sum-exp: derivatives that never divide by a probability."""

from __future__ import annotations

from derivations.catalogue.common import EXPONENTIALS, SOFTMAX
from derivations.model import Derivation
from derivations.symbols import Partial, a, delta, i, j, k, z
from derivations.writing import e_to, frac, ln, mul, steps, sub, total

_log_sum = ln(EXPONENTIALS)
_one_over = frac(1, EXPONENTIALS)
_chained = mul(_one_over, Partial(EXPONENTIALS, z[j]))
_inside = mul(_one_over, total(Partial(e_to(z[k]), z[j]), k))
_deltas = mul(_one_over, total(mul(delta(j, k), e_to(z[k])), k))
_collapsed = frac(e_to(z[j]), EXPONENTIALS)

LOG_SOFTMAX_GRADIENT = Derivation(
    id="log_softmax_gradient",
    start=Partial(ln(a[i]), z[j]),
    indices=(i, j),
    definitions=(SOFTMAX,),
    steps=steps(
        ("definition", Partial(ln(frac(e_to(z[i]), EXPONENTIALS)), z[j])),
        ("log_of_quotient", Partial(sub(z[i], _log_sum), z[j])),
        ("derivative_of_sum", sub(Partial(z[i], z[j]), Partial(_log_sum, z[j]))),
        ("derivative_of_variable", sub(delta(i, j), Partial(_log_sum, z[j]))),
        ("derivative_of_log", sub(delta(i, j), _chained)),
        ("derivative_of_sum", sub(delta(i, j), _inside)),
        ("derivative_of_exp", sub(delta(i, j), _deltas)),
        ("sum_over_delta", sub(delta(i, j), _collapsed)),
        ("as_probability", sub(delta(i, j), a[j])),
    ),
)

LOGSUMEXP_GRADIENT = Derivation(
    id="logsumexp_gradient",
    start=Partial(_log_sum, z[j]),
    indices=(j,),
    definitions=(SOFTMAX,),
    steps=steps(
        ("derivative_of_log", _chained),
        ("derivative_of_sum", _inside),
        ("derivative_of_exp", _deltas),
        ("sum_over_delta", _collapsed),
        ("as_probability", a[j]),
    ),
)

DERIVATIONS = (LOG_SOFTMAX_GRADIENT, LOGSUMEXP_GRADIENT)
