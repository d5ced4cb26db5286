"""A loss's formula behind the checks that every loss shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from core.kernel import QUIET, cast
from core.validation import FloatArray, NumberArray, as_classes, refuse, refuse_where

LossFunction: TypeAlias = Callable[[Any, Any], Any]


def checked(
    formula: LossFunction, lowest: float = -np.inf, highest: float = np.inf
) -> LossFunction:
    """Return a formula that checks what it is given, and computes float16 in float32."""

    def loss(probabilities: ArrayLike, targets: ArrayLike) -> Any:
        a = as_classes(probabilities, "probabilities", allow_complex=True)
        y: FloatArray = as_classes(targets, "targets")
        if a.shape != y.shape:
            refuse("targets", f"their shape is {y.shape}", f"the probabilities' shape {a.shape}")
        _check_range(a, "probabilities", lowest, highest)
        _check_range(y, "targets", lowest, np.inf)
        dtype = np.result_type(a, np.float32)
        with np.errstate(**QUIET):
            y = y.astype(np.finfo(dtype).dtype, copy=False)
            # + 0.0: a slope of -0.0 would read as a sign where there is none.
            return cast(formula(a.astype(dtype, copy=False), y) + 0.0, a.dtype)[()]

    return loss


def _check_range(values: NumberArray, name: str, lowest: float, highest: float) -> None:
    """Refuse what is not finite, or (in its real part) outside lowest .. highest."""
    good = np.isfinite(values) & (values.real >= lowest) & (values.real <= highest)
    bounds = " of at least 0" if lowest == 0 else ""
    bounds += " and at most 1" if highest == 1 else ""
    refuse_where(~good, values, name, f"finite numbers{bounds}")
