"""Printed formulas, LaTeX and plain text, are read back as what they were printed from."""

import math
import random
from collections.abc import Callable

import pytest

from derivations import DERIVATIONS, ParseError, evaluate, latex, parse, read_loss, text

from .formulas import some_loss
from .losses import LOSSES
from .registry import flat, numbers_for

COLOURS = {"a": "#A3487D", "y": "#123456", "L": "#abc"}
PRINTERS: dict[str, Callable[[object], str]] = {
    "text": text,
    "LaTeX": latex,
    "coloured": lambda e: latex(e, colours=COLOURS),
    "dotted": lambda e: latex(e, dots=True),
    "as an equation": lambda e: "L &= " + latex(e),
    "in dollars": lambda e: f"${latex(e)}$",
    "in display": lambda e: rf"\[ L(a, y) = {latex(e)} \]",
}
# As people write them, with what they mean.
READ: list[tuple[str, str]] = [
    (r"-\log a_t", "-log(a_t)"),
    (r"-\ln a_t", "-ln(a_t)"),
    (r"-\log(a_t)", "-log(a_t)"),
    (r"-\log{a_t}", "-log(a_t)"),
    (r"- \log \left( a_t \right)", "-log(a_t)"),
    (r"-\log\bigl(a_{t}\bigr)", "-log(a_t)"),
    (r"-\mathrm{log}\,a_t", "-log(a_t)"),
    (r"-\operatorname{ln} a_t", "-ln(a_t)"),
    (r"\mathcal{L} = -\log a_t", "-log(a_t)"),
    (r"$$\ell(a, y) = -\log a_t$$", "-log(a_t)"),
    ("-ln a_t", "-ln(a_t)"),
    (r"1 - a\_t", "1 - a_t"),
    (r"(1 - a_{t})^{2}", "(1 - a_t)**2"),
    (r"\left(1-a_t\right)^2", "(1 - a_t)**2"),
    (r"a_{t}^{-1}", "a_t**(-1)"),
    ("a_{t}²", "a_t**2"),
    (r"e^{a_t}", "e**a_t"),
    (r"\mathrm{e}^{-a_t}", "e**(-a_t)"),
    (r"\exp(-a_t)", "exp(-a_t)"),
    (r"\exp\left\{-a_t\right\}", "exp(-a_t)"),
    (r"\ln^2 a_t", "ln(a_t)**2"),
    (r"\ln a_t^2", "ln(a_t**2)"),
    (r"\ln(a_t)^2", "ln(a_t)**2"),
    (r"\sqrt{a_t}", "sqrt(a_t)"),
    (r"\sqrt[3]{a_t}", "a_t**(1/3)"),
    (r"\sqrt2 a_t", "sqrt(2)*a_t"),
    (r"\frac{a_1}{a_2}", "a_1/a_2"),
    (r"\dfrac{1}{2} a_t", "1/2*a_t"),
    (r"\frac12 a_t", "1/2*a_t"),
    (r"a_1 \cdot a_2 \times a_t", "a_1*a_2*a_t"),
    (r"a_1 \div a_2", "a_1/a_2"),
    (r"2 a_1 (1 - a_1)", ""),  # offered only
    (r"2 a_1 \left(1 - a_1\right)", "2*a_1*(1 - a_1)"),
    (r"\left|a_1 - a_2\right|", "abs(a_1 - a_2)"),
    (r"\lvert a_1 - a_2 \rvert + \vert a_1 \vert", "abs(a_1 - a_2) + abs(a_1)"),
    (r"\sum_k a_k", "sum(a_k, k)"),
    (r"\sum_{k} a_k^2", "sum(a_k**2, k)"),
    (r"\sum_{k=1}^{n} a_k y_k", "sum(a_k*y_k, k)"),
    (r"\sum^n_{k=1} a_ky_k", "sum(a_k*y_k, k)"),
    (r"\sum\limits_{k=1}^n\left|a_k-y_k\right|", "sum(abs(a_k - y_k), k)"),
    (r"\sum_{k \neq t} a_k", "sum((1 - delta_kt)*a_k, k)"),
    (r"\sum_k a_k + a_1", "sum(a_k, k) + a_1"),
    (r"\sum_k -y_k \ln a_k", "sum(-y_k*ln(a_k), k)"),
    (r"\sum_i \sum_j a_i a_j", "sum(sum(a_i*a_j, j), i)"),
    (r"\log \sum_k e^{a_k}", "log(sum(e**a_k, k))"),
    (r"\frac{1}{n} \sum_{i=1}^{n} (y_i - a_i)^2", "1/n*sum((y_i - a_i)**2, i)"),
    (
        r"-\sum_{k=1}^{n}\left[y_k\ln a_k+(1-y_k)\ln(1-a_k)\right]",
        "-sum(y_k*ln(a_k) + (1 - y_k)*ln(1 - a_k), k)",
    ),
    (r"\sum_k \delta_{kt} a_k", "sum(delta_kt*a_k, k)"),
    ("Σ_(k=1..n) (a_k - y_k)²", "sum((a_k - y_k)**2, k)"),
    ("Σₖ aₖ yₖ", "sum(a_k*y_k, k)"),
    ("∑_k |a_k − y_k|", "sum(abs(a_k - y_k), k)"),
    (r"sum(y_k \ln a_k, k)", "sum(y_k*ln(a_k), k)"),
]
# Two meanings, or none.
AMBIGUOUS: list[tuple[str, str, int]] = [
    (r"\log a_t y_t", "function_brackets", 0),
    ("ln a_t/n", "function_brackets", 0),
    (r"\ln 2 a_t", "function_brackets", 0),
    (r"\sum_{k=0}^{n-1} a_k", "sum_index", 4),
    (r"\sum_{k=1}^{C} a_k", "sum_index", 4),
    (r"\sum_{k=2}^{n} a_k", "sum_index", 4),
    (r"\sum a_k", "sum_index", 5),
    (r"\frac{a_1}{a_2", "bracket_open", 10),
    (r"\frac{a_1}", "incomplete", 9),
    (r"\frac{a_1}{}", "bracket_extra", 11),
    (r"\left(a_1", "bracket_open", 5),
    (r"a_1 \foo a_2", "unknown_name", 4),
    (r"\alpha_t", "unknown_name", 0),
    (r"\max(a_1, a_2)", "unknown_name", 0),
    (r"\log_2 a_t", "unknown_character", 4),
    (r"\frac{a_1 * * 2}{2}", "operand_missing", 12),
    (r"\ln a_1 3", "function_brackets", 0),
    (r"\exp(a_1) 3", "operator_missing", 10),
    (r"\lVert a_1 \rVert", "unknown_name", 0),
    (r"\hat{y}_k", "unknown_name", 0),
    ("\\ln " * 100 + "a_t", "too_deep", 128),
    ("\\ln^{" * 60 + "2", "too_deep", 164),
    ("\\sqrt[" * 80, "too_deep", 96),
    ("{" * 300 + "\\ln", "too_deep", 32),
    ("\\frac11" * 70, "too_many_parts", 231),
]


@pytest.mark.parametrize("printer", PRINTERS)
@pytest.mark.parametrize("typed", LOSSES)
def test_what_is_printed_is_read_back(typed: str, printer: str) -> None:
    """Brackets that only keep order may be gone, so values are compared, too."""
    loss = read_loss(typed)
    shown = PRINTERS[printer](loss.expression)
    if parse(typed) == _read(shown):
        return
    a, y = [0.2, 0.5, 0.3], [0.0, 1.0, 0.0]
    again = read_loss(_taken(shown))
    assert again.value(a, y) == pytest.approx(loss.value(a, y), rel=1e-14, abs=1e-15)
    assert again.gradient(a, y) == pytest.approx(loss.gradient(a, y), rel=1e-12, abs=1e-13)


def _taken(shown: str) -> str:
    """The text, or what is offered in its place, where nothing shows that it was printed."""
    try:
        parse(shown)
    except ParseError as error:
        if error.instead is None:
            raise
        return error.instead
    return shown


def _read(shown: str) -> object:
    return parse(_taken(shown))


@pytest.mark.parametrize(("typed", "means"), READ, ids=[x for x, _ in READ])
def test_latex_as_people_write_it(typed: str, means: str) -> None:
    if not means:
        with pytest.raises(ParseError) as caught:
            parse(typed)
        assert caught.value.instead is not None
        assert parse(caught.value.instead) == parse("2*a_1*(1 - a_1)")
        return
    found, expected = read_loss(typed), read_loss(means)
    for a, y in (([0.2, 0.5, 0.3], [0.0, 1.0, 0.0]), ([0.6, 0.3, 0.1], [1.0, 0.0, 0.0])):
        assert found.value(a, y) == pytest.approx(expected.value(a, y), rel=1e-15)
        assert found.gradient(a, y) == pytest.approx(expected.gradient(a, y), rel=1e-14)


@pytest.mark.parametrize(
    ("typed", "reason", "place"), AMBIGUOUS, ids=[x[:30] for x, *_ in AMBIGUOUS]
)
def test_what_could_mean_two_things_is_refused_at_its_place(
    typed: str, reason: str, place: int
) -> None:
    with pytest.raises(ParseError) as caught:
        read_loss(typed)
    assert (caught.value.reason, caught.value.position) == (reason, place)
    assert caught.value.instead is None
    assert str(caught.value).isprintable()


def test_lines_of_the_derivations_are_read_back() -> None:
    """Those without derivatives, cases and letters that a learner has not."""
    read = 0
    for name in ("softmax_jacobian", "cross_entropy_gradient", "mean_squared_error_gradient"):
        derivation, numbers = DERIVATIONS[name], numbers_for(name, 1)
        for place, line in enumerate(derivation.lines):
            for shown in (text(line), latex(line)):
                try:
                    again = _read(shown)
                except ParseError:
                    continue
                read += 1
                found = flat(evaluate(derivation, again, **numbers))  # type: ignore[arg-type]
                assert found == pytest.approx(flat(evaluate(derivation, place, **numbers))), shown
    assert read > 20


def test_random_losses_are_read_back() -> None:
    rng, read = random.Random(3), 0  # noqa: S311
    a, y = [0.2, 0.5, 0.3], [0.0, 1.0, 0.0]
    for _ in range(400):
        loss = some_loss(rng, rng.randint(1, 20))
        value = math.nan if loss is None else loss.value(a, y)
        if loss is None or not math.isfinite(value):
            continue
        for shown in (latex(loss.expression), text(loss.expression)):
            try:
                again = read_loss(_taken(shown))
            except ParseError:  # brackets and numbers within bounds before may not be after
                continue
            read += 1
            assert again.value(a, y) == pytest.approx(value, rel=1e-9), shown
    assert read > 300
