"""A typed line is judged where that holds nobody up, and each line but once."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from derivations import Counterexample, Derivation, Verdict, read_line
from pages.visit.judge_process import judge_process


def judged(one: Derivation, place: int, text: str) -> Verdict:
    """Judge a typed line as `derivations.judge` does.

    Raises ParseError for what cannot be read, and NotJudgedError.
    """
    line = read_line(one, text)
    return replace(_judged(one.id, place, text), line=line)


@lru_cache(maxsize=4096)
def _judged(identifier: str, place: int, text: str) -> Verdict:
    answer = judge_process.ask(identifier, place, text)
    found = answer["counterexample"]
    return Verdict(
        ok=answer["ok"],
        method=answer["method"],
        counterexample=found and Counterexample(*found),
        misconception=answer["misconception"],
    )
