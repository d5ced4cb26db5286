"""A typed line is judged where that holds nobody up, and each line but once, however written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from sympy import Expr

from derivations import Counterexample, Derivation, Verdict, read_line
from pages.visit.judge_process import judge_process


def judged(one: Derivation, place: int, text: str) -> Verdict:
    """Judge a typed line as `derivations.judge` does.

    Raises ParseError for what cannot be read, and NotJudgedError.
    """
    typed = _Typed(read_line(one, text), text)
    return replace(_judged(one.id, place, typed), line=typed.line)


@dataclass(frozen=True)
class _Typed:
    """A line as it was read; texts that are read as the same line are the same here."""

    line: Expr
    text: str = field(compare=False)


@lru_cache(maxsize=1024)
def _judged(identifier: str, place: int, typed: _Typed) -> Verdict:
    answer = judge_process.ask(identifier, place, typed.text)
    found = answer["counterexample"]
    return Verdict(
        ok=answer["ok"],
        method=answer["method"],
        counterexample=found and Counterexample(*found),
        misconception=answer["misconception"],
    )
