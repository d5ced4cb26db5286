"""Numbers at which lines differ, as they are said: z = (0, 1, 0), i = 1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from derivations import Counterexample
from pages.writing.numerals import short_text
from pages.writing.wording import Wording

_SIZES = ("n", "D", "N")
_ORDER = ("z", "u", "a", "y", "g", "w", "b", "o", "T", "c", "l2", "t", *"ijkmds")


def evidence_text(found: Counterexample, words: Wording) -> str:
    """Say at which numbers a line differs from the one before it, and by how much."""
    return words(
        "practice.evidence",
        numbers=f"${said_numbers(found)}$",
        this=said_value(found.after),
        before=said_value(found.before),
    )


def said_numbers(found: Counterexample) -> str:
    """Write the numbers of a counterexample as one formula."""
    numbers = {x: v for x, v in found.numbers.items() if x not in _SIZES}
    order = [*(x for x in _ORDER if x in numbers), *(x for x in numbers if x not in _ORDER)]
    return r",\; ".join(f"{_letter(x)} = {_value(numbers[x])}" for x in order)


def said_value(value: float) -> str:
    """Write the value of a line."""
    return short_text(value)


def _letter(name: str) -> str:
    return {"l2": r"\lambda"}.get(name, name)


def _value(value: Any) -> str:
    if isinstance(value, Sequence):
        return f"({', '.join(map(_value, value))})"
    return f"{float(value):.4g}"


def bench_query(numbers: Mapping[str, Any]) -> dict[str, str]:
    """Return the bench's link with the logits and the target of a counterexample.

    Empty where it has no logits of one sample, or the target is no distribution.
    """
    z = numbers.get("z")
    if not isinstance(z, Sequence) or any(isinstance(x, Sequence) for x in z) or len(z) < 2:
        return {}
    query = {"z": ",".join(f"{float(x):.10g}" for x in z)}
    y, t = numbers.get("y"), numbers.get("t")
    if t is not None:
        query["label"] = str(int(t))
    elif isinstance(y, Sequence) and min(y) >= 0 and abs(float(np.sum(y)) - 1) < 1e-9:
        query["target"] = ",".join(repr(float(x)) for x in y)
    if "T" in numbers:
        query["temperature"] = f"{float(numbers['T']):g}"
    return query
