"""The lab's tables, picture and sentences, at the learner's numbers."""

from __future__ import annotations

import math

import numpy as np

from core import GradientCheck
from pages.blocks import figures
from pages.blocks.gradient_check import slips
from pages.blocks.gradient_check.sweep import (
    METHODS,
    SOURCE_STEP,
    STEPS,
    Sweep,
    place,
)
from pages.blocks.lesson import Picture, Rows
from pages.blocks.numerals import fixed_text, short_text, step_text, times_text
from pages.blocks.palette import Theme
from pages.blocks.plain_text import as_plain_markdown
from pages.blocks.state import LabState
from pages.blocks.tables import Number
from pages.blocks.wording import Wording

# A gradient that no step finds to this share of it lies below what the method can see.
BLURRED = 1e-2


def sweep_picture(sweep: Sweep, method: str, words: Wording, theme: Theme) -> Picture:
    """Draw the errors against the step; its table has one row for each decade."""
    best = sweep.best(method)
    found = "none" if best is None else "alt"
    return Picture(
        figures.step_error(sweep, method, words, theme),
        words(
            f"gradient_check.sweep.{found}",
            method=words(f"gradient_check.method.{method}"),
            dtype=sweep.dtype,
            step="" if best is None else step_text(STEPS[best]),
            error="" if best is None else step_text(sweep.around(method)[best]),
        ),
        ["h", *(words(f"gradient_check.short.{name}") for name in METHODS)],
        [
            [step_text(step), *(_measured(sweep, name, step) for name in METHODS)]
            for step in 10.0 ** np.arange(-1, -17, -1)
        ],
    )


def _measured(sweep: Sweep, method: str, step: float) -> Number | str:
    error = float(sweep.errors[method][place(step)])
    return "z + h = z" if math.isnan(error) else Number(method, error, step_text(error))


def sweep_remarks(sweep: Sweep, method: str, words: Wording) -> list[str]:
    """Say which step is best, what the source's costs, and what the picture cannot tell."""
    best = sweep.best(method)
    if best is None:
        return [words("gradient_check.sweep.unmoved", step=step_text(sweep.unmoved))]
    around = sweep.around(method)
    numbers = {
        "method": words(f"gradient_check.method.{method}"),
        "dtype": sweep.dtype,
        "step": step_text(STEPS[best]),
        "error": step_text(around[best]),
        "source": step_text(sweep.errors[method][place(SOURCE_STEP)]),
        "largest": step_text(sweep.scale),
        "value": short_text(sweep.value),
        "unmoved": step_text(sweep.unmoved),
    }
    known = "best" if around[best] else "exact"
    said = [known if sweep.slope else "no_slope"]
    cost = sweep.cost(method)
    if cost is None:
        said.append("source_unmoved")
    elif sweep.slope:
        numbers["cost"] = times_text(cost)
        said.append("cost" if cost > figures.FREE else "free")
    if sweep.slope and around[best] > BLURRED:
        said.append("blurred")
    if sweep.unmoved and method != "complex":
        said.append("vanishes")
    return [words(f"gradient_check.sweep.{name}", **numbers) for name in said]


def slip_formula(slip: str) -> str:
    """Write what the slip computes, and what belongs there."""
    known = slips.SLIPS[slip]
    # Below each other, so that a phone need not cut them.
    lines = rf"& {known.formula} \\[1ex] \neq\; & {known.instead_of}"
    return rf"$$\begin{{aligned}} {lines} \end{{aligned}}$$"


def slip_table(
    state: LabState, slip: str, found: slips.Finding, words: Wording
) -> tuple[list[str], Rows]:
    """Set the wrong gradient beside the right one, entry by entry."""
    head = [words(f"gradient_check.slips.{name}") for name in ("entry", "right", "wrong", "off")]
    names = entries(state, slips.SLIPS[slip].setting, words)
    parts = (part.ravel().tolist() for part in (found.right, found.wrong, found.off))
    rows: list[list[str | Number]] = []
    for k, (name, right, wrong, off) in enumerate(zip(names, *parts, strict=True)):
        off_cell = Number("off", off, fixed_text(off) if off else "0", k + 1)
        rows.append([name, _slope("right", right, k), _slope("slip", wrong, k), off_cell])
    return head, rows


def _slope(quantity: str, value: float, index: int) -> Number:
    return Number(quantity, value, fixed_text(value), index + 1)


def entries(state: LabState, setting: slips.Setting, words: Wording) -> list[str]:
    """Name the entries of a gradient: classes, classes of both samples, or inputs of the layer."""
    if setting == "layer":
        return [figures.indexed("x", k) for k in range(state.classes)]
    names = words.class_names(state.names)
    if setting == "batch":
        return [
            words("gradient_check.slips.of_sample", name=name, number=number)
            for number in (1, 2)
            for name in names
        ]
    return names


def slip_remarks(
    state: LabState, slip: str, method: str, found: slips.Finding, words: Wording
) -> list[str]:
    """Say what the checker answered, where the worst entry is, and how many are off."""
    check = found.check
    if check is None:
        return [words("gradient_check.slips.infinite")]
    off = found.off.ravel()
    worst = int(np.ravel_multi_index(check.worst_index, found.right.shape))
    numbers = {
        "method": words(f"gradient_check.method.{method}"),
        "step": step_text(check.step),
        "count": int(np.count_nonzero(off)),
        "entries": off.size,
        "relative": short_text(check.max_relative_error),
        "entry": as_plain_markdown(entries(state, slips.SLIPS[slip].setting, words)[worst]),
        "given": fixed_text(check.analytic.ravel()[worst]),
        "numeric": fixed_text(check.numeric.ravel()[worst]),
        "off": step_text(float(np.abs(off).max())),
        "allowed": step_text(allowance(check, found.value, method)),
    }
    if found.verdict != "agrees":
        return [words(f"gradient_check.slips.{found.verdict}", **numbers)]
    reason = f"agrees_{slip}" if slip in AGREEMENTS and found.right.any() else "agrees_zero"
    if reason == "agrees_zero" and found.right.any():
        reason = "agrees_here"
    return [words(f"gradient_check.slips.{reason}")]


# The slips whose agreement has a reason of its own, with a sentence of that name.
AGREEMENTS = ("cross_entropy_gradient_for_other_loss", "missing_class_mean", "missing_temperature")


def allowance(check: GradientCheck, value: float, method: str) -> float:
    """Return the largest difference that core's checker lets pass: its band and its noise."""
    eps = float(np.finfo(check.numeric.dtype).eps)
    noise = 1e3 * eps * max(1.0, abs(value))
    if method != "complex":  # which subtracts nothing
        noise /= check.step
    return 1e-6 * largest_of(check) + noise


def largest_of(check: GradientCheck) -> float:
    """Return the largest entry of both gradients in size."""
    return float(np.abs([check.analytic, check.numeric]).max())
