"""A learner's formula, read: text -> the same expressions that the derivations are made of.

What is accepted is in `grammar`. Formulas as they are printed, in LaTeX or as plain text, are read
too, by way of `printed_formula`. Text is only ever taken apart here, never run.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

from sympy import Expr

from derivations.typed.formula_parts import FUNCTIONS
from derivations.typed.grammar import Reading, reading
from derivations.typed.indexed_names import EVERYWHERE, Names
from derivations.typed.other_notations import repaired
from derivations.typed.parse_error import ParseError
from derivations.typed.printed_formula import typeset_tokens, written
from derivations.typed.printed_signs import is_typeset
from derivations.typed.tokens import MOST_CHARACTERS, tokens


def parse(text: str) -> Expr:
    r"""Read a formula in the learner's notation, such as exp(z_i)/sum(exp(z_k), k).

    Names z, a, y, g, o, w, delta with indices, n, N, T and Euler's e; numbers; + - * / **;
    brackets; exp, log (or ln), sqrt, abs, and sum(..., k); derivatives such as dL/dz_i and
    da_j/dz_i, where L is the loss. The order of what is written is kept.
    LaTeX and what `text` prints are read as well, such as -\sum_k y_k \ln a_k.

    Raises ParseError for anything else, whatever it is, and for formulas that are too large.
    """
    return read(text).expr


def read(text: str, known: Names = EVERYWHERE) -> Reading:
    """Read a formula as `parse` does, with these names, and say where its names stand."""
    try:
        return reading(tokens(text), known)
    except ParseError as error:
        if len(text) > MOST_CHARACTERS or not is_typeset(text):
            error.instead = _instead(text, known)
            raise
    return reading(typeset_tokens(text), known)


def _instead(text: str, known: Names) -> str | None:
    """Return the text in this notation, where it was written in another one."""
    if len(text) > MOST_CHARACTERS:
        return None
    ways: tuple[Callable[[str], str], ...] = (
        lambda x: _with_products(repaired(x)),
        lambda x: written(typeset_tokens(x)),
    )
    for way in ways:
        with suppress(ParseError):
            other = way(text)
            reading(tokens(other), known)
            return other
    return None


def _with_products(text: str) -> str:
    """Put in the signs of products: 2 a_i (1 - a_i) as 2*a_i*(1 - a_i)."""
    result, end = "", 0
    for before, after in pairwise(tokens(text)):
        is_end = before.kind in ("number", "name") or before.text == ")"
        is_start = after.kind == "name" or after.text == "("
        is_call = before.text in FUNCTIONS or before.text == "sum"
        if is_end and is_start and not is_call:
            result += text[end : before.at + len(before.text)] + "*"
            end = after.at
    return result + text[end:]
