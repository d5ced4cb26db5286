"""Numbers at which lines differ, as they are said: z = (0, 1, 0), i = 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

from derivations import Counterexample, Derivation
from pages.writing.numerals import exact_text, number_text, numbers_text, short_text
from pages.writing.wording import Wording

_SIZES = ("n", "D", "N")
_ROUNDING = 1e-9
_MOST_DIGITS = 17  # that a number in double precision has
# What the bench can show, and what makes no difference there: indices, the number of classes.
_ON_BENCH = {"z", "y", "t", "T", "n", *"ijkm"}
_LOSSES = {"mean_squared_error_gradient": "mean_squared_error"}  # all others: cross-entropy
_ORDER = ("z", "u", "a", "y", "g", "w", "b", "o", "T", "c", "l2", "t", *"ijkmds")


def evidence_text(found: Counterexample, words: Wording) -> str:
    """Say at which numbers a line differs from the one before it, and by how much."""
    numbers = f"${said_numbers(found)}$"
    this, before = said_values(found)
    if this == before:  # a difference that only arithmetic of more digits sees
        return words("practice.evidence_close", numbers=numbers, both=this)
    return words("practice.evidence", numbers=numbers, this=this, before=before)


def said_numbers(found: Counterexample) -> str:
    """Write the numbers of a counterexample as one formula."""
    numbers = {x: v for x, v in found.numbers.items() if x not in _SIZES}
    order = [*(x for x in _ORDER if x in numbers), *(x for x in numbers if x not in _ORDER)]
    return r",\; ".join(f"{_letter(x)} = {_value(numbers[x])}" for x in order)


def said_values(found: Counterexample) -> tuple[str, str]:
    """Write the values of a line and of the one before it, with as many digits as tell them apart.

    They are the same texts where the two are one number in double precision.
    """
    values = found.after, found.before
    rough = short_text(values[0]), short_text(values[1])
    exact = (
        tuple(exact_text(float(f"{x:.{digits}g}")) for x in values)
        for digits in range(5, _MOST_DIGITS + 1)
    )
    apart = (texts for texts in chain([rough], exact) if texts[0] != texts[1])
    this, before = next(apart, rough)
    return this, before


def _letter(name: str) -> str:
    return {"l2": r"\lambda"}.get(name, name)


def _value(value: Any) -> str:
    if isinstance(value, Sequence):
        return f"({', '.join(map(_value, value))})"
    return f"{float(value):.4g}"


def bench_query(one: Derivation, numbers: Mapping[str, Any]) -> dict[str, str]:
    """Return the bench's link with the logits, target, temperature and loss of a counterexample.

    Empty where the bench cannot show all that the lines depend on: numbers that it does not have,
    such as c or the weights, a batch, or a target that is no distribution.
    """
    z, y, t = (numbers.get(x) for x in "zyt")
    if z is None or not _ON_BENCH.issuperset(numbers) or isinstance(z[0], Sequence) or len(z) < 2:
        return {}
    query = {"z": numbers_text(tuple(map(float, z)), ",")}
    if t is not None:
        query["label"] = str(int(t))
    if y is not None:
        if t is not None or min(y) < 0 or abs(float(np.sum(y)) - 1) > _ROUNDING:
            return {}
        query["target"] = numbers_text(tuple(map(float, y)), ",")
    if "T" in numbers:
        query["temperature"] = number_text(float(numbers["T"]))
    if one.id in _LOSSES:
        query["loss"] = _LOSSES[one.id]
    return query
