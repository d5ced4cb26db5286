"""What the checker says of a gradient at the learner's numbers, and where it would find a slip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from core import GradientCheck, analytic_loss, check_gradient
from pages.lessons.gradient_check.wrong_gradients import SLIPS, Case, Setting, case_of, weights
from pages.visit.presets import PRESETS
from pages.visit.state import LabState
from pages.widgets.figure import Vector

SAME = 1e-12  # of the largest entry: closer gradients differ by rounding only


def posed(case: Case, setting: Setting) -> tuple[Callable[[Any], Any], Vector, Vector]:
    """Return f, the place x, and the right gradient of f at x."""
    state, n = case.state, len(case.z)
    if setting == "batch":  # the learner's sample, twice
        targets = np.stack([case.y, case.y])
        f = analytic_loss(targets, state.loss, temperature=state.temperature)
        return f, np.stack([case.z, case.z]), np.stack([case.right, case.right]) / 2
    f = analytic_loss(case.y, state.loss, temperature=state.temperature)
    if setting == "logits":
        return f, case.z, case.right
    w, x = weights(n), np.ones(n)
    bias = case.z - w @ x  # so that the layer's scores are the learner's logits
    return lambda inputs: f(w @ inputs + bias), x, w.T @ case.right


@dataclass(frozen=True, eq=False)
class Finding:
    """A wrong gradient beside the right one, and what the checker said of it.

    verdict     "caught"; "agrees": the slip changes nothing here; "unseen": less than rounding
                lets differences see; "infinite": the loss is, and nothing can be checked
    """

    verdict: Literal["caught", "agrees", "unseen", "infinite"]
    right: Vector
    wrong: Vector
    check: GradientCheck | None

    @property
    def off(self) -> Vector:
        """Wrong minus right; 0 where the two are one to within rounding."""
        with np.errstate(invalid="ignore"):
            off = self.wrong - self.right
        largest = float(np.abs(self.right).max())
        return np.where(np.abs(off) <= SAME * largest, 0.0, off)


def find_slip(state: LabState, slip: str, method: str) -> Finding:
    """Hand a slip's gradient to the checker, at the learner's numbers."""
    known = SLIPS[slip]
    case = case_of(state)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        wrong = known.wrong(case) + 0.0
    return find(case, known.setting, wrong, method)


def find(case: Case, setting: Setting, wrong: Vector, method: str) -> Finding:
    """Check one gradient against differences of the learner's loss."""
    f, x, right = posed(case, setting)
    if not np.isfinite(case.value):
        return Finding("infinite", right, wrong, None)
    check = check_gradient(f, wrong, x, method=method)
    finding = Finding("caught", right, wrong, check)
    if check.passed:
        return replace(finding, verdict="unseen" if finding.off.any() else "agrees")
    return finding


def ways_out(state: LabState) -> dict[str, LabState]:
    """Return other numbers at which slips may show, those nearest to the learner's first."""
    textbook = PRESETS["textbook"]
    return {
        "temperature": replace(state, temperature=2.0),
        "squared": replace(state, loss="mean_squared_error"),
        "textbook": textbook,
        "textbook_squared": replace(textbook, loss="mean_squared_error"),
        "textbook_temperature": replace(textbook, temperature=2.0),
    }


@lru_cache(maxsize=128)
def way_out(state: LabState, slip: str, method: str) -> str:
    """Return the first of the ways out at which the checker finds the slip."""
    ways = ways_out(state)
    return next(name for name in ways if find_slip(ways[name], slip, method).verdict == "caught")


@lru_cache(maxsize=128)
def seen_by_complex(state: LabState, slip: str) -> bool:
    """Whether the complex step finds a slip that a real difference did not."""
    return find_slip(state, slip, "complex").verdict == "caught"
