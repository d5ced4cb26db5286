"""Lines wrong in ninety ways: none of them is ever proved.

Whether a line is wrong is settled by its numbers at many sizes, n = 1 to 31, not by the proof.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sympy import Expr

from derivations import Derivation, Step, evaluate, verify
from derivations.symbols import n, upper_limit

from .mutant_kinds import MAKERS
from .registry import ALL, IN_BATCHES

PER_KIND, LOOKED_AT = 2, 40
SIZES = (2, 3, 4, 1, 5, 6, 7, 8, 9, 10, 13, 21, 31)
# Those whose derivatives take SymPy ten times as long have a turn in `test_mutants`.
QUICK = [x for x in ALL if not x.startswith("layer") and x not in IN_BATCHES]


def numbers_of(derivation: Derivation, size: int, seed: int) -> Iterator[dict[str, Any]]:
    """Numbers with so many classes, with some settings of the indices: small, large, equal."""
    rng = random.Random(f"{derivation.id} {size} {seed}")  # noqa: S311

    def row() -> list[float]:
        return [rng.uniform(-2, 2) for _ in range(size)]

    weights = [rng.uniform(0.1, 1) for _ in range(size)]
    target = [x / sum(weights) for x in weights[1:]]
    numbers: dict[str, Any] = {"z": row(), "g": row(), "v": row(), "T": 1.5, "c": 0.5}
    numbers |= {"n": size, "D": 5, "N": 2, "y": [1 - sum(target), *target]}
    if derivation.id == "cross_entropy_one_hot":
        del numbers["y"]
    free = [x for x in derivation.indices if upper_limit(x) == n]
    places = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 20, 30, size]
    likely = sorted({x for x in places if x <= size})
    settings = {tuple(rng.choice(likely) for _ in free) for _ in range(3 * len(likely))}
    settings |= {(x,) * len(free) for x in likely}
    for setting in sorted(settings):
        yield numbers | {x.name: at for x, at in zip(free, setting, strict=True)}


def differs(derivation: Derivation, line: Expr, other: Expr) -> bool:
    """Whether two lines have different values somewhere; where one has none they are not held."""
    sizes = (2,) if derivation.id == "sigmoid_as_two_classes" else SIZES
    for size in sizes:
        for numbers in numbers_of(derivation, size, 1):
            try:
                values = [evaluate(derivation, x, **numbers) for x in (line, other)]
            except ValueError:
                continue
            if abs(values[0] - values[1]) > 1e-10 * max(1.0, *map(abs, values)):
                return True
    return False


def wrong_lines(kind: str) -> list[tuple[Derivation, Expr, Expr]]:
    """A seeded choice of lines that this kind makes wrong: derivation, line before, wrong line."""
    rng = random.Random(kind)  # noqa: S311
    places = [(ALL[name], at) for name in QUICK for at in range(1, len(ALL[name].lines))]
    rng.shuffle(places)
    found: list[tuple[Derivation, Expr, Expr]] = []
    looked_at = 0
    for derivation, at in places:
        made = list(MAKERS[kind](derivation.lines[at], derivation))
        rng.shuffle(made)
        for wrong in made[:2]:
            looked_at += 1
            if differs(derivation, derivation.lines[at], wrong):
                found.append((derivation, derivation.lines[at - 1], wrong))
                break
        if len(found) == PER_KIND or looked_at > LOOKED_AT:
            break
    return found


def test_there_are_ninety_kinds() -> None:
    assert len(MAKERS) >= 90


@pytest.mark.parametrize("kind", MAKERS)
def test_a_wrong_line_is_never_proved(kind: str) -> None:
    found = wrong_lines(kind)
    assert found, "this kind made no wrong line"
    for derivation, before, wrong in found:
        (verdict,) = verify(replace(derivation, start=before, steps=(Step("changed", wrong),)))
        assert verdict.ok is False, (derivation.id, wrong, verdict.method)
        assert verdict.counterexample is not None
        assert verdict.counterexample.before != verdict.counterexample.after
