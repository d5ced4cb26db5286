"""The closed catalogue of rules: each id with one example, a line before and the line after.

An example is a derivation of one step, so the same proof that checks derivations checks it. What
a rule says in words belongs to the pages, by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from sympy import Eq, Integer, Ne, Piecewise, Symbol

from derivations.catalogue.batch import EACH_TARGET_SUMS_TO_ONE, SAMPLE_LOSS, SAMPLE_SOFTMAX
from derivations.catalogue.common import EXPONENTIALS, SOFTMAX, UPSTREAM
from derivations.catalogue.cross_entropy import CROSS_ENTROPY, TARGETS_SUM_TO_ONE
from derivations.model import Derivation
from derivations.symbols import (
    D,
    Partial,
    T,
    a,
    b,
    batch_a,
    batch_y,
    batch_z,
    c,
    d,
    delta,
    g,
    i,
    j,
    k,
    l2,
    loss,
    o,
    q,
    s,
    sample_losses,
    t,
    u,
    v,
    w,
    y,
    z,
)
from derivations.writing import (
    add,
    e_to,
    equation,
    frac,
    ln,
    mul,
    neg,
    power,
    steps,
    sub,
    total,
    total_except,
)

_SCORE = equation(z[k], add(total(mul(w[k, d], o[d]), d, D), b[k]))
_LOSS = equation(loss, CROSS_ENTROPY)
_mu = Symbol("mu", real=True)
_MEAN = equation(_mu, total(mul(a[k], v[k]), k))
_g, _h = Symbol("g", real=True), Symbol("h", real=True)
_PARTS = equation(_g, e_to(z[i])), equation(_h, EXPONENTIALS)
_SAMPLE = equation(sample_losses[s], total(power(batch_z[s, k], 2), k))
_at_j = frac(e_to(z[j]), EXPONENTIALS)
_double = total(total(mul(a[i], v[i], a[j], v[j]), j), i)
_square = add(power(v[i], 2), neg(mul(2, _mu, v[i])), power(_mu, 2))


def _rule(
    name: str, before: Any, after: Any, *definitions: Any, given: Iterable[Any] = ()
) -> tuple[str, Derivation]:
    return name, Derivation(
        name, before, steps((name, after)), definitions=definitions, assumptions=tuple(given)
    )


_CALCULUS = (
    _rule(
        "quotient_rule",
        Partial(frac(_g, _h), z[j]),
        frac(sub(mul(Partial(_g, z[j]), _h), mul(_g, Partial(_h, z[j]))), power(_h, 2)),
        *_PARTS,
    ),
    _rule(
        "chain_rule",
        Partial(loss, z[i]),
        total(mul(Partial(loss, a[k]), Partial(a[k], z[i])), k),
        UPSTREAM,
        SOFTMAX,
    ),
    _rule(
        "derivative_of_sum",
        Partial(total(e_to(z[k]), k), z[j]),
        total(Partial(e_to(z[k]), z[j]), k),
    ),
    _rule("derivative_of_exp", Partial(e_to(z[k]), z[j]), mul(delta(j, k), e_to(z[k]))),
    _rule("derivative_of_log", Partial(neg(mul(y[j], ln(a[j]))), a[j]), neg(frac(y[j], a[j]))),
    _rule("derivative_of_square", Partial(power(a[k], 2), a[k]), mul(2, a[k])),
    _rule("derivative_of_reciprocal", Partial(frac(z[k], T), T), neg(frac(z[k], power(T, 2)))),
    _rule("derivative_of_variable", Partial(z[i], z[j]), delta(i, j)),
    _rule(
        "constant_derivative", sub(Partial(a[i], z[j]), Partial(y[i], z[j])), Partial(a[i], z[j])
    ),
    _rule(
        "other_samples",
        Partial(sample_losses[q], batch_z[s, k]),
        mul(delta(q, s), Partial(sample_losses[s], batch_z[s, k])),
        _SAMPLE,
    ),
)

_SUMS = (
    _rule("sum_over_delta", total(mul(delta(j, k), e_to(z[k])), k), e_to(z[j])),
    _rule(
        "split_sum",
        total(mul(y[j], a[i]), j),
        add(mul(y[i], a[i]), total_except(mul(y[j], a[i]), j, i)),
    ),
    _rule(
        "recombine_sum",
        add(mul(y[i], a[i]), total_except(mul(y[j], a[i]), j, i)),
        total(mul(y[j], a[i]), j),
    ),
    _rule(
        "sum_of_terms",
        total(sub(g[k], a[k]), k),
        sub(total(g[k], k), total(a[k], k)),
    ),
    _rule("pull_out_of_sum", total(mul(g[k], a[k], a[i]), k), mul(a[i], total(mul(g[k], a[k]), k))),
    _rule("write_sum_out", total(e_to(z[k]), k, 2), add(e_to(z[1]), e_to(z[2]))),
    _rule("product_of_sums", _double, power(total(mul(a[i], v[i]), i), 2)),
    _rule(
        "join_sums",
        add(total(mul(a[i], power(v[i], 2)), i), mul(c, total(a[i], i))),
        total(mul(a[i], add(power(v[i], 2), c)), i),
    ),
)

_ALGEBRA = (
    _rule(
        "split_fraction",
        frac(sub(e_to(z[i]), e_to(z[j])), EXPONENTIALS),
        sub(frac(e_to(z[i]), EXPONENTIALS), _at_j),
    ),
    _rule("cancel", mul(frac(y[i], a[i]), a[i], sub(1, a[i])), mul(y[i], sub(1, a[i]))),
    _rule("distribute", mul(y[i], sub(1, a[i])), sub(y[i], mul(y[i], a[i]))),
    _rule("factor_out", sub(mul(g[i], a[i]), mul(a[i], c)), mul(a[i], sub(g[i], c))),
    _rule("log_of_quotient", ln(frac(e_to(z[i]), EXPONENTIALS)), sub(z[i], ln(EXPONENTIALS))),
    _rule("exp_of_sum", e_to(add(z[i], c)), mul(e_to(z[i]), e_to(c))),
    _rule("exp_of_difference", frac(e_to(z[j]), e_to(z[i])), e_to(sub(z[j], z[i]))),
    _rule("swap_difference", sub(z[j], z[i]), neg(sub(z[i], z[j]))),
    _rule(
        "divide_both",
        frac(e_to(z[i]), add(e_to(z[i]), e_to(z[j]))),
        frac(
            frac(e_to(z[i]), e_to(z[i])),
            add(frac(e_to(z[i]), e_to(z[i])), frac(e_to(z[j]), e_to(z[i]))),
        ),
    ),
    _rule(
        "complete_square",
        sub(l2, power(_mu, 2)),
        add(l2, neg(mul(2, _mu, total(mul(a[i], v[i]), i))), mul(power(_mu, 2), total(a[i], i))),
        _MEAN,
        SOFTMAX,
    ),
    _rule("square_of_difference", _square, power(sub(v[i], _mu), 2)),
)

_cases = Piecewise(
    (mul(a[i], sub(1, a[i])), Eq(i, j)), (neg(mul(a[i], a[j])), Ne(i, j)), evaluate=False
)

_NAMES = (
    _rule("definition", a[j], _at_j, SOFTMAX),
    _rule("as_probability", _at_j, a[j], SOFTMAX),
    _rule("name_parts", frac(e_to(z[i]), EXPONENTIALS), frac(_g, _h), *_PARTS),
    _rule("put_back", frac(_g, _h), frac(e_to(z[i]), EXPONENTIALS), *_PARTS),
    _rule("name_upstream", Partial(loss, a[k]), g[k], UPSTREAM),
    _rule("name_mean", power(total(mul(a[k], v[k]), k), 2), power(_mu, 2), _MEAN),
    _rule("two_cases", sub(mul(delta(i, j), a[i]), mul(a[i], a[j])), _cases),
    _rule("kronecker_form", _cases, mul(a[i], sub(delta(i, j), a[j]))),
    _rule("targets_sum_to_one", total(y[k], k), Integer(1), given=[TARGETS_SUM_TO_ONE]),
    _rule("one_hot_target", y[k], delta(k, t), given=[equation(y[k], delta(k, t))]),
)

_RESULTS = (
    _rule("softmax_jacobian", Partial(a[i], z[j]), mul(a[i], sub(delta(i, j), a[j])), SOFTMAX),
    _rule(
        "scaled_softmax_jacobian",
        Partial(a[i], u[k]),
        mul(a[i], sub(delta(i, k), a[k])),
        equation(a[i], frac(e_to(u[i]), total(e_to(u[k]), k))),
    ),
    _rule(
        "upstream_gradient",
        total(mul(g[k], Partial(a[k], z[i])), k),
        mul(a[i], sub(g[i], total(mul(g[k], a[k]), k))),
        SOFTMAX,
    ),
    _rule(
        "cross_entropy_gradient",
        Partial(loss, z[i]),
        sub(a[i], y[i]),
        _LOSS,
        SOFTMAX,
        given=[TARGETS_SUM_TO_ONE],
    ),
    _rule(
        "cross_entropy_hessian",
        Partial(Partial(loss, z[i]), z[j]),
        mul(a[i], sub(delta(i, j), a[j])),
        _LOSS,
        SOFTMAX,
        given=[TARGETS_SUM_TO_ONE],
    ),
    _rule(
        "sample_gradient",
        Partial(sample_losses[s], batch_z[s, k]),
        sub(batch_a[s, k], batch_y[s, k]),
        SAMPLE_LOSS,
        SAMPLE_SOFTMAX,
        given=[EACH_TARGET_SUMS_TO_ONE],
    ),
    _rule(
        "layer_gradient",
        Partial(loss, w[k, d]),
        mul(Partial(loss, z[k]), o[d]),
        _SCORE,
        SOFTMAX,
        UPSTREAM,
    ),
)

RULES: Mapping[str, Derivation] = MappingProxyType(
    dict((*_NAMES, *_CALCULUS, *_SUMS, *_ALGEBRA, *_RESULTS))
)
