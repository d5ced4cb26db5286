"""Gradients by differences: forward, central and along the imaginary axis.

All take a scalar function f and an array x of any shape. f is handed a fresh copy of x for every
call, so x stays as it was even where f writes to its argument. The denominators are the steps
actually taken, (x + h) - (x - h), since x + h rounds. Where a step vanishes beside x, as it does
beside -inf (a masked logit), the estimate is 0. What f itself raises is passed on.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.kernel import QUIET, cast
from core.scalars import check_function, check_positive
from core.validation import FloatArray, as_array, as_numbers, refuse, refuse_where, shown

Scalar: TypeAlias = Callable[[Any], Any]


def forward_difference(f: Scalar, x: ArrayLike, *, step: float | None = None) -> FloatArray:
    """Gradient of f at x from one step forward.

    df/dx_i ~ (f(x + h e_i) - f(x)) / h; step None picks h = eps^(1/2).

    Shapes: x of any shape -> the same shape; dtype of x. Error: O(h) + O(eps / h).
    Invariant: exact up to rounding for linear f. Calls f once more than x has entries.
    Raises InvalidInput for x that is NaN or +inf, for a step that is not a finite number above 0
    or leads beyond the dtype of x, for f that is no function, and where f returns anything but one
    finite real number.
    """
    x, h = prepare(f, x, step, "forward")
    stays = step_vanishes(x, h, "forward")
    base = float(evaluate(f, x))

    def slope(index: tuple[int, ...]) -> float:
        if stays[index]:
            return 0.0
        ahead = _moved(x, index, h)
        width = float(ahead[index]) - float(x[index])
        change = float(evaluate(f, ahead)) - base
        return change / width

    return _each_entry(x, slope)


def central_difference(f: Scalar, x: ArrayLike, *, step: float | None = None) -> FloatArray:
    """Gradient of f at x from one step to either side.

    df/dx_i ~ (f(x + h e_i) - f(x - h e_i)) / 2h; step None picks h = eps^(1/3).

    Shapes: x of any shape -> the same shape; dtype of x. Error: O(h^2) + O(eps / h).
    Invariant: exact up to rounding for quadratic f. Calls f twice for each entry of x.
    Raises InvalidInput as `forward_difference` does.
    """
    x, h = prepare(f, x, step, "central")
    stays = step_vanishes(x, h, "central")

    def slope(index: tuple[int, ...]) -> float:
        if stays[index]:
            return 0.0
        return slopes_at(lambda point: float(evaluate(f, point)), x, index, h).central

    return _each_entry(x, slope)


def complex_step(f: Scalar, x: ArrayLike, *, step: float | None = None) -> FloatArray:
    """Gradient of f at x from one step along the imaginary axis.

    df/dx_i ~ Im f(x + i h e_i) / h; step None picks h = 1e-20 (1e-12 below float64).

    Shapes: x of any shape -> the same shape; dtype of x. Error: O(h^2) alone, nothing cancels.
    Invariant: right to the last digits for f that is analytic: no abs, max or comparison of z.
    Raises InvalidInput as `forward_difference` does, and where f returns a real number.
    Source: Squire, Trapp (1998), Using complex variables to estimate derivatives of real
    functions, https://doi.org/10.1137/S003614459631241X
    """
    x, h = prepare(f, x, step, "complex")
    stays = step_vanishes(x, h, "complex")
    z = x.astype(np.result_type(x, np.complex64))

    def slope(index: tuple[int, ...]) -> float:
        if stays[index]:
            return 0.0
        return along_imaginary(f, z, index, h)

    return _each_entry(x, slope)


class Slopes(NamedTuple):
    """Difference quotients of f in one entry of x: over a step behind, to both sides, and ahead."""

    behind: float
    central: float
    ahead: float


def slopes_at(
    value: Callable[[NDArray[Any]], float],
    x: NDArray[Any],
    index: tuple[int, ...],
    step: float,
    base: float = 0.0,
) -> Slopes:
    """Take the slopes of a real function of x (real or complex), whose value at x is `base`.

    On a side on which the step vanishes the central slope stands for the other.
    """
    ahead, behind = _moved(x, index, step), _moved(x, index, -step)
    left, here, right = (float(point[index].real) for point in (behind, x, ahead))
    if not math.isfinite(right - left):
        refuse("step", f"it is {step}, and x moved by it is {left} and {right}", "a smaller one")
    above, below = value(ahead), value(behind)
    central = (above - below) / (right - left)
    return Slopes(
        (base - below) / (here - left) if left < here else central,
        central,
        (above - base) / (right - here) if here < right else central,
    )


def along_imaginary(f: Scalar, z: NDArray[Any], index: tuple[int, ...], step: float) -> float:
    """Im f(z + i h e_i) / h."""
    value = complex(evaluate(f, _moved(z, index, 1j * step), want_complex=True))
    return value.imag / step


def prepare(f: Scalar, x: ArrayLike, step: float | None, method: str) -> tuple[NDArray[Any], float]:
    """Check f and x, keep its float dtype, and choose the step: the given one, or the method's."""
    check_function(f, "f")
    point = as_numbers(x, "x")
    refuse_where(np.isnan(point) | (point == np.inf), point, "x", "finite numbers or -inf")
    if step is not None:
        return point, check_positive(step, "step")
    return point, default_step(float(np.finfo(point.dtype).eps), method)


def default_step(eps: float, method: str) -> float:
    """Return a method's step for numbers of this precision."""
    if method == "complex":
        # Its square must vanish beside 1, and the step times a small derivative must not underflow.
        return 1e-20 if eps <= float(np.finfo(np.float64).eps) else 1e-12
    return math.pow(eps, 1 / 2 if method == "forward" else 1 / 3)


def _moved(x: NDArray[Any], index: tuple[int, ...], by: complex) -> NDArray[Any]:
    """Copy x with one entry moved."""
    copy = x.copy()
    with np.errstate(over="ignore", under="ignore"):
        copy[index] += x.dtype.type(by)
    if np.isfinite(x[index]) and not np.isfinite(copy[index]):
        refuse(
            "step", f"x overflows {x.dtype} when moved by {by} at {list(index)}", "a smaller one"
        )
    return copy


def step_vanishes(x: NDArray[Any], step: float, method: str) -> NDArray[np.bool_]:
    """Tell for each entry whether the method's moved points round back to x (-inf always does)."""
    if method == "complex":
        return np.asarray(np.isinf(x))
    with np.errstate(over="ignore", under="ignore"):
        h = x.dtype.type(step)
        stays = np.equal(x + h, x)
        if method == "central":
            stays = np.logical_and(stays, np.equal(x - h, x))
        return np.asarray(stays)


def _each_entry(x: NDArray[Any], slope: Callable[[tuple[int, ...]], float]) -> FloatArray:
    """`slope` at every index, in the shape and dtype of x."""
    slopes = np.array([slope(index) for index in np.ndindex(x.shape)], dtype=np.float64)
    return in_dtype(slopes.reshape(x.shape), x.dtype)


@np.errstate(**QUIET)
def in_dtype(slopes: NDArray[np.float64], dtype: np.dtype[Any]) -> FloatArray:
    """Return estimates in the dtype of x; inf where it overflows, and no -0.0."""
    return cast(slopes + 0.0, dtype)  # type: ignore[no-any-return]


def evaluate(f: Scalar, x: NDArray[Any], *, want_complex: bool = False) -> Any:
    """Call f with a copy of x; refuse what is not one finite scalar of the kind wanted.

    Returns a NumPy scalar, whose dtype says how exact f is.
    """
    wanted = "complex" if want_complex else "real"
    accepted = f"a function that returns one finite {wanted} number for {wanted} x"
    value = as_array(f(x.copy()), "f (what it returns)", accepted)
    if value.ndim != 0:
        refuse("f", f"it returned an array of shape {value.shape}", accepted)
    if value.dtype.kind not in ("c" if want_complex else "fiu"):
        refuse("f", f"it returned {shown(value[()])}, of type {value.dtype}", accepted)
    if not cmath.isfinite(complex(value)):
        refuse("f", f"it returned {value}", accepted)
    return value[()]
