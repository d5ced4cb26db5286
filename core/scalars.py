"""Single numbers, sizes and functions among the arguments: what of them the core accepts."""

from __future__ import annotations

import math
import numbers
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from core.validation import refuse, shown

MOST_ENTRIES = 10**8  # of an array whose size is but a number that someone typed: 0.8 GB


def check_axis(axis: int, ndim: int) -> int:
    """`axis` counted from the front; refused unless it is an integer within -ndim .. ndim - 1."""
    if type(axis) is int and -ndim <= axis < ndim:  # no message to prepare
        return axis % ndim
    accepted = f"a whole number from {-ndim} to {ndim - 1}"
    whole = check_whole(axis, "axis", accepted)
    if not -ndim <= whole < ndim:
        refuse("axis", f"it is {shown(whole)}", accepted)
    return whole % ndim


def check_number(value: Any, name: str, accepted: str) -> float:
    """`value` as a finite Python float; refused if it is no real number (bool included)."""
    plain = value
    if isinstance(value, np.ndarray) and value.ndim == 0 and not np.ma.is_masked(value):
        plain = value.item()
    if isinstance(plain, bool) or not isinstance(plain, float | numbers.Real):
        refuse(name, f"it is {shown(value)}", accepted)
    try:
        number = float(plain)
    except Exception:  # too large, or a number's own __float__ fails
        number = math.inf
    if not math.isfinite(number):
        refuse(name, f"it is {shown(value)}", accepted)
    return number


def check_from_0(value: Any, name: str, most: float = math.inf) -> float:
    """`value` as a finite float of at least 0, and at most `most`."""
    accepted = "a finite number of at least 0" if math.isinf(most) else f"a number in [0, {most:g}]"
    number = check_number(value, name, accepted)
    if not 0 <= number <= most:
        refuse(name, f"it is {shown(value)}", accepted)
    return number


def check_positive(value: Any, name: str) -> float:
    """`value` as a finite float above 0: a temperature or a step."""
    accepted = "a finite number above 0"
    number = check_number(value, name, accepted)
    if number <= 0:
        refuse(name, f"it is {shown(value)}", accepted)
    return number


def check_whole(value: Any, name: str, accepted: str) -> int:
    """`value` as a Python int; refused unless it is an integer (bool is not)."""
    if isinstance(value, bool | np.bool_) or np.ma.is_masked(value):
        refuse(name, f"it is {shown(value)}", accepted)
    try:
        return operator.index(value)
    except Exception:  # no integer, or an object's own __index__ fails
        refuse(name, f"it is {shown(value)}", accepted)


def check_whole_from(least: int, value: Any, name: str, most: int | None = None) -> int:
    """`value` as a Python int; refused unless it is an integer of at least `least`."""
    accepted = f"a whole number from {least}" + ("" if most is None else f" to {most}")
    whole = check_whole(value, name, accepted)
    if whole < least or (most is not None and whole > most):
        refuse(name, f"it is {shown(whole)}", accepted)
    return whole


def check_room(name: str, *shape: int) -> None:
    """Refuse sizes that make an array of more than `MOST_ENTRIES`."""
    entries = math.prod(shape)
    if entries > MOST_ENTRIES:
        wrong = f"{' x '.join(map(shown, shape))} makes {shown(entries)} numbers"
        refuse(name, wrong, f"what makes at most {MOST_ENTRIES} numbers")


def check_function(value: Any, name: str) -> Callable[..., Any]:
    """`value`, refused unless it can be called."""
    if not callable(value):
        refuse(name, f"it is {shown(value)}", "a function")
    return value  # type: ignore[no-any-return]
