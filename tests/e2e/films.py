"""Every film: its link, and what its marks stand for at a stop, by core."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from core import softmax

Z = [2.0, 3.0, 4.5]
Marks = dict[tuple[str, int], float]


@dataclass(frozen=True)
class Case:
    """A film, and what its marks stand for at a stop, by core."""

    name: str
    link: str
    oracle: Callable[[float], Marks]
    tolerance: float = field(default=0.0)


def shares(logits: list[float], temperature: float = 1.0) -> list[float]:
    return [float(a) for a in softmax(logits, temperature=temperature)]


def shifted(c: float) -> Marks:
    before, after = shares(Z), shares([z + c for z in Z])
    return {("probability", k): a for k, a in enumerate(before, 1)} | {
        ("shifted_probability", k): a for k, a in enumerate(after, 1)
    }


def at_temperature(t: float) -> Marks:
    return {("probability", k): a for k, a in enumerate(shares(Z, t), 1)}


CASES = [
    Case("shift", "/softmax?screen=shift", shifted),
    Case("temperature", "/softmax?screen=temperature", at_temperature),
]
