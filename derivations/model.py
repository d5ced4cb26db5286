"""A derivation as data: where it starts, and for each step a reason and the line after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Expr, Symbol
from sympy.core.relational import Eq, Relational

EVERY_N = "every n"
SMALL_N = "n = 2, 3, 4"
COUNTEREXAMPLE = "counterexample"
UNDECIDED = "undecided"


@dataclass(frozen=True)
class Step:
    """One step: the id of its rule (whose sentence is in pages/text) and the line it leads to."""

    rule: str
    after: Expr


@dataclass(frozen=True)
class Derivation:
    """A chain of equal lines, and what is needed to read them.

    id           name in DERIVATIONS
    start        the quantity that is derived, the first line
    steps        the others, each with its reason
    indices      free indices, in the order in which `evaluate` runs over those not given
    definitions  equations that say what a name stands for; g_k = dL/da_k leaves L otherwise free
    assumptions  equations that hold in this derivation only: sum_k y_k = 1, y_k = delta_kt, n = 2
    conclusion   what the last line shows about itself, such as that it is not negative
    companions   further results that belong to the same lesson, each a derivation of its own

    Not to be pickled or deep-copied: SymPy rebuilds expressions evaluated, and the order in which
    the lines were written is lost. `dataclasses.replace` keeps it.
    """

    id: str
    start: Expr
    steps: tuple[Step, ...]
    indices: tuple[Symbol, ...] = ()
    definitions: tuple[Eq, ...] = ()
    assumptions: tuple[Eq, ...] = ()
    conclusion: Relational | None = None
    companions: tuple[Derivation, ...] = ()

    @property
    def lines(self) -> tuple[Expr, ...]:
        """Every line, from start to result."""
        return (self.start, *(step.after for step in self.steps))

    @property
    def result(self) -> Expr:
        """The last line."""
        return self.lines[-1]

    @property
    def family(self) -> tuple[Derivation, ...]:
        """The derivation itself, then its companions."""
        return (self, *self.companions)


@dataclass(frozen=True)
class Counterexample:
    """Numbers at which a line and the line before it differ, indices (from 1) among them."""

    numbers: Mapping[str, Any]
    before: float
    after: float


@dataclass(frozen=True)
class Verdict:
    """What is known about a step.

    ok              True: the two lines are equal; False: they are not; None: could not decide
    method          "every n"; "n = 2, 3, 4", weaker: proved for these, and seen to agree at numbers
                    for larger n; "n = 2"; "counterexample" or "undecided"
    counterexample  the evidence where ok is False

    And of a line that was typed (`judge`):

    method          "N points", where ok is None: the two agree at so many sets of numbers
    misconception   the slip that gives this line, one of the ids in `derivations.judging.slips`
    line            the line as it was read
    """

    ok: bool | None
    method: str
    counterexample: Counterexample | None = None
    misconception: str | None = None
    line: Expr | None = None
