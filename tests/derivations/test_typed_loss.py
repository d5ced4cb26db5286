"""What is told of a typed loss: how it reads, why it has no value; never a crash, nor much work."""

import math
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations import ParseError, Trouble, latex, parse, read_loss
from derivations.typed.float_program import program
from tests.calls import calls_again

from .formulas import some_loss
from .losses import LOSSES
from .worst import WORST

SETTINGS = settings.get_profile("derivations")


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


HALVES = [0.5, 0.5]
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
    ("a_1/a_2", [0.0, 0.0], [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("0/(a_1 - a_1) + a_2", [0.25, 0.75], [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("0/(a_1 - a_2)", HALVES, [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("(a_1 - a_2)/(a_1 - a_2)", HALVES, [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("y_2/(a_1 - a_2) + a_1", HALVES, [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("0*(1 + 1/(a_1 - a_1))", HALVES, [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("0/sqrt(a_1 - a_2)", HALVES, [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("0/sum(a_k - a_1, k)", HALVES, [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("(n - 2)/(a_1 - a_1)", HALVES, [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("sum(0/(a_k - a_1), k)", [0.25, 0.75], [1, 0], math.nan, Trouble.ZERO_OVER_ZERO),
    ("1/(1/(a_1 - a_1)) + a_2", HALVES, [1, 0], math.nan, Trouble.DIVISION_BY_ZERO),
    ("exp(-1/(a_1 - a_2)**2)", HALVES, [1, 0], math.nan, Trouble.DIVISION_BY_ZERO),
    ("0/a_2 + y_2/a_2 + a_1", [1.0, 0.0], [1, 0], 1.0, None),
    ("sum((1 - delta_kt)/(a_k - a_t), k)", [0.25, 0.75], [1, 0], 2.0, None),
    ("a_1 - a_2", [math.inf, math.inf], [1, 0], math.nan, Trouble.UNDEFINED),
    ("-log(a_t)", HALVES, [0.5, 0.5], math.nan, Trouble.TARGET_NOT_ONE_CLASS),
    ("-log(a_t)", HALVES, [0, 2], math.nan, Trouble.TARGET_NOT_ONE_CLASS),
    ("a_3", HALVES, [1, 0], math.nan, Trouble.NO_SUCH_CLASS),
    ("sum(delta_k3, k)", HALVES, [1, 0], math.nan, Trouble.NO_SUCH_CLASS),
    ("-sum(y_k*log(a_k), k)", [0.0, 1.0], [0, 1], 0.0, None),
    ("-sum(log(a_k)*y_k, k)", [0.0, 1.0], [0, 1], 0.0, None),
    ("sum(y_k*log(y_k/a_k), k)", [0.0, 1.0], [0, 1], 0.0, None),
    ("sum(log(y_k)*y_k, k)", [0.0, 1.0], [0, 1], 0.0, None),
    ("sum(a_k*y_k/y_k, k)", [0.5, 0.5], [0, 1], math.nan, Trouble.ZERO_OVER_ZERO),
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


@settings(SETTINGS, max_examples=150)
@given(st.randoms(use_true_random=False), st.integers(1, 40), st.integers(2, 10), FLOATS, FLOATS)
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


@pytest.mark.parametrize("typed", LOSSES)
def test_a_value_is_little_work(typed: str) -> None:
    loss = read_loss(typed)
    a, y = [0.1, 0.2, 0.3, 0.15, 0.25], [0.0, 1.0, 0.0, 0.0, 0.0]
    assert calls_again(lambda: loss.value(a, y)) < 1_500
    assert calls_again(lambda: loss.gradient(a, y)) < 4_000


@pytest.mark.parametrize("name", WORST)
def test_the_dearest_texts_are_little_work(name: str) -> None:
    assert calls_again(lambda: whole_chain(WORST[name])) < 1_500_000  # 0.1 s


def whole_chain(typed: str) -> None:
    """All that a page does with a text, as if for the first time."""
    with suppress(ParseError):
        parse(typed)
        loss = read_loss.__wrapped__(typed)
        program.cache_clear()
        latex(loss.expression)
        latex(loss.derivative)
        loss.at([k / 55 for k in range(1, 11)], [0.0] * 9 + [1.0])
