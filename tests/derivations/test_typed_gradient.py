"""The gradient of a typed loss beside mpmath, SymPy and a complex step; wrong ones are noticed."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf
from sympy import Add, Expr, Indexed, Integer, KroneckerDelta, Sum, Symbol, diff

import derivations.typed.loss_gradient as engine
from core import LOSSES as CORE
from derivations import DERIVATIONS, TypedLoss, read_loss
from derivations.symbols import n
from derivations.typed.float_point import Point
from derivations.typed.float_program import program

from .formulas import some_loss
from .losses import LOSSES
from .mutants import mutants

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


@settings(SETTINGS, max_examples=300)
@given(
    st.randoms(use_true_random=False),
    st.integers(2, 25),
    st.sampled_from(SIZES),
    st.integers(0, 99),
)
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
