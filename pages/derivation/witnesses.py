"""Three witnesses for the result of a derivation: symbols, `core`, and a finite difference."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from derivations import Derivation, evaluate
from pages.derivation.lesson_derivation import Example, LessonDerivation
from pages.widgets.tables import Number
from pages.writing.numerals import short_text
from pages.writing.wording import Wording

DIGITS = 30


@dataclass(frozen=True)
class Witness:
    """One entry three times; the residuals are against the symbolic result."""

    entry: tuple[int, ...]  # from 1
    symbolic: str
    core: float
    other: float
    core_residual: float
    other_residual: float


def witnesses(
    derivation: Derivation, one: LessonDerivation, example: Example, loss: str
) -> list[Witness]:
    """Compute every entry of a derivation's result three times.

    loss   the learner's loss: `upstream_gradient` is about any
    """
    exact = evaluate(derivation, -1, digits=DIGITS, **example.numbers, **example.fixed)
    symbolic = np.array(exact, dtype=object)
    by_core, other = (
        np.reshape(compute(example.numbers, loss), symbolic.shape)
        for compute in (one.core, one.other)
    )
    return [
        Witness(
            tuple(at + 1 for at in place),
            str(symbolic[place]),
            float(by_core[place]),
            float(other[place]),
            abs(float(symbolic[place] - float(by_core[place]))),
            abs(float(symbolic[place] - float(other[place]))),
        )
        for place in product(*map(range, symbolic.shape))
    ]


def witness_table(
    derivation: Derivation, one: LessonDerivation, example: Example, loss: str, words: Wording
) -> tuple[str, list[str], list[list[str | Number]]]:
    """Lay the witnesses out, one row an entry."""
    free = [str(index) for index in derivation.indices if str(index) not in example.fixed]
    by_core = "core_pieces" if one.in_pieces else "core"
    head = [
        ", ".join(free) or words("derivation_ui.entry"),
        words("derivation_ui.witness_symbolic"),
        words(f"derivation_ui.witness_{by_core}"),
        words(f"derivation_ui.witness_{one.other_way}"),
        words("derivation_ui.residual_core"),
        words("derivation_ui.residual_other"),
    ]
    rows: list[list[str | Number]] = [
        [
            ", ".join(map(str, row.entry)) or "–",
            Number("witness_symbolic", float(row.symbolic), row.symbolic.replace("-", "−")),
            Number("witness_core", row.core, repr(row.core).replace("-", "−")),
            Number("witness_other", row.other, repr(row.other).replace("-", "−")),
            Number("residual_core", row.core_residual, short_text(row.core_residual)),
            Number("residual_other", row.other_residual, short_text(row.other_residual)),
        ]
        for row in witnesses(derivation, one, example, loss)
    ]
    return words("derivation_ui.witnesses"), head, rows
