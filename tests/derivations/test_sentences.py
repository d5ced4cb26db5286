"""Formulas inside sentences: what becomes of them, and of what only looks like one."""

import random

import pytest

from derivations.printing.sentences import in_latex, in_text

from .prose import LANGUAGES, QUESTIONS, SENTENCES, TITLES
from .typesetting import typeset

NO_FORMULAS = [
    "$",
    "$$",
    "$ $",
    "$x",
    "$x$ $",
    "$x_$",
    "$_x$",
    "$ ^2$",
    "$a_i_j$",
    "$f^2'$",
    "$f'^2$",
    "$'$",
    "$a}$",
    "${a$",
    "$x^{2$ }$",
    r"$\frac{a}$",
    r"$\frac$",
    r"$\left(a$",
    r"$\left(a\right$",
    r"$\left a\right)$",
    r"$a\right)$",
    r"$\unknown$",
    r"$a\$",
    "$a%b$",
    "$a&b$",
    "$#1$",
    "$a_^2$",
    "$δ$",
    "$中$",
]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a_i", "a_i"),
        ("w_{kd}", "w_kd"),
        ("z_{i+1}", "z_(i+1)"),
        (r"\delta_{ij}", "δ_ij"),
        (r"\mu^2", "μ²"),
        ("v_i^2", "v_i²"),
        ("v^2_i", "v²_i"),
        ("x^n", "x^n"),
        ("x^{n + 1}", "x^(n + 1)"),
        ("e^{z_k + c}", "exp(z_k + c)"),
        ("e ^ c", "exp(c)"),
        (r"\ln e^{z_i} = z_i", "ln exp(z_i) = z_i"),
        (r"\sum_k y_k = 1", "Σ_k y_k = 1"),
        (r"\sum_{k=1}^{n} e^{z_k}", "Σ_(k=1..n) exp(z_k)"),
        (r"\sum_{j \neq i} a_j", "Σ_(j ≠ i) a_j"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac12", "1/2"),
        (r"\frac{g' h - g h'}{h^2}", "(g' h - g h')/h²"),
        (r"\frac{a}{b c}", "a/(b c)"),
        (r"\left(\frac{g}{h}\right)'", "(g/h)'"),
        ("f''", "f''"),
        ("f'_i", "f'_i"),
        (r"\partial L / \partial a_k", "∂L / ∂a_k"),
        (r"\frac{\partial^2 L}{\partial z_i \partial z_j}", "∂²L/(∂z_i ∂z_j)"),
        (r"(\partial L / \partial z_k) \, o_d", "(∂L / ∂z_k) o_d"),
        (r"2 \cdot 3", "2 · 3"),
        ("a_i > 0", "a_i > 0"),
    ],
)
def test_formulas_become_text(formula: str, expected: str) -> None:
    assert in_text(f"So ${formula}$, and\n${formula}$.") == f"So {expected}, and {expected}."
    assert in_latex(f"5 % ${formula}$") == rf"5 \% ${formula}$"


@pytest.mark.parametrize("sentence", NO_FORMULAS)
def test_what_is_no_formula_is_prose(sentence: str) -> None:
    assert in_text(sentence) == sentence
    assert in_latex(sentence).count("$") == in_latex(sentence).count(r"\$") == sentence.count("$")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_formula_of_the_project_is_understood(language: str) -> None:
    sections = SENTENCES[language], TITLES[language], QUESTIONS[language]
    for sentence in (x for section in sections for x in section.values()):
        assert not {"$", "\\"} & set(in_text(sentence)), sentence
        assert r"\$" not in in_latex(sentence), sentence


def test_whatever_the_sentence_it_compiles() -> None:
    rng = random.Random(7)  # noqa: S311
    pieces = [*"aab1_^{}'' (-+=%&#~|\\", "_{a}", "^{b}", "^2", r"\sum ", r"\,", r"\frac{a}{"]
    pieces += [r"\frac1", r"\left(", r"\right)", r"\right|", r"\partial ", r"\mu"]
    inner = ["".join(rng.choices(pieces, k=rng.randint(1, 8))) for _ in range(10_000)]
    formulas = [x for x in (in_latex(f"${x}$") for x in inner) if r"\$" not in x]
    assert len(formulas) > 500
    for piece in ("_{", "^{", "'", r"\frac", r"\left", r"\,"):
        assert sum(piece in x for x in formulas) > 10, piece
    sentences = [*inner[:500], *NO_FORMULAS[:-2]]
    made = [*formulas, *map(in_latex, sentences)]
    body = "\n\n".join(f"x{x}" for x in made)
    typeset(
        "% compile with pdflatex\n\\documentclass{article}\n\\usepackage[T1]{fontenc}\n"
        f"\\usepackage{{amsmath}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
    )
