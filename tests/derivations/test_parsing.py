"""The learner's notation: what it means, what is refused, and that nothing takes long."""

import random
from contextlib import suppress
from string import Formatter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Abs, E, Expr, Integer, Pow, Rational, Sum

from derivations import DERIVATIONS, REASONS, ParseError, evaluate, latex, parse, read_loss, text
from derivations.symbols import (
    D,
    N,
    Partial,
    T,
    a,
    batch_a,
    batch_o,
    d,
    delta,
    i,
    j,
    k,
    loss,
    m,
    n,
    o,
    s,
    t,
    w,
    y,
    z,
)
from derivations.writing import add, e_to, frac, ln, mul, neg, power, sub, total
from tests.calls import count_calls

from .formulas import Formulas
from .typed import ATTACKS, LOOK_ALIKES, REFUSED, REFUSED_LOSSES, REPAIRS

JACOBIAN = DERIVATIONS["softmax_jacobian"]
MOST_CALLS = 150_000  # some 10 ms

MEANS: list[tuple[str, Expr]] = [
    ("a_i*(delta_ij - a_j)", JACOBIAN.result),
    ("exp(z_i)/sum(exp(z_k), k)", frac(e_to(z[i]), total(e_to(z[k]), k))),
    ("e**z_i", e_to(z[i])),
    ("-sum(y_j*log(a_j), j)", neg(total(mul(y[j], ln(a[j])), j))),
    ("-ln(a_t)", neg(ln(a[t]))),
    ("a_i - delta_it", sub(a[i], delta(i, t))),
    ("(1/n)*sum((a_m - y_m)**2, m)", mul(frac(1, n), total(power(sub(a[m], y[m]), 2), m))),
    ("sum(w_kd*o_d, d)", total(mul(w[k, d], o[d]), d, D)),
    (
        "sum(a_sk*o_sd, s)/N",
        frac(total(mul(batch_a[s, k], batch_o[s, d]), s, N), N),
    ),
    ("w_42 + a_12 + z_3", add(w[4, 2], a[12], z[3])),
    ("z_i/T", frac(z[i], T)),
    ("2*a_i/n", mul(2, a[i], power(n, -1))),
    ("a_i - y_i + 1", add(a[i], neg(y[i]), 1)),
    ("a_i/a_j/y_i", mul(a[i], power(a[j], -1), power(y[i], -1))),
    ("a_i**-1", power(a[i], -1)),
    ("-a_i**2", neg(power(a[i], 2))),
    ("2**a_i**y_i", power(2, power(a[i], y[i]))),
    ("+a_i", a[i]),
    ("--a_i", neg(neg(a[i]))),
    ("a_i*-2", mul(a[i], -2)),
    ("sqrt(a_i)", power(a[i], Rational(1, 2))),
    ("abs(a_i - y_i)", Abs(sub(a[i], y[i]), evaluate=False)),
    ("0.1", Rational(1, 10)),
    (".5", Rational(1, 2)),
    ("2.", Integer(2)),
    ("1e-9", Rational(1, 10**9)),
    ("2.5E3", Integer(2500)),
    ("0.000", Integer(0)),
    ("e", E),
    ("delta_ii", Integer(1)),
    ("delta_12", Integer(0)),
    (" a_i\t*\n( y_i )\r", mul(a[i], y[i])),
    ("2·a_i×y_i⋅n", mul(2, a[i], y[i], n)),
    ("L", loss),
    *((x, Partial(loss, z[i])) for x in ("dL/dz_i", "d(L)/d(z_i)", "d/dz_i(L)", "∂L/∂z_i")),
    ("da_j/dz_i", Partial(a[j], z[i])),
    ("-da_j/dz_i/a_j", neg(mul(Partial(a[j], z[i]), power(a[j], -1)))),
    ("d(log(a_i))/dz_j", Partial(ln(a[i]), z[j])),
    ("d(dL/dz_i)/dz_j", Partial(Partial(loss, z[i]), z[j])),
    (
        "sum(dL/da_k*da_k/dz_i, k)",
        total(mul(Partial(loss, a[k]), Partial(a[k], z[i])), k),
    ),
    ("da_i/dT", Partial(a[i], T)),
    ("\\frac{\\partial L}{\\partial z_i}", Partial(loss, z[i])),
    ("\\frac{\\partial^2 L}{\\partial z_i \\partial z_j}", Partial(Partial(loss, z[i]), z[j])),
    ("\\frac{\\partial}{\\partial z_j} \\ln a_i", Partial(ln(a[i]), z[j])),
]


@pytest.mark.parametrize(("typed", "meaning"), MEANS, ids=[x for x, _ in MEANS])
def test_a_text_means_the_same_as_the_derivations(typed: str, meaning: Expr) -> None:
    assert parse(typed) == meaning


def test_nothing_is_worked_out_or_put_in_order() -> None:
    assert latex(parse("2 + y_i*a_i - (3 - 1)*a_i/a_i")) == (
        r"2 + y_i a_i - \frac{(3 - 1) a_i}{a_i}"
    )
    assert parse("3**2").func is Pow
    assert parse("sum(2*a_k, k)").func is Sum


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2 - 3 - 4", -5),
        ("2 - -3", 5),
        ("12/2/3", 2),
        ("12/2*3", 18),
        ("2**3**2", 512),
        ("-2**2", -4),
        ("(-2)**2", 4),
        ("2**-1", 0.5),
        ("2*3 + 4*5 - 6/3", 24),
        ("abs(2 - 5)*sqrt(16)", 12),
        ("log(e**2) + ln(exp(1))", 3),
        ("8**(1/3)", 2),
        ("sum(1, k)", 3),
        ("sum(sum(delta_km, m), k)", 3),
        ("n**0.5*n**0.5", 3),
        ("1e-3*1.5e3", 1.5),
    ],
)
def test_signs_bind_as_in_mathematics(typed: str, value: float) -> None:
    found = evaluate(JACOBIAN, parse(typed), z=[2, 3, 4], i=1, j=1)
    assert found == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize("place", [1, 5, -1])
def test_a_typed_line_has_the_value_of_the_line(place: int) -> None:
    typed = {
        1: "exp(z_i)*(delta_ij*sum(exp(z_k), k) - exp(z_j))/sum(exp(z_k), k)**2",
        5: "(delta_ij*exp(z_i)*sum(exp(z_k), k) - exp(z_i)*exp(z_j))/sum(exp(z_k), k)**2",
        -1: "a_i*(delta_ij - a_j)",
    }[place]
    for at in (1, 2, 3):
        numbers = {"z": [2, 3, 4], "i": 1, "j": at}
        found = evaluate(JACOBIAN, parse(typed), **numbers)
        assert found == pytest.approx(evaluate(JACOBIAN, place, **numbers), rel=1e-14)


@pytest.mark.parametrize(
    "typed", ["sqrt(-z_1)", "0**(z_1 - 3)", "exp(exp(exp(exp(z_3))))", "2**exp(exp(exp(z_3)))"]
)
def test_a_line_without_a_value_is_refused_at_once(typed: str) -> None:
    def refused() -> None:
        with pytest.raises(ValueError, match=r"negative|zero|beyond"):
            evaluate(JACOBIAN, parse(typed), z=[2, 3, 4])

    assert count_calls(refused) < MOST_CALLS


def names(table: list[tuple[str, str, int, str]]) -> list[str]:
    return [f"{reason} {typed[:20]!a}" for typed, reason, *_ in table]


@pytest.mark.parametrize(("typed", "reason", "position", "piece"), REFUSED, ids=names(REFUSED))
def test_a_refusal_says_where_and_why(typed: str, reason: str, position: int, piece: str) -> None:
    for read in (parse, read_loss):
        with pytest.raises(ParseError) as caught:
            read(typed)
        error = caught.value
        assert (error.reason, error.position, error.piece) == (reason, position, piece)
        assert isinstance(error, ValueError)
        check_sentence(error)


@pytest.mark.parametrize(
    ("typed", "reason", "position", "piece"), REFUSED_LOSSES, ids=names(REFUSED_LOSSES)
)
def test_a_loss_is_refused_for_more(typed: str, reason: str, position: int, piece: str) -> None:
    parse(typed)
    with pytest.raises(ParseError) as caught:
        read_loss(typed)
    error = caught.value
    assert (error.reason, error.position, error.piece) == (reason, position, piece)
    check_sentence(error)


def check_sentence(error: ParseError) -> None:
    sentence = str(error)
    assert "Accepted:" in sentence
    assert "None" not in sentence
    assert sentence.isprintable()
    places = {x for _, x, _, _ in Formatter().parse(REASONS[error.reason])}
    if "position" in places:
        assert str(error.position + 1) in sentence
    assert ("piece" in places) == bool(error.piece)


def test_every_reason_occurs() -> None:
    assert {reason for _, reason, *_ in REFUSED + REFUSED_LOSSES} == set(REASONS)


@pytest.mark.parametrize(("typed", "instead"), REPAIRS, ids=[ascii(x[:20]) for x, _ in REPAIRS])
def test_another_notation_is_answered_with_this_one(typed: str, instead: str | None) -> None:
    with pytest.raises(ParseError) as caught:
        parse(typed)
    assert caught.value.instead == instead
    if instead is not None:
        parse(instead)
        assert str(caught.value).endswith(f"Write: {instead}")


@pytest.mark.parametrize(("typed", "instead"), LOOK_ALIKES, ids=[ascii(x) for x, _ in LOOK_ALIKES])
def test_what_looks_like_this_notation_is_answered_with_it(typed: str, instead: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(typed)
    assert caught.value.instead == instead
    assert not caught.value.piece or caught.value.piece.isprintable()


@pytest.mark.parametrize(
    "typed", ["2½*a_t", "a_t′", "y′_k", "log10(a_t)", "Log2(a_t)", "α_t", "sum a_k"]
)
def test_nothing_is_guessed(typed: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(typed)
    assert caught.value.instead is None


@pytest.mark.parametrize("typed", ATTACKS, ids=[ascii(x[:20]) for x in ATTACKS])
def test_an_attack_is_answered_at_once(typed: str) -> None:
    def answer() -> None:
        with suppress(ParseError):
            parse(typed)

    assert count_calls(answer) < MOST_CALLS


RANDOMS = st.randoms(use_true_random=False)
SETTINGS = settings.get_profile("derivations")


def check_answer(typed: str) -> None:
    """Whatever the text: an expression that prints, or a refusal that holds."""
    try:
        found = parse(typed)
    except ParseError as refusal:
        error = refusal
    else:
        assert latex(found)
        assert text(found)
        return
    check_sentence(error)
    assert 0 <= error.position <= len(typed)
    if error.instead is not None:
        parse(error.instead)


@settings(SETTINGS, max_examples=200)
@given(st.text() | st.text(alphabet="aeyznwk_t1290.+-*/^(),= \n²∑（δexplogsumd", max_size=40))
def test_any_text_is_read_or_refused(typed: str) -> None:
    check_answer(typed)


@settings(SETTINGS, max_examples=100)
@given(RANDOMS, st.integers(1, 40))
def test_a_formula_of_the_grammar_is_read_and_printed(rng: random.Random, size: int) -> None:
    check_answer(Formulas(rng, closed=False).formula(size))


@settings(SETTINGS, max_examples=100)
@given(RANDOMS, st.integers(1, 20), st.integers(0, 200), st.characters())
def test_a_formula_with_one_character_changed(
    rng: random.Random, size: int, place: int, character: str
) -> None:
    typed = Formulas(rng, closed=False).formula(size)
    place %= len(typed)
    check_answer(typed[:place] + character + typed[place + rng.choice([0, 1]) :])
