"""Any loss of the probabilities, and the mean squared error as its example."""

from __future__ import annotations

from derivations.catalogue.common import SOFTMAX, UPSTREAM
from derivations.model import Derivation
from derivations.symbols import Partial, a, delta, g, i, k, loss, m, n, y, z
from derivations.writing import equation, frac, mul, power, steps, sub, total

_chain = total(mul(Partial(loss, a[k]), Partial(a[k], z[i])), k)
_weighted = total(mul(g[k], a[k], sub(delta(i, k), a[i])), k)
_result = mul(a[i], sub(g[i], total(mul(g[k], a[k]), k)))

UPSTREAM_GRADIENT = Derivation(
    id="upstream_gradient",
    start=Partial(loss, z[i]),
    indices=(i,),
    definitions=(UPSTREAM, SOFTMAX),
    steps=steps(
        ("chain_rule", _chain),
        ("name_upstream", total(mul(g[k], Partial(a[k], z[i])), k)),
        ("softmax_jacobian", _weighted),
        (
            "distribute",
            total(sub(mul(g[k], a[k], delta(i, k)), mul(g[k], a[k], a[i])), k),
        ),
        (
            "sum_of_terms",
            sub(total(mul(g[k], a[k], delta(i, k)), k), total(mul(g[k], a[k], a[i]), k)),
        ),
        ("sum_over_delta", sub(mul(g[i], a[i]), total(mul(g[k], a[k], a[i]), k))),
        ("pull_out_of_sum", sub(mul(g[i], a[i]), mul(a[i], total(mul(g[k], a[k]), k)))),
        ("factor_out", _result),
    ),
)

_slope = frac(mul(2, sub(a[k], y[k])), n)
_error = mul(frac(1, n), total(power(sub(a[m], y[m]), 2), m))

MEAN_SQUARED_ERROR_GRADIENT = Derivation(
    id="mean_squared_error_gradient",
    start=Partial(loss, z[i]),
    indices=(i,),
    definitions=(equation(loss, _error), SOFTMAX, equation(g[k], _slope)),
    steps=steps(
        ("chain_rule", _chain),
        ("definition", total(mul(Partial(_error, a[k]), Partial(a[k], z[i])), k)),
        (
            "derivative_of_square",
            total(
                mul(
                    frac(1, n),
                    total(mul(2, sub(a[m], y[m]), delta(k, m)), m),
                    Partial(a[k], z[i]),
                ),
                k,
            ),
        ),
        ("sum_over_delta", total(mul(_slope, Partial(a[k], z[i])), k)),
        ("softmax_jacobian", total(mul(_slope, a[k], sub(delta(i, k), a[i])), k)),
        ("name_upstream", _weighted),
        ("upstream_gradient", _result),
        (
            "put_back",
            mul(a[i], sub(frac(mul(2, sub(a[i], y[i])), n), total(mul(_slope, a[k]), k))),
        ),
        (
            "factor_out",
            mul(
                frac(mul(2, a[i]), n),
                sub(sub(a[i], y[i]), total(mul(a[k], sub(a[k], y[k])), k)),
            ),
        ),
    ),
)

DERIVATIONS = (UPSTREAM_GRADIENT, MEAN_SQUARED_ERROR_GRADIENT)
