"""What `softmax_loss` returns: the value and one gradient at once, the rest when asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from core.kernel import QUIET, cast
from core.validation import FloatArray, NumberArray

# Makes an array in the logits' order, in any shape and in the dtype of the computation.
Maker: TypeAlias = Callable[[], NumberArray]


@dataclass(frozen=True, eq=False)
class LossResult:
    """What `softmax_loss` found, in the logits' dtype.

    value               L: one number, or (...) for the reduction "none"
    grad_logits         dL/dz, (..., n)
    probabilities       a = softmax(z / T), (..., n)
    grad_probabilities  dL/da, (..., n), a taken as a free variable

    Under the reduction "mean" both gradients are divided by N, the number of samples. The last two
    are made when first asked for, from arrays that nobody else holds: a step of training needs
    neither, and each costs a pass over memory.
    """

    value: Any
    grad_logits: FloatArray
    _make_probabilities: Maker = field(repr=False)
    _make_grad_probabilities: Maker = field(repr=False)

    @cached_property
    def probabilities(self) -> FloatArray:
        """Softmax of z / T."""
        return self._like_logits(self._make_probabilities)

    @cached_property
    def grad_probabilities(self) -> FloatArray:
        """dL/da: 0 where y is 0, and -inf where cross-entropy meets y > 0 at a = 0."""
        return self._like_logits(self._make_grad_probabilities)

    @np.errstate(**QUIET)
    def _like_logits(self, make: Maker) -> FloatArray:
        like = self.grad_logits
        return cast(make().reshape(like.shape), like.dtype)  # type: ignore[no-any-return]
