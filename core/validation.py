"""What the core accepts, and the one exception with which it refuses the rest.

Every message has three parts: the argument's name, what is wrong (with the place and the value
where there is one), and what is accepted. Places count from 0, as the code does.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray: TypeAlias = NDArray[np.floating[Any]]
NumberArray: TypeAlias = NDArray[np.inexact[Any]]
IntArray: TypeAlias = NDArray[np.intp]

REAL_NUMBERS = "an array of real numbers (float16, float32, float64 or integers)"
COMPLEX_NUMBERS = "an array of real or complex numbers"
LOGITS = "finite numbers, or -inf for a masked class where another logit of its row is finite"
_LONGEST = 60  # characters of a value in a message
_MOST_AXES = 32  # some functions of NumPy take no more
_DEEPEST = 64  # lists within lists: NumPy knows no more axes


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


def shown(value: object) -> str:
    """Write any value into a message: shortened, and by its type where it cannot be written.

    An integer of more than 4,300 digits has no repr in Python, and an object's own may raise.
    """
    try:
        text = repr(value)
    except Exception:  # whatever it is, the refusal is what matters
        return f"a {type(value).__name__} that cannot be shown"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def as_numbers(value: ArrayLike, name: str, *, allow_complex: bool = False) -> Any:
    """Return `value` as an array whose float dtype is kept and whose integers have become float64.

    Any shape, 0-d included, but no empty axis. May share memory with `value`.
    """
    accepted = COMPLEX_NUMBERS if allow_complex else REAL_NUMBERS
    array = value if type(value) is np.ndarray else as_array(value, name, accepted)
    kind, size = array.dtype.kind, array.dtype.itemsize
    if kind in "iu":
        array = array.astype(np.float64)
    elif not (kind == "f" and size <= 8) and not (allow_complex and kind == "c" and size <= 16):
        refuse(name, f"it holds {array.dtype}", accepted)
    elif not array.dtype.isnative:
        array = array.astype(array.dtype.newbyteorder("="))
    if array.size == 0:
        refuse(name, f"shape {array.shape} has an empty axis", "at least one entry on every axis")
    if array.ndim > _MOST_AXES:
        refuse(name, f"it has {array.ndim} axes", f"at most {_MOST_AXES} axes")
    return array


def as_array(value: Any, name: str, accepted: str) -> NDArray[Any]:
    """Read with NumPy, which drops masks without a word and passes on what objects raise."""
    if _is_masked(value):
        wrong = "entries of it are masked (numpy.ma)"
        refuse(name, wrong, "-inf for a masked logit; elsewhere, arrays in which nothing is masked")
    try:
        return np.asarray(value)
    except Exception as error:  # an object's own __array__ may raise anything
        wrong = "its rows have different lengths, or it is not numeric"
        raise InvalidInput(f"{name}: {wrong}; accepted: {accepted}") from error


def _is_masked(value: Any, depth: int = 0) -> bool:
    """Whether anything is masked, within lists of lists too."""
    if isinstance(value, list | tuple):
        return depth < _DEEPEST and any(
            _is_masked(part, depth + 1) for part in value if not isinstance(part, float | int)
        )
    return isinstance(value, np.ma.MaskedArray) and bool(np.ma.is_masked(value))


def as_finite(value: ArrayLike, name: str) -> NDArray[Any]:
    """`as_numbers` for an array of real numbers that must all be finite."""
    array: NDArray[Any] = as_numbers(value, name)
    if not np.isfinite(array).all():
        refuse_where(~np.isfinite(array), array, name, "finite numbers")
    return array


def as_classes(value: ArrayLike, name: str, *, allow_complex: bool = False) -> Any:
    """`as_numbers` for an array that must have a class axis."""
    array = as_numbers(value, name, allow_complex=allow_complex)
    if array.ndim == 0:
        refuse(name, f"it is the single number {array}", "an array with at least one axis")
    return array


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
    array = labels if type(labels) is np.ndarray else None
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
    given = targets.shape if type(targets) is np.ndarray else as_numbers(targets, "targets").shape
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
