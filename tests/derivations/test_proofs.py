"""What `verify` says of statements made for these tests, and of lines that are not right."""

from dataclasses import replace

import pytest
from sympy import Eq, Float, Integer, Max, Ne, Piecewise, Rational, Sum, exp, expand, log

from derivations import DERIVATIONS, Derivation, Step, evaluate, verify
from derivations.catalogue.common import SOFTMAX, UPSTREAM
from derivations.symbols import (
    D,
    Partial,
    T,
    a,
    batch_z,
    c,
    d,
    delta,
    g,
    i,
    j,
    k,
    loss,
    m,
    n,
    q,
    s,
    w,
    y,
    z,
)
from derivations.writing import equation, frac, mul, power, sub, total


def one_step(before: object, after: object, **more: object) -> Derivation:
    fields = {"definitions": (SOFTMAX,), **more}
    return Derivation("made here", before, (Step("made_here", after),), **fields)  # type: ignore[arg-type]


def test_a_replaced_line_is_judged_anew() -> None:
    right = DERIVATIONS["softmax_jacobian"]
    assert all(x.ok for x in verify(right))
    for place in range(len(right.steps)):
        wrong = replace(right.steps[place], after=right.steps[place].after * 1.001)
        steps = (*right.steps[:place], wrong, *right.steps[place + 1 :])
        oks = [x.ok for x in verify(replace(right, steps=steps))]
        expected = [at not in (place, place + 1) for at in range(len(right.steps))]
        assert oks == expected
    assert all(x.ok for x in verify(right))


def test_a_counterexample_holds_when_it_is_evaluated() -> None:
    wrong = one_step(Partial(a[i], z[j]), mul(a[i], sub(1, a[j])), indices=(i, j))
    (verdict,) = verify(wrong)
    assert verdict.ok is False
    assert verdict.counterexample is not None
    numbers = verdict.counterexample.numbers
    assert numbers["i"] != numbers["j"]
    assert evaluate(wrong, 0, **numbers) == pytest.approx(verdict.counterexample.before)
    assert evaluate(wrong, 1, **numbers) == pytest.approx(verdict.counterexample.after)
    assert verdict.counterexample.before != pytest.approx(verdict.counterexample.after)


def test_a_step_out_of_reach_of_the_general_proof_is_proved_for_small_n() -> None:
    # Sum over m <= k: its upper limit is no n.
    lower = Sum(a[k] * a[m], (m, 1, k), (k, 1, n))
    squares = total(a[k] ** 2, k)
    (verdict,) = verify(one_step(2 * lower, 1 + squares))
    assert (verdict.ok, verdict.method) == (True, "n = 2, 3, 4")
    (verdict,) = verify(one_step(2 * lower, 1 + squares * Rational(1001, 1000)))
    assert verdict.ok is False


def test_what_holds_for_two_classes_only_is_refuted() -> None:
    assert [x.ok for x in verify(one_step(a[2], 1 - a[1]))] == [False]
    two = one_step(a[2], 1 - a[1], assumptions=(equation(n, 2),))
    assert [(x.ok, x.method) for x in verify(two)] == [(True, "n = 2")]


def test_what_cannot_be_decided_is_called_so() -> None:
    # True, but maxima have neither a normal form nor a value here.
    (verdict,) = verify(one_step(Max(z[i], z[j]), Max(z[j], z[i]) + 0 * z[i], indices=(i, j)))
    assert (verdict.ok, verdict.method) == (None, "undecided")


def test_the_second_derivative_of_a_loss_left_free_is_not_invented() -> None:
    hessian = one_step(
        Partial(Partial(loss, z[i]), z[j]), Integer(0), definitions=(SOFTMAX, UPSTREAM)
    )
    assert [x.ok for x in verify(hessian)] == [None]


# Each is false somewhere: at a small n, at an integer that only a delta or a case has, where two
# ranges differ, or at numbers that no index is.
FALSE: list[tuple[object, object]] = [
    (Integer(0), mul(n - 2, n - 3, n - 4)),
    (Integer(0), expand((n - 1) * (n - 2) * (n - 3) * (n - 4) * (n - 5) * (n - 6) * (n - 7))),
    (Integer(0), mul(n - 2, n - 3, n - 4, n - 17)),
    (Integer(0), mul(i - 1, i - 2, i - 3, i - 4)),
    (total(k, k), n * (n + 1) / 2 + (n - 2) * (n - 3) * (n - 4)),
    (a[i], a[i] + delta(i, 5)),
    (a[i], a[i] + delta(i, 1000)),
    (a[i], a[i] + delta(i, 5) * delta(j, 7)),
    (a[i], a[i] + delta(i, n)),
    (a[i], Piecewise((0, Eq(i, 5)), (a[i], True))),
    (a[i], Piecewise((0, Eq(i, n)), (a[i], True))),
    (a[i], Piecewise((0, Eq(n, 6)), (a[i], True))),
    (a[i], Piecewise((a[i], Ne(i, 9)), (0, True))),
    (w[k, d], w[k, d] + delta(d, 5)),
    (w[k, d], w[k, d] + delta(d, D)),
    (batch_z[s, k], batch_z[s, k] + delta(s, 6)),
    (total(delta(k, 5), k), Integer(1)),
    (total(delta(k, 2), k), Integer(1)),
    (mul(1 - total(delta(d, 5), d, D), total(delta(k, 5), k)), Integer(0)),
    (total(total(delta(k, d), k), d, D), D),
    (total(total(delta(k, d), d, D), k), n),
    (total(a[k], k, D), Integer(1)),
    (Sum(delta(k, i), (k, 1, 5)), Integer(0)),
    (Sum(delta(k, i), (k, 1, 5)), Integer(1)),
    (Sum(a[k], (k, 2, n)), Integer(1)),
    (Sum(y[m], (m, 1, j)), Integer(1)),
    (Sum(y[m], (m, 1, D)), Integer(1)),
    (delta(i, n) * a[1], delta(i, 1) * a[n]),
]


# False, too, at what has no value here: never proved, and no numbers are found.
WITHOUT_VALUE: list[tuple[object, object]] = [
    (total(delta(k, i + 1), k), Integer(1)),
    (total(a[k + 1], k), Integer(1)),
    (a[i], Piecewise((0, Eq(T, 1)), (a[i], True))),
    (mul(delta(T, 1), a[i]), Integer(0)),
    (mul(delta(i, j), a[i]), Piecewise((a[i], Eq(i, j)), evaluate=False)),
    (Max(i, 5), i),
]


@pytest.mark.parametrize(("before", "after"), FALSE, ids=str)
def test_a_false_line_is_refuted_wherever_it_is_false(before: object, after: object) -> None:
    given = (equation(total(y[k], k), 1),)
    (verdict,) = verify(one_step(before, after, assumptions=given))
    assert (verdict.ok, verdict.method) == (False, "counterexample")
    assert verdict.counterexample is not None
    assert verdict.counterexample.before != verdict.counterexample.after


@pytest.mark.parametrize(("before", "after"), WITHOUT_VALUE, ids=str)
def test_a_line_without_a_value_is_never_proved(before: object, after: object) -> None:
    (verdict,) = verify(one_step(before, after))
    assert (verdict.ok, verdict.method) == (None, "undecided")


def test_a_small_n_is_not_said_to_be_proved_where_larger_ones_cannot_be_looked_at() -> None:
    # Right for n = 2, 3, 4; the root 10^9 is out of reach.
    (verdict,) = verify(one_step(Integer(0), mul(n - 2, n - 3, n - 4, 10**9 - n, total(k, k))))
    assert verdict.ok is not True
    lower = Sum(a[k] * a[m], (m, 1, k), (k, 1, n))
    squares = total(a[k] ** 2, k)
    assert verify(one_step(2 * lower, 1 + squares))[0].ok is True
    assert verify(one_step(2 * 10**9 * lower, 10**9 * (1 + squares)))[0].ok is None


def test_a_loss_left_free_keeps_its_value() -> None:
    """d(L^2) is 2 L dL; L is no sum of g_k a_k."""
    given = {"definitions": (SOFTMAX, UPSTREAM), "indices": (i,)}
    square = Partial(power(loss, 2), a[i])
    assert verify(one_step(square, mul(2, loss, g[i]), **given))[0].ok is True
    first_order = mul(2, total(mul(g[k], a[k]), k), g[i])
    assert verify(one_step(square, first_order, **given))[0].ok is False


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (total(mul(delta(k, n), a[k]), k), a[n]),
        (total(delta(k, n), k), Integer(1)),
        (total(mul(delta(k, 5), a[k]), k), a[5]),
        (total(delta(k, 1), k), Integer(1)),
        (mul(delta(i, 5), a[i]), mul(delta(i, 5), a[5])),
        (Piecewise((a[5], Eq(i, 5)), (a[i], True)), a[i]),
        (Piecewise((a[i], Ne(i, n)), (a[n], True)), a[i]),
        (total(mul(delta(d, 3), w[k, d]), d, D), w[k, 3]),
        (
            Sum(mul(delta(k, i), a[k]), (k, 1, 3)),
            mul(delta(i, 1) + delta(i, 2) + delta(i, 3), a[i]),
        ),
        (mul(1 - delta(i, 5), delta(i, 5)), Integer(0)),
    ],
    ids=str,
)
def test_what_is_true_of_integers_is_still_proved(before: object, after: object) -> None:
    (verdict,) = verify(one_step(before, after, indices=(i,)))
    assert (verdict.ok, verdict.method) == (True, "every n")


@pytest.mark.parametrize(
    ("before", "after", "ok"),
    [
        (total(delta(k, i), k), Integer(1), True),
        (total(Integer(1), k), n, True),
        (total(a[k], k), Integer(1), True),
        (mul(total(a[k], k), total(z[k], k)), total(total(mul(a[k], z[m]), k), m), True),
        (total(total(mul(delta(k, m), z[k], y[m]), k), m), total(mul(z[j], y[j]), j), True),
        (total(mul(z[k], y[k]), k), mul(total(z[k], k), total(y[k], k)), False),
        (frac(1, 1 + total(z[k] ** 2, k)), frac(2, 2 + 2 * total(z[m] ** 2, m)), True),
        (frac(1, 1 + total(z[k] ** 2, k)), frac(2, 2 + total(z[m] ** 2, m)), False),
        (delta(i, j) * z[i], delta(i, j) * z[j], True),
        (delta(i, j) * z[i], z[j], False),
        (delta(i, j) ** 2, delta(i, j), True),
        (Float("0.5") * z[i], z[i] / 2, True),
        (Partial(total(w[k, 1] ** 2, k), w[i, 2]), Integer(0), True),
        (Piecewise((z[i], True)), z[i], True),
        (delta(q, s) * c, delta(q, s) * c + delta(q, s), False),
    ],
    ids=str,
)
def test_sums_and_deltas(before: object, after: object, ok: bool) -> None:
    (verdict,) = verify(one_step(before, after))
    assert verdict.ok is ok
    assert verdict.method == ("every n" if ok else "counterexample")


def test_a_delta_within_a_function_is_no_factor() -> None:
    """Both are equal for n = 3 alone."""
    for inner in (exp(z[j] * delta(i, k)), log(2 + delta(i, k))):
        rest = total(inner, k) - inner.subs(delta(i, k), 1)
        (verdict,) = verify(one_step(rest, rest * rest / (2 * inner.subs(delta(i, k), 0))))
        assert verdict.ok is False


def test_eulers_number() -> None:
    assert verify(one_step(exp(1) * z[i], z[i] * exp(1)))[0].ok is True
    assert verify(one_step(exp(1) * z[i], 3 * z[i]))[0].ok is False


def test_a_definition_is_not_caught_by_a_sum_of_the_same_index() -> None:
    # Inside a sum over k, the k in the definition of softmax is another one.
    line = total(mul(a[k], z[k]), k)
    assert verify(one_step(line, total(mul(a[j], z[j]), j)))[0].ok is True
