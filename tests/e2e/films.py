"""Every film: its link, and what its marks stand for at a stop, by core."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

import core
from core import softmax

Z = [2.0, 3.0, 4.5]
FLOAT16_ENDS = 65520.0  # from halfway to what would come next it rounds to infinity
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


def step_errors(h: float) -> Marks:
    """The largest error of the differences, as a share of the gradient's largest entry."""
    z, right = np.array(Z), core.softmax_loss(Z, 0).grad_logits
    f = core.analytic_loss(0, "cross_entropy")
    ways = (core.forward_difference, core.central_difference, core.complex_step)
    found = (np.abs(way(f, z, step=h) - right).max() / np.abs(right).max() for way in ways)
    unmoved = bool((z + h == z).any())
    return {
        ("error", k): math.nan if unmoved and k < len(ways) else float(error)
        for k, error in enumerate(found, 1)
    }


def growing(x: float) -> Marks:
    """The loss of [x, 0] with class 2 by four forms in three formats, and where each form ends."""
    marks: Marks = {}
    for k, dtype in enumerate(("float16", "float32", "float64")):
        info = np.finfo(dtype)
        largest = math.log(float(info.max))
        least = math.log(float(info.smallest_subnormal)) - math.log(2)
        exact = float(np.logaddexp(x, 0.0))
        naive, shifted = (exact if x < end else math.inf for end in (largest, -least))
        forms = (naive, shifted, exact, exact)
        if dtype == "float16" and x >= FLOAT16_ENDS:
            forms = (math.inf, math.nan, math.nan, math.nan)
        marks |= {("loss", 4 * k + form): loss for form, loss in enumerate(forms, 1)}
        marks |= {("gradient_threshold", 4 * k + form): largest for form in (1, 2)}
        marks |= {("loss_threshold", 4 * k + 1): largest, ("loss_threshold", 4 * k + 2): -least}
    for form in (3, 4):
        marks |= {(f"{name}_threshold", form): FLOAT16_ENDS for name in ("loss", "gradient")}
    return marks


CASES = [
    Case("shift", "/softmax?screen=shift", shifted),
    Case("temperature", "/softmax?screen=temperature", at_temperature),
    Case("sweep", "/gradient-check?h=1e-5", step_errors, tolerance=1e-15),
    Case("growing", "/stability?x=50", growing, tolerance=1e-3),
]
