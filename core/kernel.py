"""The passes that every stable form shares, on rows: arrays of shape (N, n).

With m the row's maximum and T the temperature,

    shifted = (z - m) / T,    rest = sum of exp(shifted) over all classes but one maximum,
    total = 1 + rest,         log total = log1p(rest).

The maximum's own exp is exactly 1. Setting it aside keeps what `log(sum)` would round away: at
[40, 0] the rest is 4.2e-18, 1 + rest is 1, and a loss of 4.2e-18 would be shown as 0.

The same code serves complex logits (for the complex step): the shift is then by the entry with
the largest real part, imaginary part included, which leaves every formula analytic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.validation import IntArray, NumberArray, as_classes, check_axis, check_maxima

# exp may overflow or underflow, log meets 0, a cast down may overflow: each has its right limit
# here. "invalid" only arises where complex products meet an infinite logarithm.
QUIET: Any = {"over": "ignore", "under": "ignore", "divide": "ignore", "invalid": "ignore"}


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Logits laid out as rows (N, n), checked, with the index of each row's maximum."""

    rows: NumberArray
    top: IntArray
    shape: tuple[int, ...]
    axis: int

    def restore(self, rows: NumberArray) -> Any:
        """Rows (N, n) in the shape, axis order and dtype in which the logits came."""
        moved = rows.reshape(self.shape).astype(self.rows.dtype, copy=False)
        return moved if self.axis == len(self.shape) - 1 else np.moveaxis(moved, -1, self.axis)

    def reduced(self, per_row: NumberArray) -> Any:
        """One number a row (N,) in the logits' shape without the class axis; a scalar if 0-d."""
        return per_row.reshape(self.shape[:-1]).astype(self.rows.dtype, copy=False)[()]


def to_rows(logits: ArrayLike, axis: int = -1, *, allow_complex: bool = False) -> Rows:
    """Check logits and lay the class axis last; NaN, +inf and wholly masked rows are refused."""
    z: NumberArray = as_classes(logits, "logits", allow_complex=allow_complex)
    axis = check_axis(axis, z.ndim)
    moved = z if axis == z.ndim - 1 else np.moveaxis(z, axis, -1)
    rows = moved.reshape(-1, moved.shape[-1])
    top = rows.real.argmax(axis=1)
    check_maxima(rows[np.arange(len(rows)), top], z, axis)
    return Rows(rows, top, moved.shape, axis)


def working_dtype(dtype: np.dtype[Any], temperature: float) -> np.dtype[Any]:
    """Choose the dtype to compute in: float32 for float16, and float64 wherever T is not 1.

    A temperature of 1e-50 or 1e300 would become 0 or inf in float32, and 0/0 or -inf/inf after.
    """
    if temperature != 1:
        return np.result_type(dtype, np.float64)
    return np.result_type(dtype, np.float32)


def divide_by(array: NumberArray, temperature: float) -> None:
    """Divide in place, part by part: a complex quotient would turn -inf + 0j into NaN."""
    if temperature != 1:
        parts = array.view(array.real.dtype)
        np.divide(parts, temperature, out=parts)


def shift(rows: NumberArray, top: IntArray, temperature: float) -> Any:
    """(z - m) / T as a new C-contiguous array in the working dtype: 0 at `top`, at most 0 else.

    Shifting before dividing keeps small differences between huge logits exact.
    """
    maxima = rows[np.arange(len(rows)), top][:, np.newaxis]
    dtype = working_dtype(rows.dtype, temperature)
    shifted = np.subtract(rows, maxima, dtype=dtype, order="C")
    divide_by(shifted, temperature)
    return shifted


def exponentiate(shifted: NumberArray, top: IntArray, out: NumberArray | None = None) -> Any:
    """exp(shifted), and the sum (N,) of all its entries but the one at `top`, which is 1."""
    index = np.arange(len(top))
    exps: NDArray[Any] = np.exp(shifted, out=out)
    exps[index, top] = 0
    rest = exps.sum(axis=1)
    exps[index, top] = 1
    return exps, rest
