"""How lines read: as they were written, in both notations, with colours."""

import pytest
from sympy import Abs, Add, E, Eq, Function, Mul, Piecewise, Pow, Rational, Sum, Symbol, exp, sign

from derivations import DERIVATIONS, latex, text
from derivations.symbols import Partial, a, delta, g, i, j, k, l2, loss, n, w, y, z
from derivations.writing import add, frac, ln, mul, neg, power, sub, total, total_except
from tests.derivations.rule_examples import RULES

from .registry import ALL

HALF = Rational(1, 2)
SUM = r"\sum_{k=1}^{n} e^{z_k}"
BELOW = rf"\left({SUM}\right)^{{2}}"

LATEX = [
    ("softmax_jacobian", 0, r"\frac{\partial a_i}{\partial z_j}"),
    ("softmax_jacobian", 1, rf"\frac{{\partial}}{{\partial z_j}} \frac{{e^{{z_i}}}}{{{SUM}}}"),
    (
        "softmax_jacobian",
        3,
        r"\frac{\frac{\partial g}{\partial z_j} h - g \frac{\partial h}{\partial z_j}}{h^{2}}",
    ),
    (
        "softmax_jacobian",
        4,
        (
            rf"\frac{{\frac{{\partial e^{{z_i}}}}{{\partial z_j}} {SUM} "
            rf"- e^{{z_i}} \frac{{\partial}}{{\partial z_j}} {SUM}}}{{{BELOW}}}"
        ),
    ),
    (
        "softmax_jacobian",
        12,
        r"\begin{cases} a_i (1 - a_i) & i = j \\ -a_i a_j & i \neq j \end{cases}",
    ),
    ("softmax_jacobian", 13, r"a_i (\delta_{ij} - a_j)"),
    (
        "cross_entropy_gradient",
        6,
        (
            r"-\frac{y_i}{a_i} a_i (1 - a_i) + "
            r"\sum_{j \neq i} \left(-\frac{y_j}{a_j}\right) (-a_j a_i)"
        ),
    ),
    ("cross_entropy_gradient", 10, r"a_i \sum_{j=1}^{n} y_j - y_i"),
    ("cross_entropy_gradient", 11, r"a_i - y_i"),
    (
        "mean_squared_error_gradient",
        9,
        r"\frac{2 a_i}{n} \left((a_i - y_i) - \sum_{k=1}^{n} a_k (a_k - y_k)\right)",
    ),
    ("shift_invariance", 0, "a_i(z + c)"),
    ("shift_invariance", 1, r"\frac{e^{z_i + c}}{\sum_{k=1}^{n} e^{z_k + c}}"),
    ("temperature_gradient", 5, r"\frac{1}{T} a_i (\delta_{ij} - a_j)"),
    ("sigmoid_as_two_classes", 6, r"\frac{1}{1 + e^{-(z_1 - z_2)}}"),
    ("layer_gradient", 6, r"\frac{\partial L}{\partial z_k} o_d"),
    (
        "batch_mean_gradient",
        7,
        r"\frac{1}{N} \sum_{s=1}^{N} (a_{sk} - y_{sk}) o_{sd} + \lambda w_{kd}",
    ),
    ("cross_entropy_hessian", 0, r"\frac{\partial^{2} L}{\partial z_i \, \partial z_j}"),
    ("cross_entropy_convexity", 8, r"\sum_{i=1}^{n} a_i (v_i - \mu)^{2}"),
]


@pytest.mark.parametrize(
    ("name", "place", "expected"), LATEX, ids=[f"{x}-{y}" for x, y, _ in LATEX]
)
def test_key_lines_in_latex(name: str, place: int, expected: str) -> None:
    assert latex(ALL[name].lines[place]) == expected


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("softmax_jacobian", 0, "∂a_i/∂z_j"),
        ("softmax_jacobian", 1, "∂/∂z_j (exp(z_i)/(Σ_(k=1..n) exp(z_k)))"),
        ("softmax_jacobian", 12, "{ a_i (1 - a_i) [i = j]; -a_i a_j [i ≠ j] }"),
        ("softmax_jacobian", 13, "a_i (δ_ij - a_j)"),
        ("log_softmax_gradient", 0, "∂(ln a_i)/∂z_j"),
        ("cross_entropy_gradient", 1, "Σ_(j=1..n) (∂L/∂a_j) (∂a_j/∂z_i)"),
        ("cross_entropy_hessian", 0, "∂²L/∂z_i∂z_j"),
        ("cross_entropy_convexity", 8, "Σ_(i=1..n) a_i (v_i - μ)²"),
        ("batch_mean_gradient", 4, "(1/N) Σ_(s=1..N) ∂L_s/∂w_kd + (λ/2) · 2 w_kd"),
    ],
)
def test_key_lines_in_plain_text(name: str, place: int, expected: str) -> None:
    assert text(ALL[name].lines[place]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (add(z[j], z[i]), "z_j + z_i"),
        (sub(z[j], sub(z[i], z[k])), "z_j - (z_i - z_k)"),
        (sub(z[j], neg(z[i])), "z_j - (-z_i)"),
        (add(z[j], neg(z[i])), "z_j - z_i"),
        (add(z[j], mul(neg(z[i]), z[k])), "z_j - z_i z_k"),
        (neg(sub(z[i], z[j])), "-(z_i - z_j)"),
        (mul(z[i], neg(z[j])), "z_i (-z_j)"),
        (mul(total(z[k], k), z[i]), r"\left(\sum_{k=1}^{n} z_k\right) z_i"),
        (mul(ln(a[i]), z[i]), r"(\ln a_i) z_i"),
        (mul(z[i], ln(a[i])), r"z_i \ln a_i"),
        (ln(frac(1, n)), r"\ln \left(\frac{1}{n}\right)"),
        (total(sub(z[k], y[k]), k), r"\sum_{k=1}^{n} (z_k - y_k)"),
        (total(neg(z[k]), k), r"\sum_{k=1}^{n} (-z_k)"),
        (total_except(mul(z[k], y[k]), k, i), r"\sum_{k \neq i} z_k y_k"),
        (mul(1 - delta(i, j), z[i]), r"(1 - \delta_{ij}) z_i"),
        (power(sub(z[i], z[j]), 2), "(z_i - z_j)^{2}"),
        (power(exp(z[i]), 2), "(e^{z_i})^{2}"),
        (frac(mul(a[i], y[i]), a[i]), r"\frac{a_i y_i}{a_i}"),
        (frac(frac(1, n), a[i]), r"\frac{\frac{1}{n}}{a_i}"),
        (mul(frac(l2, 2), 2, w[k, 1]), r"\frac{\lambda}{2} \cdot 2 w_{k1}"),
        (w[11, 2], "w_{11,2}"),
        (Rational(-3, 4) * z[i], r"-\frac{3}{4} z_i"),
        (2 * a[i] / n, r"\frac{2 a_i}{n}"),
        (Pow(a[i], -2), r"\frac{1}{a_i^{2}}"),
        (Partial(mul(g[k], a[k]), a[k]), r"\frac{\partial}{\partial a_k} (g_k a_k)"),
        (power(power(a[i], 2), 3), "(a_i^{2})^{3}"),
        (power(Rational(1, 2), 2), r"\left(\frac{1}{2}\right)^{2}"),
        (power(-1, 2), "(-1)^{2}"),
        (power(a[i], neg(y[i])), r"\frac{1}{a_i^{y_i}}"),
        (power(a[i], HALF), r"\sqrt{a_i}"),
        (power(a[i], -HALF), r"\frac{1}{\sqrt{a_i}}"),
        (power(a[i], 3 * HALF), r"a_i^{\frac{3}{2}}"),
        (power(Abs(z[i]), 2), r"\lvert z_i \rvert^{2}"),
        (Abs(frac(1, n), evaluate=False), r"\left\lvert \frac{1}{n} \right\rvert"),
        (mul(2, sign(z[i])), r"2 \operatorname{sign} (z_i)"),
        (power(sign(z[i]), 2), r"(\operatorname{sign} (z_i))^{2}"),
        (mul(Rational(1, 10), a[i]), "0.1 a_i"),
        (Rational(-5, 4), r"-\frac{5}{4}"),
        (Rational(-41, 20), "-2.05"),
        (Rational(1, 30), r"\frac{1}{30}"),
        (add(a[i], Rational(1, 10**9)), "a_i + 10^{-9}"),
        (power(Rational(3, 10**9), 2), r"(3 \cdot 10^{-9})^{2}"),
        (Rational(1234, 10**9), r"1.234 \cdot 10^{-6}"),
        (mul(E, a[i]), "e a_i"),
        (Piecewise((z[i], Eq(i, j)), (z[k], Eq(i, k)), (z[j], True)), None),
    ],
    ids=str,
)
def test_brackets_and_signs(line: object, expected: str | None) -> None:
    cases = r"\begin{cases} z_i & i = j \\ z_k & i = k \\ z_j & i \neq j, i \neq k \end{cases}"
    assert latex(line) == (cases if expected is None else expected)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (power(a[i], HALF), "√(a_i)"),
        (Abs(sub(a[i], y[i]), evaluate=False), "|a_i - y_i|"),
        (sign(z[i]), "sign(z_i)"),
        (power(a[i], sub(y[i], 1)), "a_i^(y_i - 1)"),
        (power(a[i], -3), "1/a_i^3"),
        (Rational(1, 10**9), "10^-9"),
    ],
    ids=str,
)
def test_roots_and_powers_in_plain_text(line: object, expected: str) -> None:
    assert text(line) == expected


def test_colours_wrap_quantities_with_their_indices() -> None:
    colours = {"a": "#112233", "z": "#abc", "L": "#ABCDEF"}
    assert latex(mul(a[i], z[j]), colours=colours) == (
        r"\textcolor{#112233}{a_i} \textcolor{#abc}{z_j}"
    )
    found = latex(Partial(loss, z[i]), colours=colours)
    assert found == (r"\frac{\partial \textcolor{#ABCDEF}{L}}{\partial \textcolor{#abc}{z_i}}")
    plain = latex(DERIVATIONS["softmax_jacobian"].lines[4])
    coloured = latex(DERIVATIONS["softmax_jacobian"].lines[4], colours={"z": "#abc"})
    assert coloured.count(r"\textcolor{#abc}{z_") == plain.count("z_")


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "#123456}{x"])
def test_only_hex_colours_are_taken(colour: str) -> None:
    with pytest.raises(ValueError, match="no hex colour"):
        latex(a[i], colours={"a": colour})


def test_what_has_no_notation_is_refused() -> None:
    with pytest.raises(TypeError, match="no notation for f"):
        latex(Function("f")(Symbol("x")))


LINES = [x for one in (*ALL.values(), *RULES.values()) for x in one.lines]


@pytest.mark.parametrize("line", LINES, ids=text)
def test_every_line_prints_with_balanced_brackets(line: object) -> None:
    found = latex(line)
    assert found.count("{") == found.count("}")
    assert found.count(r"\left(") == found.count(r"\right)")
    assert found.count("(") == found.count(")")
    assert r"\text" not in found
    assert "--" not in found
    assert "+ -" not in found
    shown = text(line)
    assert shown.count("(") == shown.count(")")
    assert not set(shown) & {"\\", "#"}


def test_lines_are_kept_as_written() -> None:
    # What SymPy would have cancelled or sorted by itself.
    cancelled = DERIVATIONS["cross_entropy_gradient"].lines[6]
    assert Mul(*cancelled.args[0].args) != cancelled.args[0]
    first, second = DERIVATIONS["cross_entropy_one_hot"].result.args
    assert (first, second) == (a[i], -delta(i, DERIVATIONS["cross_entropy_one_hot"].indices[0]))
    assert isinstance(Add(first, second), Add)
    assert isinstance(DERIVATIONS["logsumexp_gradient"].lines[1].args[0].args[1].base, Sum)
