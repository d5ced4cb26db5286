"""Typed losses: value and derivative against mpmath, SymPy and a complex step; never a crash."""

import math
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from sympy import Add, Expr, Indexed, Integer, KroneckerDelta, Sum, Symbol, diff

import derivations.gradient as engine
from core import LOSSES as CORE
from derivations import DERIVATIONS, ParseError, Trouble, TypedLoss, latex, parse, read_loss
from derivations.floats import Point, program
from derivations.symbols import n

from .formulas import Formulas
from .losses import LOSSES
from .mutants import mutants
from .worst import WORST

SIZES = (2, 3, 5)
STEP = 1e-30
SETTINGS = settings.get_profile("derivations")


def numbers(size: int, seed: int) -> tuple[list[float], list[float], int]:
    """Probabilities, a target that is one class, and the class from 0; no a is equal to a y."""
    rng = random.Random(f"{size} {seed}")  # noqa: S311
    weights = [rng.uniform(0.2, 1) for _ in range(size)]
    at = rng.randrange(size)
    return [x / sum(weights) for x in weights], [float(k == at) for k in range(size)], at


def by_complex_step(loss: TypedLoss, a: Sequence[float], y: Sequence[float]) -> list[float]:
    """Differentiate the value: nothing of the derivative is used."""
    moved = ([x + 1j * STEP * (p == q) for p, x in enumerate(a)] for q in range(len(a)))
    return [complex(loss.value(x, y)).imag / STEP for x in moved]


def agree(found: Sequence[float], expected: Sequence[float], tolerance: float = 1e-11) -> bool:
    largest = max(1.0, *map(abs, expected))
    return all(abs(p - q) <= tolerance * largest for p, q in zip(found, expected, strict=True))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("typed", LOSSES)
def test_value_and_gradient_are_those_of_mpmath(typed: str, size: int) -> None:
    loss, oracle = read_loss(typed), LOSSES[typed]
    for seed in (1, 2):
        a, y, t = numbers(size, seed)
        with mp.workdps(60):
            exact = [mpf(x) for x in a]
            value = oracle(exact, [mpf(x) for x in y], size, t)
            slopes = [difference(oracle, exact, y, t, q) for q in range(size)]
        found = loss.at(a, y)
        assert found.trouble is None
        assert found.value == pytest.approx(float(value), rel=1e-13, abs=1e-14)
        assert found.gradient == pytest.approx([float(x) for x in slopes], rel=1e-12, abs=1e-13)
        assert (found.value, found.gradient) == (loss.value(a, y), loss.gradient(a, y))
        assert agree(by_complex_step(loss, a, y), found.gradient)


def difference(oracle: Any, a: list[Any], y: list[float], t: int, q: int) -> Any:
    """Central difference at 60 digits: right to about 30."""
    step = mpf(10) ** -15
    targets = [mpf(x) for x in y]
    ends = ([x + sign * step * (p == q) for p, x in enumerate(a)] for sign in (1, -1))
    high, low = (oracle(x, targets, len(a), t) for x in ends)
    return (high - low) / (2 * step)


@pytest.mark.parametrize("typed", LOSSES)
def test_the_derivative_is_that_of_sympy_at_thirty_digits(typed: str) -> None:
    loss = read_loss(typed)
    size, t = 3, 2
    rng = random.Random(typed)  # noqa: S311
    where = {
        Symbol(f"{name}{q}", positive=True): mpf(rng.randrange(1, 10**40)) / 10**40
        for name in "ay"
        for q in range(1, size + 1)
    }
    with mp.workdps(60):
        whole = written_out(loss.expression, {"t": t}, size)
        for q in range(1, size + 1):
            by_sympy = diff(whole, Symbol(f"a{q}", positive=True))
            ours = written_out(loss.derivative, {"t": t, "i": q}, size)
            gap = (ours - by_sympy).evalf(40, subs=where)
            assert abs(gap) < mpf(10) ** -30, (typed, q)


def written_out(e: Expr, at: dict[str, int], size: int) -> Any:
    """Replace sums by their terms and entries by symbols; SymPy then does as it pleases."""
    if isinstance(e, Sum):
        *inner, (index, _, _) = e.limits
        body = Sum(e.function, *inner) if inner else e.function
        places = range(1, size + 1)
        return Add(*(written_out(body, {**at, index.name: x}, size) for x in places))
    if isinstance(e, Indexed | KroneckerDelta):
        indices = e.indices if isinstance(e, Indexed) else e.args
        found = [int(x) if x.is_Integer else at[x.name] for x in indices]
        if isinstance(e, KroneckerDelta):
            return Integer(found[0] == found[1])
        return Symbol(f"{e.base.label}{found[0]}", positive=True)
    if e == n:
        return Integer(size)
    return e.func(*(written_out(x, at, size) for x in e.args)) if e.args else e


TYPED_CORE = {
    "cross_entropy": "-sum(y_k*log(a_k), k)",
    "mean_squared_error": "sum((a_k - y_k)**2, k)/n",
    "kl_divergence": "sum(y_k*log(y_k/a_k), k)",
    "focal": "-sum(y_k*(1 - a_k)**2*log(a_k), k)",
    "label_smoothed_cross_entropy": "-sum((0.9*y_k + 0.1/n)*log(a_k), k)",
}


@pytest.mark.parametrize("name", CORE)
@pytest.mark.parametrize("a", [[0.2, 0.3, 0.5], [0, 0.25, 0.75], [1, 0, 0]], ids=str)
@pytest.mark.parametrize("y", [[0, 1, 0], [0.5, 0.5, 0], [1, 0, 0]], ids=str)
def test_zeros_are_taken_as_in_core(name: str, a: list[float], y: list[float]) -> None:
    loss, by_core = read_loss(TYPED_CORE[name]), CORE[name]
    assert loss.value(a, y) == pytest.approx(float(by_core.value(a, y)), rel=1e-14)
    expected = by_core.gradient(a, y).tolist()
    assert loss.gradient(a, y) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("typed", "derivative"),
    [
        ("-sum(y_k*log(a_k), k)", r"-\frac{y_i}{a_i}"),
        ("sum((a_k - y_k)**2, k)/n", r"\frac{2 (a_i - y_i)}{n}"),
        ("-log(a_t)", r"-\frac{\delta_{it}}{a_t}"),
        ("sum((a_k - y_k)**2, k)", r"2 (a_i - y_i)"),
        (
            "-sum(y_k*(1-a_k)**2*log(a_k), k)",
            r"2 y_i (1 - a_i) \ln a_i - \frac{y_i (1 - a_i)^{2}}{a_i}",
        ),
        (
            "-sum(y_k*log(a_k), k) + 0.1*sum(a_k*log(a_k), k)",
            r"-\frac{y_i}{a_i} + 0.1 (\ln a_i + 1)",
        ),
        ("sum(abs(a_k - y_k), k)", r"\operatorname{sign} (a_i - y_i)"),
        ("sum(y_k*log(y_k/a_k), k)", r"-\frac{y_i}{a_i}"),
        ("-sum(y_k*log(a_k + 1e-9), k)", r"-\frac{y_i}{a_i + 10^{-9}}"),
        (
            "sqrt(sum((a_k - y_k)**2, k))",
            r"\frac{a_i - y_i}{\sqrt{\sum_{k=1}^{n} (a_k - y_k)^{2}}}",
        ),
        ("log(sum(exp(a_k), k))", r"\frac{e^{a_i}}{\sum_{k=1}^{n} e^{a_k}}"),
        ("sum(sum(a_k*a_m, k), m)", r"\sum_{k=1}^{n} a_k + \sum_{m=1}^{n} a_m"),
        ("sum(a_i**2, i)*sum(a_k, k)", r"2 a_i \sum_{k=1}^{n} a_k + \sum_{m=1}^{n} a_m^{2}"),
        ("sum(a_1*a_k, k)", r"a_1 + \delta_{1i} \sum_{k=1}^{n} a_k"),
        ("sum(a_1, k)", r"\delta_{1i} n"),
        ("sum(a_k*a_k, k)", "2 a_i"),
        ("sum(a_k*log(a_k), k)", r"\ln a_i + 1"),
        ("sum(y_k, k)", "0"),
        ("sum(0*a_k, k)", "0"),
        ("sum(a_k**0, k)", "0"),
        ("3", "0"),
        ("e*a_1*e", r"\delta_{1i} e^{2}"),
        ("a_1/e", r"\delta_{1i} e^{-1}"),
    ],
)
def test_a_derivative_reads_as_one_would_write_it(typed: str, derivative: str) -> None:
    assert latex(read_loss(typed).derivative) == derivative


def test_a_loss_is_kept_as_it_was_typed() -> None:
    loss = read_loss("sum(a_i*y_i, i)")
    assert loss.expression == parse("sum(a_i*y_i, i)")
    assert latex(loss.derivative) == "y_i"


def test_a_loss_knows_what_it_needs() -> None:
    assert not read_loss("sum(a_k, k)").uses_class
    assert read_loss("sum(delta_kt*a_k, k)").uses_class
    assert [read_loss(x).least_classes for x in ("sum(a_k, k)", "a_2*y_7", "delta_t3")] == [1, 7, 3]


LOG, HALVES = "log(a_1)", [0.5, 0.5]
TROUBLES: list[tuple[str, list[float], list[float], float, Trouble | None]] = [
    ("-log(a_1)", [0.0, 1.0], [1, 0], math.inf, Trouble.LOG_OF_ZERO),
    ("1/a_1", [0.0, 1.0], [1, 0], math.inf, Trouble.DIVISION_BY_ZERO),
    ("sqrt(a_1)", [0.0, 1.0], [1, 0], 0.0, Trouble.DIVISION_BY_ZERO),  # its derivative
    ("log(a_1 - a_2)", [0.25, 0.75], [1, 0], math.nan, Trouble.LOG_OF_NEGATIVE),
    ("sqrt(a_1 - a_2)", [0.25, 0.75], [1, 0], math.nan, Trouble.ROOT_OF_NEGATIVE),
    ("(a_1 - a_2)**1.5", [0.25, 0.75], [1, 0], math.nan, Trouble.ROOT_OF_NEGATIVE),
    ("exp(999*a_1)", [1.0, 0.0], [1, 0], math.inf, Trouble.OVERFLOW),
    ("(1e30*a_1 + 1)**99", [1.0, 0.0], [1, 0], math.inf, Trouble.OVERFLOW),
    ("(a_2 - 1e30*a_1)**99", [1.0, 0.0], [1, 0], -math.inf, Trouble.OVERFLOW),
    ("1e30*a_1" + "*(1e30*a_1)" * 11, [1.0, 0.0], [1, 0], math.inf, Trouble.OVERFLOW),
    ("log(a_1) - log(a_2)", [0.0, 0.0], [1, 0], math.nan, Trouble.LOG_OF_ZERO),
    ("a_1/a_2", [0.0, 0.0], [1, 0], math.nan, Trouble.DIVISION_BY_ZERO),
    ("a_1 - a_2", [math.inf, math.inf], [1, 0], math.nan, Trouble.UNDEFINED),
    ("-log(a_t)", HALVES, [0.5, 0.5], math.nan, Trouble.TARGET_NOT_ONE_CLASS),
    ("-log(a_t)", HALVES, [0, 2], math.nan, Trouble.TARGET_NOT_ONE_CLASS),
    ("a_3", HALVES, [1, 0], math.nan, Trouble.NO_SUCH_CLASS),
    ("sum(delta_k3, k)", HALVES, [1, 0], math.nan, Trouble.NO_SUCH_CLASS),
    ("-sum(y_k*log(a_k), k)", [0.0, 1.0], [0, 1], 0.0, None),
    ("-sum(log(a_k)*y_k, k)", [0.0, 1.0], [0, 1], 0.0, None),
    ("sum(y_k*log(y_k/a_k), k)", [0.0, 1.0], [0, 1], 0.0, None),
    ("sum(log(y_k)*y_k, k)", [0.0, 1.0], [0, 1], 0.0, None),
    ("sum(a_k*y_k/y_k, k)", [0.5, 0.5], [0, 1], math.nan, Trouble.DIVISION_BY_ZERO),
    ("sum(a_k*log(a_k), k)", [0.0, 1.0], [0, 1], 0.0, Trouble.LOG_OF_ZERO),  # its derivative
    ("sum(a_k*log(a_k)**2, k)", [0.0, 1.0], [0, 1], 0.0, Trouble.LOG_OF_ZERO),
    ("exp(log(a_1))", [0.0, 1.0], [1, 0], 0.0, Trouble.LOG_OF_ZERO),
    ("sum(abs(a_k - y_k), k)", [0.0, 1.0], [0, 1], 0.0, None),
]


@pytest.mark.parametrize(("typed", "a", "y", "value", "trouble"), TROUBLES)
def test_what_is_not_finite_has_a_reason(
    typed: str, a: list[float], y: list[float], value: float, trouble: Trouble | None
) -> None:
    found = read_loss(typed).at(a, y)
    assert found.value == pytest.approx(value, nan_ok=True)
    assert math.isnan(value) or math.copysign(1, found.value) == math.copysign(1, value)
    assert found.trouble == trouble
    assert (trouble is None) == all(map(math.isfinite, (found.value, *found.gradient)))


def test_every_trouble_occurs() -> None:
    assert {trouble for *_, trouble in TROUBLES} == {*Trouble, None}


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="2 probabilities, but 3 targets"):
        read_loss("a_1").value([0.5, 0.5], [0, 1, 0])


ODD = st.sampled_from([0.0, -0.0, 1.0, -1.0, 1e-320, 1e308, math.inf, -math.inf, math.nan, 0.5])
FLOATS = st.lists(ODD | st.floats(), min_size=10, max_size=10)
RANDOMS = st.randoms(use_true_random=False)


def some_loss(rng: random.Random, size: int) -> TypedLoss | None:
    try:
        return read_loss(Formulas(rng, ("a", "y"), closed=True).formula(size))
    except ParseError:
        return None


@settings(SETTINGS, max_examples=150)
@given(RANDOMS, st.integers(1, 40), st.integers(2, 10), FLOATS, FLOATS)
def test_numbers_of_any_kind_never_raise(
    rng: random.Random, size: int, classes: int, a: list[float], y: list[float]
) -> None:
    loss = some_loss(rng, size)
    if loss is None:
        return
    found = loss.at(a[:classes], y[:classes])
    assert all(isinstance(x, float) for x in (found.value, *found.gradient))
    finite = all(map(math.isfinite, (found.value, *found.gradient)))
    assert (found.trouble is None) == finite
    for x in loss.gradient([complex(x, 1e-30) for x in a[:classes]], y[:classes]):
        assert isinstance(x, float | complex)


@settings(SETTINGS, max_examples=300)
@given(RANDOMS, st.integers(2, 25), st.sampled_from(SIZES), st.integers(0, 99))
def test_the_gradient_of_a_random_loss_is_right(
    rng: random.Random, size: int, classes: int, seed: int
) -> None:
    loss = some_loss(rng, size)
    if loss is not None:
        check(loss, *numbers(classes, seed)[:2])


def check(loss: TypedLoss, a: list[float], y: list[float]) -> bool:
    """Hold the gradient beside a complex step; whether there was something to compare."""
    found = loss.at(a, y)
    if found.trouble is not None or max(map(abs, (found.value, *found.gradient))) > 1e12:
        return False
    point = Point(a, y, {"t": y.index(1) + 1})
    program(loss.expression)(point)
    if point.notes:  # finite, but by way of something infinite, as 1/(1/0)
        return False
    expected = by_complex_step(loss, a, y)
    if not all(map(math.isfinite, expected)):
        return False
    assert agree(found.gradient, expected, 1e-7), (found.gradient, expected)
    return any(found.gradient)


def test_most_random_losses_are_compared() -> None:
    rng = random.Random(1)  # noqa: S311
    losses = [some_loss(rng, rng.randint(2, 25)) for _ in range(300)]
    compared = [check(x, *numbers(3, 1)[:2]) for x in losses if x is not None]
    assert sum(compared) > 60


BROKEN: dict[str, tuple[str, Callable[..., Any]]] = {
    "delta not collapsed": ("renamed", lambda e, _index, _other: e),
    "sum dropped": ("summed", lambda term, _index, _upper: term),
    "exponent not lowered": ("raised", lambda base, _exponent: base),
    "logarithm forgotten": ("ln", lambda x: x),
    "only the first term": ("plus", lambda *terms: terms[0] if terms else Integer(0)),
    "only the last factor": ("times", lambda *factors: factors[-1]),
    "delta dropped": ("delta", lambda _p, _q: Integer(1)),
    "sign dropped": ("sign", lambda _x, **_options: Integer(1)),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, *BROKEN[name])
    a, y, _ = numbers(3, 1)
    losses = [read_loss.__wrapped__(typed) for typed in LOSSES]
    assert any(is_wrong(x, x.derivative, a, y) for x in losses)


def is_wrong(loss: TypedLoss, derivative: Expr, a: list[float], y: list[float]) -> bool:
    try:
        found = replace(loss, derivative=derivative).gradient(a, y)
    except KeyError:  # an index of a sum is left outside it
        return True
    return not agree(found, by_complex_step(loss, a, y))


@pytest.mark.parametrize("typed", LOSSES)
def test_a_derivative_that_is_slightly_wrong_is_noticed(typed: str) -> None:
    loss = read_loss(typed)
    a, y, _ = numbers(3, 1)
    assert not is_wrong(loss, loss.derivative, a, y)
    caught = set()
    for kind, _, mutant in mutants(loss.derivative, DERIVATIONS["mean_squared_error_gradient"]):
        if is_wrong(loss, mutant, a, y):
            caught.add(kind)
    assert {"factor 1.001", "sign of the line"} <= caught


@pytest.mark.parametrize("typed", LOSSES)
def test_a_value_takes_a_fraction_of_a_millisecond(typed: str) -> None:
    loss = read_loss(typed)
    a, y, _ = numbers(5, 1)
    assert seconds(lambda: loss.value(a, y)) < 0.0002
    assert seconds(lambda: loss.gradient(a, y)) < 0.001


@pytest.mark.parametrize("name", WORST)
def test_the_dearest_texts_are_answered_in_time(name: str) -> None:
    assert seconds(lambda: whole_chain(WORST[name]), times=2) < 0.3


def whole_chain(typed: str) -> None:
    """All that a page does with a text, as if for the first time."""
    with suppress(ParseError):
        parse(typed)
        loss = read_loss.__wrapped__(typed)
        program.cache_clear()
        latex(loss.expression)
        latex(loss.derivative)
        loss.at([k / 55 for k in range(1, 11)], [0.0] * 9 + [1.0])


def seconds(call: Callable[[], object], times: int = 5) -> float:
    """Return the best of several times."""
    found = []
    for _ in range(times):
        start = time.process_time()
        call()
        found.append(time.process_time() - start)
    return min(found)
