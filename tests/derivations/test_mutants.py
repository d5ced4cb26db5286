"""Every step of every derivation, with its line slightly wrong: the proof must notice."""

import random
from dataclasses import replace

import pytest
from sympy import Expr

from derivations import Derivation, Step, evaluate, verify
from derivations.unfold import NotUnfoldableError

from .mutants import mutants
from .registry import ALL, flat, numbers_for

PER_KIND = 2


def chosen(line: Expr, derivation: Derivation) -> list[tuple[str, Expr]]:
    """A seeded choice of mutants that change the value, of each kind at most PER_KIND."""
    made = list(mutants(line, derivation))
    random.Random(derivation.id).shuffle(made)
    numbers = [numbers_for(derivation.id, seed) for seed in (1, 2)]
    right = [x for given in numbers for x in flat(evaluate(derivation, line, **given))]
    taken: dict[str, list[tuple[str, Expr]]] = {}
    for name, mutant in made:
        kind = taken.setdefault(" ".join(name.split()[:2]), [])
        if len(kind) == PER_KIND:
            continue
        try:
            values = [x for given in numbers for x in flat(evaluate(derivation, mutant, **given))]
        except (ValueError, NotUnfoldableError):
            continue
        if any(abs(x - y) > 1e-9 for x, y in zip(right, values, strict=True)):
            kind.append((name, mutant))
    return [x for kind in taken.values() for x in kind]


@pytest.mark.parametrize("name", ALL)
def test_every_step_notices_a_line_that_is_slightly_wrong(name: str) -> None:
    derivation = ALL[name]
    lines = derivation.lines
    seen = set()
    for place in range(1, len(lines)):
        before, line, *later = lines[place - 1 : place + 2]
        found = chosen(line, derivation)
        assert found, f"no mutant of line {place}"
        for what, mutant in found:
            seen.add(" ".join(what.split()[:2]))
            steps = tuple(Step("changed", x) for x in (mutant, *later))
            verdicts = verify(replace(derivation, start=before, steps=steps))
            assert [x.ok for x in verdicts] == [False] * len(steps), (place, what, verdicts)
            assert all(x.counterexample for x in verdicts)
    assert {"factor 1.001", "sign of"} <= seen


def test_the_kinds_of_mutants_occur() -> None:
    kinds = {
        name.split(" at ")[0].rstrip("0123456789ijkmtdrsq ")
        for derivation in ALL.values()
        for line in derivation.lines[1:]
        for name, _ in mutants(line, derivation)
    }
    wanted = ("factor", "sign of term", "index", "delta dropped", "sum replaced", "cases swapped")
    for kind in wanted:
        assert any(x.startswith(kind) for x in kinds), (kind, kinds)
