"""What softmax does with a shift, with a temperature, and with two classes."""

from __future__ import annotations

from derivations.catalogue.common import EXPONENTIALS, SOFTMAX
from derivations.model import Derivation
from derivations.symbols import Partial, Shifted, T, a, c, delta, i, j, k, n, u, z
from derivations.writing import add, e_to, equation, frac, mul, neg, power, steps, sub, total

SHIFT_INVARIANCE = Derivation(
    id="shift_invariance",
    start=Shifted(a[i], z, c),
    indices=(i,),
    definitions=(SOFTMAX,),
    steps=steps(
        ("definition", frac(e_to(add(z[i], c)), total(e_to(add(z[k], c)), k))),
        ("exp_of_sum", frac(mul(e_to(z[i]), e_to(c)), total(mul(e_to(z[k]), e_to(c)), k))),
        ("pull_out_of_sum", frac(mul(e_to(c), e_to(z[i])), mul(e_to(c), EXPONENTIALS))),
        ("cancel", frac(e_to(z[i]), EXPONENTIALS)),
        ("as_probability", a[i]),
    ),
)

_with_temperature = (
    equation(a[i], frac(e_to(u[i]), total(e_to(u[k]), k))),
    equation(u[k], frac(z[k], T)),
)
_slope = mul(a[i], sub(delta(i, k), a[k]))
_scale = neg(frac(a[i], power(T, 2)))

TEMPERATURE_SENSITIVITY = Derivation(
    id="temperature_sensitivity",
    start=Partial(a[i], T),
    indices=(i,),
    definitions=_with_temperature,
    steps=steps(
        ("chain_rule", total(mul(Partial(a[i], u[k]), Partial(u[k], T)), k)),
        ("scaled_softmax_jacobian", total(mul(_slope, Partial(u[k], T)), k)),
        ("definition", total(mul(_slope, Partial(frac(z[k], T), T)), k)),
        ("derivative_of_reciprocal", total(mul(_slope, neg(frac(z[k], power(T, 2)))), k)),
        ("pull_out_of_sum", mul(_scale, total(mul(sub(delta(i, k), a[k]), z[k]), k))),
        (
            "sum_of_terms",
            mul(_scale, sub(total(mul(delta(i, k), z[k]), k), total(mul(a[k], z[k]), k))),
        ),
        ("sum_over_delta", mul(_scale, sub(z[i], total(mul(a[k], z[k]), k)))),
    ),
)

TEMPERATURE_GRADIENT = Derivation(
    id="temperature_gradient",
    start=Partial(a[i], z[j]),
    indices=(i, j),
    definitions=_with_temperature,
    steps=steps(
        ("chain_rule", total(mul(Partial(a[i], u[k]), Partial(u[k], z[j])), k)),
        ("scaled_softmax_jacobian", total(mul(_slope, Partial(u[k], z[j])), k)),
        ("definition", total(mul(_slope, Partial(frac(z[k], T), z[j])), k)),
        ("derivative_of_variable", total(mul(_slope, frac(delta(j, k), T)), k)),
        ("sum_over_delta", mul(frac(1, T), a[i], sub(delta(i, j), a[j]))),
    ),
    companions=(TEMPERATURE_SENSITIVITY,),
)

SIGMOID_AS_TWO_CLASSES = Derivation(
    id="sigmoid_as_two_classes",
    start=a[1],
    definitions=(SOFTMAX,),
    assumptions=(equation(n, 2),),
    steps=steps(
        ("definition", frac(e_to(z[1]), total(e_to(z[k]), k, 2))),
        ("write_sum_out", frac(e_to(z[1]), add(e_to(z[1]), e_to(z[2])))),
        (
            "divide_both",
            frac(
                frac(e_to(z[1]), e_to(z[1])),
                add(frac(e_to(z[1]), e_to(z[1])), frac(e_to(z[2]), e_to(z[1]))),
            ),
        ),
        ("cancel", frac(1, add(1, frac(e_to(z[2]), e_to(z[1]))))),
        ("exp_of_difference", frac(1, add(1, e_to(sub(z[2], z[1]))))),
        ("swap_difference", frac(1, add(1, e_to(neg(sub(z[1], z[2])))))),
    ),
)

DERIVATIONS = (SHIFT_INVARIANCE, TEMPERATURE_GRADIENT, SIGMOID_AS_TWO_CLASSES)
