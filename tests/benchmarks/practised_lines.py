"""The lines that a class types: those of the table of judged lines, in forms of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from derivations.judging.slips import SLIPS
from pages.derivation.lines import FAMILY
from pages.visit.practice import DERIVATIONS
from tests.derivations.judged_lines import Judged, judged_lines

PROVED = ("every n", "n = 2")
KNOWN = (*PROVED, "wrong", *SLIPS)  # judgements that are the same in every form of a line
LETTERS = "jkm"  # for a sum over classes, where a derivation does not have them as free indices
# What is added to the lines has no index of a sample, as the probabilities of a batch have.
PRACTISED = tuple(name for name in DERIVATIONS if name != "batch_mean_gradient")
SHARED = 0.5  # of the lines: others in the class type the same


class PractisedLine(NamedTuple):
    """A text, whether it is right, and which slip it is, if it is one that is known."""

    text: str
    is_right: bool
    slip: str | None


def practised_lines(derivation: str, seed: int) -> Iterator[PractisedLine]:
    """Yield lines for one learner, without an end.

    To each a multiple of (sum of a) - 1 = 0 is added: that changes the line and not its value. The
    multiple is one that nobody else has, or else the one that the class has at this line.
    """
    rows = [
        row
        for row in judged_lines()
        if (row.derivation, row.line) == (derivation, -1)
        and row.judgement in KNOWN
        and "\\" not in row.text  # LaTeX does not go together with what is added
    ]
    free = {str(index) for index in FAMILY[derivation].indices}
    letters = [letter for letter in LETTERS if letter not in free]
    rng = np.random.default_rng(seed)
    number = 0
    while True:
        row, factor = rows[number % len(rows)], number + 2
        if rng.random() >= SHARED:
            row, factor = rows[rng.integers(len(rows))], int(rng.integers(10**4, 10**6))
        yield in_form(row, factor, letters[factor % len(letters)])
        number += 1


def in_form(row: Judged, factor: int, letter: str) -> PractisedLine:
    """Write a line of the table with `factor` times (sum of a over `letter`) - 1 added."""
    text = f"{row.text} + {factor}*(sum(a_{letter}, {letter}) - 1)"
    slip = row.judgement if row.judgement in SLIPS else None
    return PractisedLine(text, row.judgement in PROVED, slip)


def derivation_of(seed: int) -> tuple[str, int]:
    """Return a learner's derivation, and the variant."""
    variant, place = divmod(seed, len(PRACTISED))
    return PRACTISED[place], variant + 1
