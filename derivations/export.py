"""Whole derivations as a LaTeX document, as Markdown, and as plain text.

The package holds no prose: a step is headed by the sentence given for its rule and a derivation
by the title given for its id, else by the id with its underscores as spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from derivations.marks import latex, text
from derivations.model import Derivation

Words: TypeAlias = Mapping[str, str] | None

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{x: f"\\{x}" for x in "{}_#%&$"},
}

_HEAD = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{amsmath}
\allowdisplaybreaks
\begin{document}
"""


def to_latex(derivation: Derivation, sentences: Words = None, *, titles: Words = None) -> str:
    """Write derivation and companions as a document that pdflatex compiles as it stands.

    sentences   plain text by rule id, titles by derivation id; both are escaped

    What pdflatex's standard fonts cannot set, such as Chinese, needs another engine and font.
    """
    parts = [_HEAD]
    for one in derivation.family:
        parts.append(f"\\section*{{{_escaped(words(one.id, titles))}}}\n")
        parts += [f"\\[ {latex(fact)} \\]\n" for fact in facts(one)]
        parts.append(f"\\begin{{align*}}\n  & {latex(one.start)}\n")
        for step in one.steps:
            # \intertext ends the row before it; a \\ there would add an empty one.
            parts.append(f"  \\intertext{{{_escaped(words(step.rule, sentences))}}}\n")
            parts.append(f"  &= {latex(step.after)}\n")
        if one.conclusion is not None:
            parts.append(f"  \\\\\n  &\\ge {latex(one.conclusion.args[1])}\n")
        parts.append("\\end{align*}\n")
    parts.append("\\end{document}\n")
    return "".join(parts)


def to_markdown(derivation: Derivation, sentences: Words = None, *, titles: Words = None) -> str:
    """Write derivation and companions as Markdown: formulas between $$, a reason before each."""
    blocks = []
    for one in derivation.family:
        blocks.append(f"## {_one_line(words(one.id, titles))}")
        blocks += [_block(latex(fact)) for fact in facts(one)]
        blocks.append(_block(latex(one.start)))
        for place, step in enumerate(one.steps, start=1):
            blocks.append(f"**{place}.** {_one_line(words(step.rule, sentences))}")
            blocks.append(_block(f"= {latex(step.after)}"))
        if one.conclusion is not None:
            blocks.append(_block(rf"\ge {latex(one.conclusion.args[1])}"))
    return "\n\n".join(blocks) + "\n"


def to_text(derivation: Derivation, sentences: Words = None, *, titles: Words = None) -> str:
    """Write derivation and companions as plain Unicode text, each line with its reason."""
    blocks = []
    for one in derivation.family:
        rows = [_one_line(words(one.id, titles)), *(f"    {text(fact)}" for fact in facts(one))]
        rows += ["", f"    {text(one.start)}"]
        rows += [
            f"  = {text(step.after)}    [{_one_line(words(step.rule, sentences))}]"
            for step in one.steps
        ]
        if one.conclusion is not None:
            rows.append(f"  ≥ {text(one.conclusion.args[1])}")
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks) + "\n"


def facts(derivation: Derivation) -> tuple[Any, ...]:
    """Equations to be read before the first line: definitions, then assumptions."""
    return derivation.definitions + derivation.assumptions


def words(name: str, given: Words) -> str:
    """Look up what is said for an id; the id itself as words where nothing is given."""
    return (given or {}).get(name, name.replace("_", " "))


def _block(formula: str) -> str:
    return f"$$\n{formula}\n$$"


def _escaped(prose: str) -> str:
    # A blank line would end the paragraph, which \intertext does not allow.
    return "".join(_ESCAPES.get(x, x) for x in _one_line(prose))


def _one_line(prose: str) -> str:
    return " ".join(prose.split())
