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

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.scalars import check_axis
from core.validation import IntArray, NumberArray, as_classes, check_maxima

# exp may overflow or underflow, log meets 0, a cast down may overflow: each has its right limit
# here. "invalid" only arises where complex products meet an infinite logarithm.
QUIET: Any = {"over": "ignore", "under": "ignore", "divide": "ignore", "invalid": "ignore"}
# Classes from which a shorter buffer is worth setting, and its length: see `with_each_row`.
LONG_ROW = 512


class Rows(NamedTuple):
    """Logits as C-contiguous rows (N, n), checked; places count through the rows laid end to end.

    starts  (N,) place of each row's first entry
    top     (N,) place of each row's maximum
    maxima  (N,) the entries there
    """

    rows: NumberArray
    starts: IntArray
    top: IntArray
    maxima: NumberArray
    shape: tuple[int, ...]
    axis: int

    def restore(self, rows: NumberArray) -> Any:
        """Rows (N, n) in the shape, axis order and dtype in which the logits came."""
        moved = cast(rows.reshape(self.shape), self.rows.dtype)
        return moved if self.axis == len(self.shape) - 1 else np.moveaxis(moved, -1, self.axis)

    def reduced(self, per_row: NumberArray) -> Any:
        """One number a row (N,) in the logits' shape without the class axis; a scalar if 0-d."""
        return cast(per_row.reshape(self.shape[:-1]), self.rows.dtype)[()]


def to_rows(logits: ArrayLike, axis: int = -1, *, allow_complex: bool = False) -> Rows:
    """Check logits and lay the class axis last; NaN, +inf and wholly masked rows are refused."""
    z: NumberArray = as_classes(logits, "logits", allow_complex=allow_complex)
    axis = check_axis(axis, z.ndim)
    moved = z if axis == z.ndim - 1 else np.moveaxis(z, axis, -1)
    classes = moved.shape[-1]
    rows = np.ascontiguousarray(moved).reshape(-1, classes)
    starts = np.arange(0, rows.size, classes)
    top = starts + rows.real.argmax(axis=1)
    maxima = rows.take(top)
    check_maxima(maxima, z, axis)
    return Rows(rows, starts, top, maxima, moved.shape, axis)


def working_dtype(dtype: np.dtype[Any], temperature: float) -> np.dtype[Any]:
    """Choose the dtype to compute in: float32 for float16, and float64 wherever T is not 1.

    A temperature of 1e-50 or 1e300 would become 0 or inf in float32, and 0/0 or -inf/inf after.
    """
    if temperature != 1:
        return np.promote_types(dtype, np.float64)
    return np.promote_types(dtype, np.float32)


def cast(array: Any, dtype: np.dtype[Any]) -> Any:
    """`array` in `dtype`; what rounds to -0.0 there, which reads as a sign, becomes 0.0."""
    return array if array.dtype == dtype else array.astype(dtype) + dtype.type(0)


def log1p(rest: NumberArray) -> Any:
    """log(1 + rest); NumPy's own loses the last digits of a small complex number."""
    if rest.dtype.kind != "c":
        return np.log1p(rest)
    x, y = rest.real, rest.imag
    small = np.abs(rest) < 0.5
    size = np.where(small, np.log1p(np.where(small, x * (2 + x) + y * y, 0)) / 2, 0)
    near = size + 1j * np.arctan2(y, 1 + x)
    return np.where(small, near, np.log(np.where(small, 1, 1 + rest))).astype(rest.dtype)


def divide_by(array: NumberArray, temperature: float) -> None:
    """Divide in place, part by part: a complex quotient would turn -inf + 0j into NaN."""
    if temperature != 1:
        parts = array.view(array.real.dtype)
        np.divide(parts, temperature, out=parts)


def with_each_row(
    operation: np.ufunc, rows: NumberArray, numbers: NumberArray, dtype: np.dtype[Any]
) -> Any:
    """Combine each row of (N, n) with its own one of N numbers, as a new array of `dtype`.

    NumPy writes the number out n times into its buffer where two rows fit in there. With a buffer
    shorter than the row it does not, which takes a third off the time for long rows.
    """
    column = numbers[:, np.newaxis]
    if rows.shape[1] < LONG_ROW:
        return operation(rows, column, dtype=dtype)
    with np.errstate():  # at its end the buffer has its former size
        np.setbufsize(LONG_ROW)
        return operation(rows, column, dtype=dtype)


def shift(z: Rows, temperature: float) -> Any:
    """(z - m) / T as a new C-contiguous array in the working dtype: 0 at `top`, at most 0 else.

    Shifting before dividing keeps small differences between huge logits exact.
    """
    dtype = working_dtype(z.rows.dtype, temperature)
    shifted = with_each_row(np.subtract, z.rows, z.maxima, dtype)
    divide_by(shifted, temperature)
    return shifted


def exponentiate(shifted: NumberArray, z: Rows, out: NumberArray | None = None) -> Any:
    """exp(shifted), and the sum (N,) of all its entries but the one at `top`, which is 1."""
    exps: NDArray[Any] = np.exp(shifted, out=out)
    flat = exps.reshape(-1)
    flat[z.top] = 0
    rest = exps.sum(axis=1)
    flat[z.top] = 1
    return exps, rest
