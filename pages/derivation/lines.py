"""What a derivation shows, as texts: its lines in colour, its proofs, its lines at numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from derivations import (
    DERIVATIONS,
    Derivation,
    Verdict,
    at_numbers,
    changes,
    facts,
    latex,
    marked,
    to_latex,
    to_markdown,
    to_text,
    verify,
    verify_conclusion,
    verify_result,
    with_places,
)
from pages.derivation.lesson_derivation import Example
from pages.derivation.step_words import step_sentences
from pages.visit.turns import queue_again
from pages.writing.math_colours import SYMBOLS
from pages.writing.palette import Theme, ink
from pages.writing.wording import wording

_REMEMBERED = 2000  # lines at some learner's numbers, a few hundred bytes each
_WIDEST = 62  # characters of a row of numbers that fit into the column
_NEW_ROW = r"\\"
_EXPONENT = re.compile(r"\^\{([^{}]*)\}")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[a-z]+")
Frozen: TypeAlias = tuple[tuple[str, Any], ...]

FAMILY: Mapping[str, Derivation] = MappingProxyType(
    {member.id: member for whole in DERIVATIONS.values() for member in whole.family}
)
WRITERS: Mapping[str, tuple[str, Callable[..., str]]] = MappingProxyType(
    {
        "latex": ("tex", to_latex),
        "markdown": ("md", to_markdown),
        "plain_text": ("txt", to_text),
    }
)


@cache
def step_proof(identifier: str, step: int) -> Verdict:
    """Prove one step of a derivation, once a process and not before it is shown."""
    one = FAMILY[identifier]
    alone = replace(one, start=one.lines[step], steps=one.steps[step : step + 1])
    proof = verify(alone)[0]
    queue_again()  # it took up to half a second, once a process
    return proof


@cache
def end_proofs(identifier: str) -> tuple[Verdict, Verdict | None]:
    """Prove the result against SymPy's own derivative, and the conclusion if there is one."""
    one = FAMILY[identifier]
    return verify_result(one), verify_conclusion(one) if one.conclusion is not None else None


@cache
def formulas(identifier: str, theme: Theme) -> tuple[str, ...]:
    """Return the lines as LaTeX, each quantity in its colour."""
    return tuple(coloured_line(line, theme) for line in FAMILY[identifier].lines)


@cache
def marked_step(identifier: str, step: int, theme: Theme) -> tuple[str, str]:
    """Return the lines before and after a step, from 0, with what it changes marked in both."""
    before, after = FAMILY[identifier].lines[step : step + 2]
    found = changes(before, after)
    return (
        coloured_line(marked(before, [path for one in found for path in one.before]), theme),
        coloured_line(marked(after, [path for one in found for path in one.after]), theme),
    )


@cache
def given(identifier: str, theme: Theme) -> tuple[str, ...]:
    """Return the equations that a reader has to know beforehand, as LaTeX."""
    return tuple(coloured_line(known, theme) for known in facts(FAMILY[identifier]))


@cache
def conclusion(identifier: str, theme: Theme) -> str:
    """Return what the last line shows about itself, as LaTeX; "" where that is nothing."""
    found = FAMILY[identifier].conclusion
    return "" if found is None else coloured_line(found, theme)


@lru_cache(maxsize=_REMEMBERED)
def coloured_line(line: Any, theme: Theme) -> str:
    """Return a line as LaTeX, each quantity in its colour."""
    colours = {name: ink(quantity, theme) for name, quantity in SYMBOLS.items()}
    return latex(line, colours=colours)


def numbers_rows(
    identifier: str, line: int, example: Example, page_indices: Mapping[str, int]
) -> tuple[str, ...]:
    """Return a line with the learner's numbers in it, and its value, as rows of LaTeX.

    Where all of it is one number, as a derivative is, the row has the places of its indices.
    """
    frozen = tuple((name, _frozen(value)) for name, value in example.numbers.items())
    return _numbers_rows(identifier, line, frozen, tuple({**example.fixed, **page_indices}.items()))


@lru_cache(maxsize=_REMEMBERED)
def _numbers_rows(identifier: str, line: int, frozen: Frozen, indices: Frozen) -> tuple[str, ...]:
    one = FAMILY[identifier]
    numbers, written = dict(frozen) | dict(indices), one.lines[line]
    filled, value = at_numbers(one, line, elided=True, **numbers)
    if filled == value:  # nothing in it but what becomes one number
        places = {x: at for x, at in indices if x in map(str, one.indices)}
        return (rf"= {latex(with_places(written, places))} \approx {value}",)
    if _width(filled) > _WIDEST:
        filled, _ = at_numbers(one, line, elided=True, in_rows=True, **numbers)
    if _width(filled) > _WIDEST:
        filled, _ = at_numbers(one, line, elided=True, in_rows=True, most_terms=2, **numbers)
    together = rf"\approx {filled} \approx {value}"
    if _NEW_ROW in filled or _width(together) > _WIDEST:
        return rf"\approx {filled}", rf"\approx {value}"
    return (together,)


def _width(formula: str) -> int:
    """Count the characters of the longest row, about: a fraction is as wide as its wider part."""
    if _NEW_ROW in formula:
        return max(map(_width, formula.split(_NEW_ROW)))
    before, formula = formula, _EXPONENT.sub(r"\1", formula)
    while before != formula:
        before, formula = formula, _FRACTION.sub(lambda m: max(m[1], m[2], key=len), formula)
    return len(_COMMAND.sub("x", formula).replace(" ", "")) + formula.count(" ") // 2


def _frozen(value: Any) -> Any:
    """Turn an array into nested tuples, which can be remembered."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def aligned(rows: Sequence[str]) -> str:
    """Set formulas below each other at their & as one display in Markdown."""
    body = r" \\[8pt] ".join(rows)
    return f"$$\n\\begin{{aligned}} {body} \\end{{aligned}}\n$$"


@cache
def document(identifier: str, kind: str, language: str) -> str:
    """Write a derivation, companions of it with it, as a file to download."""
    words = wording(language)
    _, write = WRITERS[kind]
    one = FAMILY[identifier]
    titles = {member.id: words.label(f"derivation.{member.id}.title") for member in one.family}
    titles["given"] = words("derivation_ui.assumptions")
    sentences = {
        f"{member.id}.{k + 1}": step_sentences(member, k, words)
        for member in one.family
        for k in range(len(member.steps))
    }
    return write(one, sentences, titles=titles)
