"""One layer: from the gradient at its scores to weights, biases and inputs."""

from __future__ import annotations

from derivations.catalogue.common import SOFTMAX, UPSTREAM
from derivations.model import Derivation
from derivations.symbols import D, Partial, b, d, delta, k, loss, m, o, r, w, z
from derivations.writing import add, equation, mul, steps, total

_definitions = (
    equation(z[k], add(total(mul(w[k, d], o[d]), d, D), b[k])),
    SOFTMAX,
    UPSTREAM,
)
_score = add(total(mul(w[m, r], o[r]), r, D), b[m])
_slope = Partial(loss, z[m])


def _inner(term: object) -> object:
    return total(mul(_slope, total(term, r, D)), m)


def _termwise(term: object, constant: object) -> object:
    return total(mul(_slope, add(total(term, r, D), constant)), m)


LAYER_BIAS_GRADIENT = Derivation(
    id="layer_bias_gradient",
    start=Partial(loss, b[k]),
    indices=(k,),
    definitions=_definitions,
    steps=steps(
        ("chain_rule", total(mul(_slope, Partial(z[m], b[k])), m)),
        ("definition", total(mul(_slope, Partial(_score, b[k])), m)),
        (
            "derivative_of_sum",
            _termwise(Partial(mul(w[m, r], o[r]), b[k]), Partial(b[m], b[k])),
        ),
        ("derivative_of_variable", total(mul(_slope, delta(k, m)), m)),
        ("sum_over_delta", Partial(loss, z[k])),
    ),
)

LAYER_INPUT_GRADIENT = Derivation(
    id="layer_input_gradient",
    start=Partial(loss, o[d]),
    indices=(d,),
    definitions=_definitions,
    steps=steps(
        ("chain_rule", total(mul(_slope, Partial(z[m], o[d])), m)),
        ("definition", total(mul(_slope, Partial(_score, o[d])), m)),
        ("derivative_of_sum", _termwise(mul(w[m, r], Partial(o[r], o[d])), Partial(b[m], o[d]))),
        ("derivative_of_variable", _inner(mul(w[m, r], delta(d, r)))),
        ("sum_over_delta", total(mul(_slope, w[m, d]), m)),
    ),
)

LAYER_GRADIENT = Derivation(
    id="layer_gradient",
    start=Partial(loss, w[k, d]),
    indices=(k, d),
    definitions=_definitions,
    steps=steps(
        ("chain_rule", total(mul(_slope, Partial(z[m], w[k, d])), m)),
        ("definition", total(mul(_slope, Partial(_score, w[k, d])), m)),
        (
            "derivative_of_sum",
            _termwise(mul(Partial(w[m, r], w[k, d]), o[r]), Partial(b[m], w[k, d])),
        ),
        ("derivative_of_variable", _inner(mul(delta(k, m), delta(d, r), o[r]))),
        ("sum_over_delta", total(mul(_slope, delta(k, m), o[d]), m)),
        ("sum_over_delta", mul(Partial(loss, z[k]), o[d])),
    ),
    companions=(LAYER_BIAS_GRADIENT, LAYER_INPUT_GRADIENT),
)

DERIVATIONS = (LAYER_GRADIENT,)
