"""What the core accepts, and the one exception with which it refuses the rest.

Every message has three parts: the argument's name, what is wrong (with the place and the value
where there is one), and what is accepted. Places count from 0, as the code does.
"""

from __future__ import annotations

import math
import numbers
import operator
from typing import Any, NoReturn, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.floating[Any]]
NumberArray: TypeAlias = NDArray[np.inexact[Any]]
IntArray: TypeAlias = NDArray[np.intp]

REAL_NUMBERS = "an array of real numbers (float16, float32, float64 or integers)"
COMPLEX_NUMBERS = "an array of real or complex numbers"
LOGITS = "finite numbers, or -inf for a masked class where another logit of its row is finite"


class InvalidInput(ValueError):  # noqa: N818 - the name that everyone imports
    """An argument that the core refuses; the message says which, why, and what is accepted."""


def refuse(name: str, wrong: str, accepted: str) -> NoReturn:
    """Raise `InvalidInput` with its three parts in the order in which all messages have them."""
    raise InvalidInput(f"{name}: {wrong}; accepted: {accepted}")


def refuse_where(bad: NDArray[np.bool_], values: NDArray[Any], name: str, accepted: str) -> None:
    """Refuse the first entry of `values` at which `bad` is true, naming its place and value."""
    if not bad.any():
        return
    place = tuple(int(i) for i in np.argwhere(bad)[0])
    refuse(name, f"{list(place) if place else 'it'} is {values[place]}", accepted)


def as_numbers(value: ArrayLike, name: str, *, allow_complex: bool = False) -> Any:
    """Return `value` as an array whose float dtype is kept and whose integers have become float64.

    Any shape, 0-d included, but no empty axis. May share memory with `value`.
    """
    accepted = COMPLEX_NUMBERS if allow_complex else REAL_NUMBERS
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        refuse(name, "its rows have different lengths, or it is not numeric", accepted)
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind in "iu":
        array = array.astype(np.float64)
    elif not (kind == "f" and size <= 8) and not (allow_complex and kind == "c" and size <= 16):
        refuse(name, f"it holds {array.dtype}", accepted)
    elif not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if array.size == 0:
        refuse(name, f"shape {array.shape} has an empty axis", "at least one entry on every axis")
    return array


def as_classes(value: ArrayLike, name: str, *, allow_complex: bool = False) -> Any:
    """`as_numbers` for an array that must have a class axis."""
    array = as_numbers(value, name, allow_complex=allow_complex)
    if array.ndim == 0:
        refuse(name, f"it is the single number {array}", "an array with at least one axis")
    return array


def check_axis(axis: int, ndim: int) -> int:
    """`axis` counted from the front; refused unless it is an integer within -ndim .. ndim - 1."""
    if type(axis) is int and -ndim <= axis < ndim:  # no message to prepare
        return axis % ndim
    accepted = f"a whole number from {-ndim} to {ndim - 1}"
    whole = check_whole(axis, "axis", accepted)
    if not -ndim <= whole < ndim:
        refuse("axis", f"it is {whole}", accepted)
    return whole % ndim


def check_maxima(maxima: NDArray[Any], logits: NumberArray, axis: int) -> None:
    """Refuse logits whose largest entry along `axis` is not finite; `maxima` holds those entries.

    The maxima alone show everything that is refused: NaN propagates into them, a +inf is one, and
    -inf is one only where a whole row is masked. So right input costs no pass over the logits.
    """
    if np.count_nonzero(np.isfinite(maxima)) == len(maxima):
        return
    refuse_where(np.isnan(logits) | (logits.real == np.inf), logits, "logits", LOGITS)
    masked = (logits.real == -np.inf).all(axis=axis, keepdims=True)
    refuse_where(masked & np.ones_like(logits, dtype=bool), logits, "logits", LOGITS)
    refuse("logits", "an imaginary part is not finite", LOGITS)


def check_number(value: Any, name: str, accepted: str) -> float:
    """`value` as a finite Python float; refused if it is no real number (bool included)."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, float | numbers.Real):
        refuse(name, f"it is {value!r}", accepted)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        refuse(name, f"it is {value!r}", accepted)
    return number


def check_positive(value: Any, name: str) -> float:
    """`value` as a finite float above 0: a temperature or a step."""
    accepted = "a finite number above 0"
    number = check_number(value, name, accepted)
    if number <= 0:
        refuse(name, f"it is {value!r}", accepted)
    return number


def check_whole(value: Any, name: str, accepted: str) -> int:
    """`value` as a Python int; refused unless it is an integer (bool is not)."""
    if isinstance(value, bool | np.bool_):
        refuse(name, f"it is {value!r}", accepted)
    try:
        return operator.index(value)
    except TypeError:
        refuse(name, f"it is {value!r}", accepted)


def check_whole_from(least: int, value: Any, name: str) -> int:
    """`value` as a Python int; refused unless it is an integer of at least `least`."""
    accepted = f"a whole number from {least}"
    whole = check_whole(value, name, accepted)
    if whole < least:
        refuse(name, f"it is {whole}", accepted)
    return whole


def check_probabilities(value: ArrayLike) -> FloatArray:
    """`value` as an array with a class axis whose entries lie within [0, 1]; no check of sums."""
    array: FloatArray = as_classes(value, "probabilities")
    # Written so that NaN, which compares as false, is refused too.
    if not (array.min() >= 0 and array.max() <= 1):
        refuse_where(~((array >= 0) & (array <= 1)), array, "probabilities", "numbers in [0, 1]")
    return array


def check_labels(labels: ArrayLike, classes: int, name: str) -> IntArray:
    """`labels` as integers from 0 to `classes - 1`; whole floats are accepted, bools are not."""
    accepted = f"whole numbers from 0 to {classes - 1}"
    array = np.asarray(labels) if isinstance(labels, np.ndarray) else None
    if array is None or array.dtype.kind not in "iu" or array.size == 0:
        array = as_numbers(labels, name)
        refuse_where(array != np.floor(array), array, name, accepted)
    # argmin and argmax: of a few labels, min() and max() take four times as long.
    if array.item(array.argmin()) < 0 or array.item(array.argmax()) >= classes:
        refuse_where((array < 0) | (array >= classes), array, name, accepted)
    return array.astype(np.intp, copy=False)


def check_targets(targets: ArrayLike, shape: tuple[int, ...]) -> IntArray | FloatArray:
    """Targets for logits of `shape`: integer labels of `shape[:-1]`, or distributions of `shape`.

    Told apart by the number of axes, which the result keeps. A distribution may miss the sum 1 by
    max(1e-6, 4 eps of its own dtype): what rounding its entries to that dtype can bring about.
    """
    given = (
        np.shape(targets)
        if isinstance(targets, np.ndarray)
        else as_numbers(targets, "targets").shape
    )
    if given == shape[:-1]:
        return check_labels(targets, shape[-1], "targets")
    y: FloatArray = as_numbers(targets, "targets")
    if given != shape:
        refuse(
            "targets",
            f"shape {given} does not match logits of shape {shape}",
            f"labels of shape {shape[:-1]} or distributions of shape {shape}",
        )
    tolerance = max(1e-6, 4 * float(np.finfo(y.dtype).eps))
    if not y.min() >= 0:
        refuse_where(~(y >= 0), y, "targets", "numbers of at least 0")
    sums = y.sum(axis=-1, dtype=np.float64)
    wrong = ~(np.abs(sums - 1) <= tolerance)
    refuse_where(
        wrong, sums, "targets (sum)", f"distributions that sum to 1 within {tolerance:.2g}"
    )
    return y
