"""Every step of every derivation, with its line slightly wrong: the proof must notice."""

import random
from dataclasses import replace

import pytest
from sympy import Expr

from derivations import Derivation, Step, evaluate, verify

from .mutants import KINDS, mutants
from .registry import ALL, flat, numbers_for

PER_KIND = 2
# Derivatives through a layer take SymPy ten times as long: one mutant of each kind.
SLOW = ("layer_gradient", "layer_bias_gradient", "layer_input_gradient", "batch_mean_gradient")


def chosen(line: Expr, derivation: Derivation) -> list[tuple[str, str, Expr]]:
    """A seeded choice of mutants that change the value, a few of each kind."""
    made = list(mutants(line, derivation))
    random.Random(derivation.id).shuffle(made)  # noqa: S311
    numbers = [numbers_for(derivation.id, seed) for seed in (1, 2)]
    per_kind = 1 if derivation.id in SLOW else PER_KIND

    def values(e: Expr) -> list[float]:
        return [x for given in numbers for x in flat(evaluate(derivation, e, **given))]

    right = values(line)
    taken: dict[str, list[tuple[str, str, Expr]]] = {}
    for kind, detail, mutant in made:
        same_kind = taken.setdefault(kind, [])
        if len(same_kind) == per_kind:
            continue
        if any(abs(x - y) > 1e-9 for x, y in zip(right, values(mutant), strict=True)):
            same_kind.append((kind, detail, mutant))
    return [x for same_kind in taken.values() for x in same_kind]


@pytest.mark.parametrize("name", ALL)
def test_every_step_notices_a_line_that_is_slightly_wrong(name: str) -> None:
    derivation = ALL[name]
    lines = derivation.lines
    for place in range(1, len(lines)):
        before, line, *later = lines[place - 1 : place + 2]
        found = chosen(line, derivation)
        assert {"factor 1.001", "sign of the line"} <= {kind for kind, *_ in found}
        for kind, detail, mutant in found:
            # The step into the wrong line, and the step out of it where there is one.
            steps = tuple(Step("changed", x) for x in (mutant, *later))
            verdicts = verify(replace(derivation, start=before, steps=steps))
            assert [x.ok for x in verdicts] == [False] * len(steps), (place, kind, detail)
            assert all(x.counterexample for x in verdicts), (place, kind, detail)


def test_every_kind_of_mutant_occurs() -> None:
    made = {
        kind
        for derivation in ALL.values()
        for line in derivation.lines[1:]
        for kind, *_ in mutants(line, derivation)
    }
    assert made == set(KINDS)
