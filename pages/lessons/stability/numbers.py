"""What each form makes of some logits in a dtype, beside the right values with 60 digits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any

import numpy as np

from pages.lessons.stability.four_forms import FORMS, Array, Steps
from pages.visit.state import LabState

ALL: Any = {"all": "ignore"}
DIGITS = 60  # of the reference
ROUNDING_STEPS = 8  # a result that is off by no more units of rounding than this counts as right


@dataclass(frozen=True)
class Reference:
    """The right values, computed with 60 digits and rounded once, to float64."""

    probabilities: tuple[float, ...]
    penalties: tuple[float, ...]  # -ln a
    loss: float
    gradient: tuple[float, ...]
    # With all digits: float64 holds as 0 what is smaller than its numbers.
    fine_probabilities: tuple[Decimal, ...]
    fine_loss: Decimal
    fine_gradient: tuple[Decimal, ...]


@dataclass(frozen=True)
class Outcome:
    """What a form made of some logits in a dtype, and the reference for the logits as stored."""

    form: str
    dtype: str
    target: Array
    steps: Steps
    reference: Reference

    @property
    def loss(self) -> float:
        """The loss that came out."""
        return float(self.steps["loss"])

    @property
    def loss_error(self) -> float:
        """How far the loss is from the exact one; inf where only one of them is finite."""
        return _distance(self.steps["loss"], self.reference.loss)

    @property
    def gradient_error(self) -> float:
        """The largest error of an entry of dL/dz."""
        return max(map(_distance, self.steps["gradient"], self.reference.gradient))

    @property
    def verdict(self) -> str:
        """`right`, `rough`, `lost`, or which of loss and gradient failed.

        Rough has lost more than rounding takes beside 1. A loss far below 1 may have lost all of
        its digits to that same rounding.
        """
        loss, gradient = self.loss_error, self.gradient_error
        if np.inf in (loss, gradient):
            return "both" if loss == gradient else "loss" if loss == np.inf else "gradient"
        within = ROUNDING_STEPS * float(np.finfo(self.dtype).eps)
        size = max(1.0, self.reference.loss) if np.isfinite(self.reference.loss) else 1.0
        if loss > within * size or gradient > within:
            return "rough"
        underflow = self.reference.loss == 0 and self.reference.fine_loss > 0
        return "lost" if loss > self.reference.loss / 2 or underflow else "right"


def _distance(value: Any, exact: float) -> float:
    value = float(value)
    if value == exact:
        return 0.0
    return abs(value - exact) if np.isfinite(value) and np.isfinite(exact) else np.inf


def stored(values: tuple[float, ...], dtype: str) -> Array:
    """Round numbers to a dtype; what is beyond its largest number becomes infinite."""
    with np.errstate(**ALL):
        return np.array(values).astype(dtype)


@lru_cache(maxsize=256)
def outcome_of(
    form: str, dtype: str, logits: tuple[float, ...], target: tuple[float, ...]
) -> Outcome:
    """Compute a form in a dtype, beside the exact values for the numbers that the dtype stores.

    Where a logit is too large to be stored at all, the exact values are those of the logit itself.
    """
    z, y = stored(logits, dtype), stored(target, dtype)
    with np.errstate(**ALL):
        steps = FORMS[form](z, y)
    kept = np.where(np.isinf(z), logits, z).tolist()
    return Outcome(form, dtype, y, steps, reference_of(tuple(kept), tuple(y.tolist())))


@lru_cache(maxsize=2048)
def reference_of(logits: tuple[float, ...], target: tuple[float, ...]) -> Reference:
    """Cross-entropy, softmax and dL/dz with 60 digits, each rounded to float64 at the end.

    No difference of nearly equal numbers is taken: 1 - a_i is the sum of the other a_k.
    """
    with localcontext() as context:
        context.prec = DIGITS
        z = [Decimal(value) for value in logits]
        y = [Decimal(value) for value in target]
        top = z.index(max(z))
        e = [(value - z[top]).exp() for value in z]
        rest = sum((value for k, value in enumerate(e) if k != top), Decimal(0))
        total = 1 + rest
        # ln(1 + r) = r - r^2/2 + ...: 1 + r would lose what is below the 60th digit.
        log_total = total.ln() if rest > Decimal("1e-25") else rest - rest * rest / 2
        penalties = [log_total + (z[top] - value) for value in z]
        loss = sum((y[k] * penalty for k, penalty in enumerate(penalties) if y[k]), Decimal(0))
        gradient = []
        for i, own in enumerate(e):
            others = [k for k in range(len(e)) if k != i]
            from_others = own * sum((y[k] for k in others), Decimal(0))
            gradient.append((from_others - y[i] * sum(e[k] for k in others)) / total)
        probabilities = tuple(value / total for value in e)
        return Reference(
            tuple(map(float, probabilities)),
            tuple(map(float, penalties)),
            float(loss),
            tuple(float(value) + 0.0 for value in gradient),
            probabilities,
            loss,
            tuple(gradient),
        )


def outcomes_of(state: LabState, dtype: str) -> list[Outcome]:
    """Compute all forms in a dtype, from the learner's logits and target."""
    target = tuple(state.distribution.tolist())
    return [outcome_of(form, dtype, state.logits, target) for form in FORMS]


def reference(state: LabState) -> Reference:
    """Return the exact values for the learner's logits."""
    return reference_of(state.logits, tuple(state.distribution.tolist()))


def watched_class(state: LabState) -> int:
    """Return the class whose numbers stand for all: that with the largest share of the target."""
    return int(np.argmax(state.distribution))
