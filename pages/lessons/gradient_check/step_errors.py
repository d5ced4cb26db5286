"""How far differences are from the gradient, for steps from 1e-1 to 1e-16.

A step at which x + h rounds back to x measures nothing; its error is NaN here, and no number on
the screen. Masked logits (-inf) cannot be moved and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core import analytic_loss, softmax_loss
from pages.visit.difference_check import METHODS
from pages.visit.state import LabState
from pages.widgets.figure import Vector

# The power of h to which what is left out of the expansion is proportional.
ORDERS: Mapping[str, int] = {"forward": 1, "central": 2, "complex": 2}
A_DECADE = 6
# Three digits each: whole decades are the decimals that are read, and a link stays short.
STEPS = np.array(
    [float(f"{10 ** (k / A_DECADE):.2e}") for k in range(-16 * A_DECADE, -A_DECADE + 1)]
)
SOURCE_STEP = 1e-10
# What is smaller cannot be told from the rounding of the gradient itself, and stands on the floor.
FLOOR = 1e-17
NEIGHBOURS = 2  # on either side
FREE = 10.0  # times the best: what a step may cost and still be called as good
LEAST_SLOPE = 1e-250  # shares of less could be beyond the largest double


@dataclass(frozen=True, eq=False)
class Sweep:
    """The errors of three methods at all steps, as shares of `scale`.

    errors      by method, (steps,): the largest |difference - gradient| over scale; NaN: no step
    scale       the largest |dL/dz_i|, or 1 where there is no slope
    slope       whether there is a gradient to divide by: none below LEAST_SLOPE
    unmoved     the largest step that vanishes beside some logit for real differences; 0: none
    """

    errors: Mapping[str, Vector]
    gradient: Vector
    value: float
    dtype: str
    scale: float
    slope: bool
    unmoved: float

    def best(self, method: str) -> int | None:
        """Return where in STEPS the error stays smallest around a step; None: none was measured."""
        around = self.around(method)
        if np.isnan(around).all():
            return None
        # Of equals the largest step: a flat curve is right from there on.
        return int(len(STEPS) - 1 - np.nan_to_num(around, nan=np.inf)[::-1].argmin())

    def cost(self, method: str) -> float | None:
        """Return by what the error at the source's step exceeds that around the best one.

        None where the source's step vanishes.
        """
        best, source = self.best(method), place(SOURCE_STEP)
        if best is None or np.isnan(self.errors[method][source]):
            return None
        return float(self.errors[method][source] / max(self.around(method)[best], FLOOR))

    def around(self, method: str) -> Vector:
        """Return the largest error at each step and its neighbours: luck at one step is no gain."""
        errors = self.errors[method]
        padded = np.pad(np.nan_to_num(errors, nan=-1), NEIGHBOURS, constant_values=-1)
        windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURS + 1)
        return np.where(np.isnan(errors), np.nan, windows.max(axis=1))


def place(step: float) -> int:
    """Return where in STEPS a step stands."""
    return int(np.abs(STEPS - step).argmin())


@lru_cache(maxsize=128)
def sweep_of(state: LabState, dtype: str) -> Sweep | None:
    """Measure all methods at all steps; None where the loss is infinite."""
    z = np.array(state.logits, dtype)
    y, exact = state.distribution, z.astype(np.float64)
    result = softmax_loss(exact, y, loss=state.loss, temperature=state.temperature)
    if not np.isfinite(result.value):
        return None
    largest = float(np.abs(result.grad_logits).max())
    slope = largest >= LEAST_SLOPE
    scale = largest if slope else 1.0
    errors = {}
    for method in METHODS:
        numeric = estimates(z, y, state, method)
        with np.errstate(over="ignore", invalid="ignore"):
            away = np.abs(numeric.astype(np.float64) - result.grad_logits)
            errors[method] = away[:, np.isfinite(z)].max(axis=1) / scale
    unmoved = STEPS[np.isnan(errors["central"])]
    return Sweep(
        errors=errors,
        gradient=result.grad_logits,
        value=float(result.value),
        dtype=dtype,
        scale=scale,
        slope=slope,
        unmoved=float(unmoved[-1]) if len(unmoved) else 0.0,
    )


def estimates(z: Vector, y: Vector, state: LabState, method: str) -> Vector:
    """Return what core's differences return at each of STEPS, (steps, n), in one pass.

    NaN where the step vanishes beside the logit; core has 0 there.
    """
    # One row for each step and each logit: that logit moved by that step.
    each = (len(STEPS), len(z), len(z))
    where = np.eye(len(z), dtype=bool) & np.isfinite(z)
    values = _losses(y, state, each[:2])
    steps = STEPS.astype(z.dtype)[:, np.newaxis, np.newaxis]
    if method == "complex":
        rows = np.where(where, z + 1j * steps, z).astype(np.result_type(z, np.complex64))
        slopes = values(rows).imag / STEPS[:, np.newaxis]
        return np.where(np.isfinite(z), slopes, np.nan).astype(z.dtype)
    ahead = np.where(where, z + steps, z)
    behind = np.where(where, z - steps, z) if method == "central" else np.broadcast_to(z, each)
    # The steps as they were really taken, x + h having been rounded.
    diagonal = np.arange(len(z))
    with np.errstate(invalid="ignore", divide="ignore"):
        widths = (ahead.astype(np.float64) - behind)[:, diagonal, diagonal]
        changes = values(ahead).astype(np.float64) - values(behind)
        slopes = np.where(widths > 0, changes / widths, np.nan)
    return slopes.astype(z.dtype)


def _losses(y: Vector, state: LabState, shape: tuple[int, ...]) -> Callable[[NDArray[Any]], Any]:
    targets = np.broadcast_to(y, (*shape, len(y)))
    return analytic_loss(targets, state.loss, temperature=state.temperature, reduction="none")
