"""Whole derivations as a LaTeX document, as Markdown, and as plain text.

The package holds no prose: a step is headed by the sentence given for it or its rule, a derivation
by the title given for its id, else by the id with its underscores as spaces. A title for the id
"given" stands above definitions and assumptions. Sentences and titles may hold formulas between
dollar signs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from sympy import IndexedBase

from derivations.model import Derivation
from derivations.printing.notations import latex, text
from derivations.printing.sentences import in_latex, in_text, one_line
from derivations.symbols import free_symbols

Words: TypeAlias = Mapping[str, str] | None

# All that the standard fonts of pdflatex are sure to have.
_WESTERN = re.compile(r"[ -~À-ÿ–—‘’“”…\n]*")
_FOR_PDFLATEX = r"""% compile with pdflatex
\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
"""
_FOR_XELATEX = r"""% compile with xelatex
\documentclass{ctexart}
"""
_HEAD = r"""\usepackage{amsmath}
\allowdisplaybreaks
\emergencystretch=3em
\begin{document}
"""


def to_latex(derivation: Derivation, sentences: Words = None, *, titles: Words = None) -> str:
    """Write derivation and companions as a document that compiles as it stands.

    sentences   by rule id, or for one step by `<derivation id>.<step, from 1>`
    titles      by derivation id; in both prose is escaped, formulas are not

    Its first line says with what: pdflatex, or, where a sentence or title holds Chinese or other
    signs beyond Western European ones, xelatex with the class ctexart.
    """
    parts = [_HEAD]
    for one in derivation.family:
        parts.append(f"\\section*{{{in_latex(words(one.id, titles))}}}\n")
        parts += [f"\\noindent {in_latex(x)}\n" for x in _label(one, titles)]
        if facts(one):
            rows = " \\\\\n".join(f"  {latex(x)}" for x in facts(one))
            parts.append(f"\\begin{{gather*}}\n{rows}\n\\end{{gather*}}\n")
        parts.append(f"\\begin{{align*}}\n  & {latex(one.start)}\n")
        for place, step in enumerate(one.steps):
            # \intertext ends the row before it; a \\ there would add an empty one.
            parts.append(f"  \\intertext{{{in_latex(_reason(one, place, sentences))}}}\n")
            parts.append(f"  &= {latex(step.after)}\n")
        if one.conclusion is not None:
            parts.append(f"  \\\\\n  &\\ge {latex(one.conclusion.args[1])}\n")
        parts.append("\\end{align*}\n")
    body = "".join((*parts, "\\end{document}\n"))
    return (_FOR_PDFLATEX if _WESTERN.fullmatch(body) else _FOR_XELATEX) + body


def to_markdown(derivation: Derivation, sentences: Words = None, *, titles: Words = None) -> str:
    """Write derivation and companions as Markdown: formulas between $$, a reason before each."""
    blocks = []
    for one in derivation.family:
        blocks.append(f"## {one_line(words(one.id, titles))}")
        blocks += map(one_line, _label(one, titles))
        blocks += [_block(latex(fact)) for fact in facts(one)]
        blocks.append(_block(latex(one.start)))
        for place, step in enumerate(one.steps):
            blocks.append(f"**{place + 1}.** {one_line(_reason(one, place, sentences))}")
            blocks.append(_block(f"= {latex(step.after)}"))
        if one.conclusion is not None:
            blocks.append(_block(rf"\ge {latex(one.conclusion.args[1])}"))
    return "\n\n".join(blocks) + "\n"


def to_text(derivation: Derivation, sentences: Words = None, *, titles: Words = None) -> str:
    """Write derivation and companions as plain Unicode text, each line with its reason."""
    blocks = []
    for one in derivation.family:
        rows = [in_text(x) for x in (words(one.id, titles), *_label(one, titles))]
        rows += [f"    {text(fact)}" for fact in facts(one)]
        rows += ["", f"    {text(one.start)}"]
        rows += [
            f"  = {text(step.after)}    [{in_text(_reason(one, place, sentences))}]"
            for place, step in enumerate(one.steps)
        ]
        if one.conclusion is not None:
            rows.append(f"  ≥ {text(one.conclusion.args[1])}")
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks) + "\n"


def facts(derivation: Derivation) -> tuple[Any, ...]:
    """Equations to be read before the first line: definitions, then assumptions.

    A definition that only the proof needs, of a letter that no line has, is left out.
    """
    named = set().union(*map(_letters, (*derivation.lines, *derivation.assumptions)))
    shown: set[Any] = set()
    while found := {
        x for x in derivation.definitions if x not in shown and _letters(x.args[0]) & named
    }:
        shown |= found
        named |= set().union(*(_letters(x.args[1]) for x in found))
    return (*(x for x in derivation.definitions if x in shown), *derivation.assumptions)


def _letters(line: Any) -> set[str]:
    """Name the quantities of a line, with no indices."""
    symbols = {x.name for x in free_symbols(line) if not x.is_integer}
    return symbols | {str(x.label) for x in line.atoms(IndexedBase)}


def words(name: str, given: Words) -> str:
    """Look up what is said for an id; the id itself as words where nothing is given."""
    return (given or {}).get(name, name.replace("_", " "))


def _reason(one: Derivation, place: int, sentences: Words) -> str:
    """Look up what is said of a step: of it alone, or of all steps by its rule."""
    own = f"{one.id}.{place + 1}"
    return words(own if own in (sentences or {}) else one.steps[place].rule, sentences)


def _block(formula: str) -> str:
    return f"$$\n{formula}\n$$"


def _label(derivation: Derivation, titles: Words) -> list[str]:
    """Find what stands above the facts, where there are both."""
    label = (titles or {}).get("given")
    return [label] if label and facts(derivation) else []
