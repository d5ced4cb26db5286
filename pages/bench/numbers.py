"""Every number on the bench, computed by core, as data that survives JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import SupportsFloat, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core import (
    GradientCheck,
    LossResult,
    check_gradient,
    entropy,
    exponentials,
    softmax_jacobian,
    softmax_loss,
)
from pages.visit.state import LabState
from pages.widgets.difference_step import difference_step

# Below it exponentials lose digits, and their quotients with them.
SMALLEST_SUM = 1e-290
# A number, or the JavaScript name of one that JSON has no word for.
Numeral: TypeAlias = float | str


def lane_numbers(state: LabState, *, jacobian: bool) -> dict[str, object]:
    """Compute what a lane shows from logit to target, the loss, and the Jacobian if asked for.

    Vectors are lists over the classes; `Infinity` and `-Infinity` stand as strings.
    """
    logits = np.array(state.logits)
    result = _loss_result(state, logits)
    numbers = _lane_numbers(state, logits, result)
    return numbers | {"jacobian": _jacobian_rows(state, result)} if jacobian else numbers


def _jacobian_rows(state: LabState, result: LossResult) -> list[list[Numeral]]:
    rows = softmax_jacobian(result.probabilities, temperature=state.temperature)
    return [numerals(row) for row in rows]


def _lane_numbers(
    state: LabState, logits: NDArray[np.floating], result: LossResult
) -> dict[str, object]:
    exps = exponentials(logits, temperature=state.temperature)
    return {
        "logit": numerals(logits),
        "exponential": numerals(exps),
        "probability": numerals(result.probabilities),
        "target": numerals(state.distribution),
        "loss": numeral(result.value),
        "sum_exponential": numeral(_sum(exps)),
        "argmax": int(np.argmax(result.probabilities)),
        "temperature": state.temperature,
        "shifted": _shifted(state, logits, exps),
    }


def bench_numbers(state: LabState) -> dict[str, object]:
    """Compute all that the whole bench shows: the lanes' numbers, gradients, Jacobian, check.

    The Jacobian is a list of rows.
    """
    logits = np.array(state.logits)
    result = _loss_result(state, logits)
    return {
        **_lane_numbers(state, logits, result),
        "gradient_probability": numerals(result.grad_probabilities),
        "gradient": numerals(result.grad_logits),
        "jacobian": _jacobian_rows(state, result),
        "entropy": numeral(entropy(result.probabilities)),
        "kl": numeral(_kl_divergence(state, logits, result)),
        "sum_probability": numeral(result.probabilities.sum()),
        "sum_target": numeral(state.distribution.sum()),
        "sum_gradient": numeral(result.grad_logits.sum()),
        "mean_slope": _mean_slope(result),
        "check": _check(state, logits, result),
    }


def _sum(exps: NDArray[np.floating]) -> float:
    """Add exponentials up; inf where the sum overflows, and no warning."""
    with np.errstate(over="ignore"):
        return float(exps.sum())


def _shifted(
    state: LabState, logits: NDArray[np.floating], exps: NDArray[np.floating]
) -> Mapping[str, object] | None:
    """Compute the exponentials softmax really takes, where the plain ones overflow or vanish."""
    if SMALLEST_SUM < _sum(exps) < math.inf:
        return None
    shifted = exponentials(logits - logits.max(), temperature=state.temperature)
    return {
        "exponential": numerals(shifted),
        "sum": numeral(shifted.sum()),
        "largest": numeral(logits.max()),
    }


def _mean_slope(result: LossResult) -> Numeral | None:
    """sum_k a_k g_k of the chain rule; None where a slope is infinite, at a = 0."""
    if not np.isfinite(result.grad_probabilities).all():
        return None
    return numeral(result.probabilities @ result.grad_probabilities)


def numeral(value: SupportsFloat) -> Numeral:
    """Return a number as JSON can carry it."""
    number = float(value)
    if math.isfinite(number):
        return number
    return "Infinity" if number > 0 else "-Infinity"


def numerals(values: NDArray[np.floating]) -> list[Numeral]:
    """Return a vector as JSON can carry it."""
    return [numeral(value) for value in values]


def _loss_result(state: LabState, logits: NDArray[np.floating]) -> LossResult:
    return softmax_loss(
        logits, np.asarray(state.target), loss=state.loss, temperature=state.temperature
    )


def _kl_divergence(state: LabState, logits: NDArray[np.floating], result: LossResult) -> float:
    """KL(y || a), from the logits: the probabilities themselves may have underflowed."""
    name = "kl_divergence" if state.is_soft else "cross_entropy"  # of a label both are -ln a_t
    if state.loss != name:
        result = _loss_result(replace(state, loss=name), logits)
    return float(result.value)


def _check(
    state: LabState, logits: NDArray[np.floating], result: LossResult
) -> Mapping[str, object]:
    """Hold dL/dz against central differences of the loss; `verdict` is an id."""
    if not math.isfinite(result.value):
        return {"verdict": "infinite"}
    check: GradientCheck = check_gradient(
        lambda z: _loss_result(state, z).value,
        result.grad_logits,
        logits,
        step=difference_step(state.temperature),
    )
    residual = float(np.max(np.abs(check.analytic - check.numeric)))
    return {"verdict": check.verdict, "residual": residual, "step": check.step}
