"""Whole derivations as LaTeX, Markdown and plain text."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from derivations import DERIVATIONS, latex, text, to_latex, to_markdown, to_text

TRICKY = "100 % of $x_i$ & {y} #1 ~ ^ \\ end\n\nnew"


def unescaped(document: str, mark: str) -> int:
    return len(re.findall(rf"(?<!\\){re.escape(mark)}", document))


@pytest.mark.parametrize("name", DERIVATIONS)
def test_the_latex_document_is_whole(name: str) -> None:
    derivation = DERIVATIONS[name]
    document = to_latex(derivation)
    assert document.startswith("\\documentclass")
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


def test_sentences_are_escaped_and_stay_in_their_line() -> None:
    found = to_latex(DERIVATIONS["logsumexp_gradient"], {"as_probability": TRICKY})
    assert (
        r"\intertext{100 \% of \$x\_i\$ \& \{y\} \#1 \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{} end new}"
    ) in found


def test_companions_and_the_conclusion_are_part_of_it() -> None:
    hessian = DERIVATIONS["cross_entropy_hessian"]
    assert r"&\ge 0" in to_latex(hessian)
    assert "cross entropy convexity" in to_text(hessian)
    assert "≥ 0" in to_text(hessian)
    assert "$$\n\\ge 0\n$$" in to_markdown(hessian)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no pdflatex on this machine")
def test_the_documents_compile(tmp_path: Path) -> None:
    program = shutil.which("pdflatex")
    assert program
    for name, derivation in DERIVATIONS.items():
        source = tmp_path / f"{name}.tex"
        source.write_text(to_latex(derivation, {"definition": TRICKY}), encoding="utf-8")
        command = [program, "-interaction=nonstopmode", "-halt-on-error", source.name]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
        assert run.returncode == 0, run.stdout.decode(errors="replace")[-2000:]
        assert (tmp_path / f"{name}.pdf").stat().st_size > 10_000
