"""Whole derivations as LaTeX, Markdown and plain text."""

import re

import pytest

from derivations import DERIVATIONS, facts, latex, text, to_latex, to_markdown, to_text

from .prose import LANGUAGES, SENTENCES, TITLES
from .registry import ALL
from .typesetting import typeset

TRICKY = "% of $x_i$ & {y} #1 ~ ^ \\\n\nx"
UNPAIRED = "It costs 5 $, or with $x_i$ more"


def unescaped(document: str, mark: str) -> int:
    return len(re.findall(rf"(?<!\\){re.escape(mark)}", document))


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_latex_document_is_whole(name: str) -> None:
    derivation = DERIVATIONS[name]
    document = to_latex(derivation)
    assert document.startswith("% compile with pdflatex\n\\documentclass{article}\n")
    assert document.endswith("\\end{document}\n")
    assert document.isascii()
    assert unescaped(document, "{") == unescaped(document, "}")
    begun, ended = (re.findall(rf"\\{x}{{(\w+\*?)}}", document) for x in ("begin", "end"))
    assert sorted(begun) == sorted(ended)
    for one in derivation.family:
        for line in one.lines:
            assert latex(line) in document
        for step in one.steps:
            assert f"\\intertext{{{step.rule.replace('_', ' ')}}}" in document
    # A blank line inside align is an error.
    for block in re.findall(r"\\begin{align\*}.*?\\end{align\*}", document, flags=re.DOTALL):
        assert "\n\n" not in block


@pytest.mark.parametrize("name", DERIVATIONS)
def test_markdown_and_text_hold_every_line_and_reason(name: str) -> None:
    derivation = DERIVATIONS[name]
    markdown, plain = to_markdown(derivation), to_text(derivation)
    assert markdown.count("$$") % 2 == 0
    place = 0
    for one in derivation.family:
        for number, step in enumerate(one.steps, start=1):
            reason = step.rule.replace("_", " ")
            place = markdown.index(
                f"**{number}.** {reason}\n\n$$\n= {latex(step.after)}\n$$", place
            )
            assert f"  = {text(step.after)}    [{reason}]\n" in plain
    assert "\\" not in plain


def test_sentences_and_titles_replace_ids() -> None:
    derivation = DERIVATIONS["softmax_jacobian"]
    words = {"quotient_rule": "Die Quotientenregel."}
    titles = {"softmax_jacobian": "Softmax, abgeleitet"}
    for export in (to_latex, to_markdown, to_text):
        found = export(derivation, words, titles=titles)
        assert "Die Quotientenregel." in found
        assert "quotient rule" not in found
        assert "Softmax, abgeleitet" in found
        assert "kronecker form" in found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            TRICKY,
            r"\% of $x_i$ \& \{y\} \#1 \textasciitilde{} \textasciicircum{} \textbackslash{} x",
        ),
        (UNPAIRED, r"It costs 5 \$, or with \$x\_i\$ more"),
    ],
)
def test_prose_is_escaped_and_stays_in_its_line(words: str, expected: str) -> None:
    derivation = DERIVATIONS["logsumexp_gradient"]
    titles = {derivation.id: words, "given": words}
    found = to_latex(derivation, {"as_probability": words}, titles=titles)
    assert f"\\intertext{{{expected}}}" in found
    assert f"\\section*{{{expected}}}\n\\noindent {expected}\n" in found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DERIVATIONS)
def test_formulas_of_the_own_sentences(name: str, language: str) -> None:
    sentences, titles = SENTENCES[language], TITLES[language]
    derivation = DERIVATIONS[name]
    document, markdown, plain = (
        export(derivation, sentences, titles=titles) for export in (to_latex, to_markdown, to_text)
    )
    assert not {"$", "\\"} & set(plain)
    assert r"\$" not in document
    for one in derivation.family:
        assert all(sentences[step.rule] in markdown for step in one.steps)
        for step in one.steps:
            for formula in re.findall(r"\$.+?\$", sentences[step.rule]):
                assert formula in document
    engine = {"en": "pdflatex", "zh": "xelatex"}[language]
    assert document.startswith(f"% compile with {engine}\n")
    assert ("ctexart" in document) == (language == "zh")


def test_one_chinese_word_is_enough_to_need_another_class() -> None:
    derivation = DERIVATIONS["shift_invariance"]
    for changed in (
        to_latex(derivation, {"cancel": "约分"}),
        to_latex(derivation, titles={"shift_invariance": "平移"}),
        to_latex(derivation, titles={"given": "已知"}),
    ):
        assert changed.startswith("% compile with xelatex\n\\documentclass{ctexart}\n")


def test_what_is_given_is_headed_where_there_is_a_title_for_it() -> None:
    derivation, titles = DERIVATIONS["shift_invariance"], {"given": "Given"}
    fact = derivation.definitions[0]
    assert f"\n\\noindent Given\n\\begin{{gather*}}\n  {latex(fact)}\n" in to_latex(
        derivation, titles=titles
    )
    assert f"\n\nGiven\n\n$$\n{latex(fact)}\n$$" in to_markdown(derivation, titles=titles)
    assert f"\nGiven\n    {text(fact)}\n" in to_text(derivation, titles=titles)
    assert "given" not in to_text(derivation).lower()


def test_companions_and_the_conclusion_are_part_of_it() -> None:
    hessian = DERIVATIONS["cross_entropy_hessian"]
    assert r"&\ge 0" in to_latex(hessian)
    assert "cross entropy convexity" in to_text(hessian)
    assert "≥ 0" in to_text(hessian)
    assert "$$\n\\ge 0\n$$" in to_markdown(hessian)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_documents_compile(language: str) -> None:
    sentences, titles = SENTENCES[language], TITLES[language]
    typeset(*(to_latex(one, sentences, titles=titles) for one in DERIVATIONS.values()))


@pytest.mark.parametrize("word", ["", "中"])
def test_tricky_words_compile(word: str) -> None:
    derivation = DERIVATIONS["cross_entropy_hessian"]
    documents = []
    for words in (TRICKY + word, UNPAIRED + word):
        rules = dict.fromkeys((x.rule for x in derivation.steps), words)
        titles = {derivation.id: words, "given": words}
        documents.append(to_latex(derivation, rules, titles=titles))
    typeset(*documents)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("layer_gradient", ["z_k"]),
        ("upstream_gradient", ["g_k", "a_i"]),
        ("cross_entropy_gradient", ["L", "a_i", "Σ_(k=1..n) y_k"]),
        ("softmax_jacobian", ["a_i", "g", "h"]),
        ("temperature_gradient", ["a_i", "u_k"]),
        ("batch_mean_gradient", ["L", "L_s", "a_sk", "z_sk", "Σ_(k=1..n) y_sk"]),
    ],
)
def test_only_what_the_lines_need_is_given(name: str, letters: list[str]) -> None:
    assert [text(fact.args[0]) for fact in facts(ALL[name])] == letters
