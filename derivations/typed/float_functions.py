"""Functions of floats, or complex numbers, that raise nothing: nan or inf, and a note of why.

A complex number stands for a real one on its way (a complex step): what is not real on the real
line is nan here, too.
"""

from __future__ import annotations

import cmath
import math
from enum import StrEnum, auto
from typing import Any, TypeAlias

Number: TypeAlias = Any  # float or complex


class Trouble(StrEnum):
    """Why a number is not finite; pages/text has a sentence for each."""

    DIVISION_BY_ZERO = auto()
    ZERO_OVER_ZERO = auto()
    LOG_OF_ZERO = auto()
    LOG_OF_NEGATIVE = auto()
    ROOT_OF_NEGATIVE = auto()
    OVERFLOW = auto()
    UNDEFINED = auto()
    NO_SUCH_CLASS = auto()
    TARGET_NOT_ONE_CLASS = auto()


Notes: TypeAlias = list[Trouble]


def power(x: Number, exponent: Number, notes: Notes) -> Number:
    """Raise x to an exponent."""
    if x.real < 0 and exponent.real % 1:
        notes.append(Trouble.ROOT_OF_NEGATIVE)
        return math.nan
    if x == 0 and exponent.real > 0:  # Python has no 0 to a complex power
        return 0.0
    try:
        return x**exponent
    except ZeroDivisionError:
        notes.append(Trouble.DIVISION_BY_ZERO)
        return math.inf
    except OverflowError:
        notes.append(Trouble.OVERFLOW)
        return -math.inf if x.real < 0 and exponent.real % 2 else math.inf


def exponential(x: Number, notes: Notes) -> Number:
    """Compute e to the x."""
    try:
        return cmath.exp(x) if isinstance(x, complex) else math.exp(x)
    except OverflowError:
        notes.append(Trouble.OVERFLOW)
        return math.inf
    except ValueError:  # the imaginary part is infinite
        return math.nan


def logarithm(x: Number, notes: Notes) -> Number:
    """Compute the natural logarithm of x."""
    if x.real > 0:
        return cmath.log(x) if isinstance(x, complex) else math.log(x)
    if x.real == 0:
        notes.append(Trouble.LOG_OF_ZERO)
        return -math.inf
    if x.real < 0:
        notes.append(Trouble.LOG_OF_NEGATIVE)
    return math.nan


def absolute(x: Number, _notes: Notes) -> Number:
    """Compute |x|, so that a complex step gives its derivative; 0 at 0."""
    return x * sign_of(x, _notes)


def sign_of(x: Number, _notes: Notes) -> Number:
    """Compute the derivative of |x|; 0 at 0."""
    return math.copysign(1.0, x.real) if x.real else 0.0
